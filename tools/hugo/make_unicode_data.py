#!/usr/bin/env python3
"""Writes unicode_data.inc: what Hugo's path rules need to know of Unicode, as sorted tables.

usage: make_unicode_data.py UnicodeData.txt > unicode_data.inc

UnicodeData.txt is part of the Unicode Character Database; Debian's package unicode-data installs
it as /usr/share/unicode/UnicodeData.txt. Version 15.0 is the one that Go, and so Hugo, uses.
"""
import sys


class Character:
    def __init__(self, fields):
        self.category = fields[2]
        self.decomposition = fields[5]
        self.lower = int(fields[13], 16) if fields[13] else None


def read_characters(path):
    characters = {}
    first = None
    with open(path, encoding="ascii") as lines:
        for line in lines:
            fields = line.rstrip("\n").split(";")
            code = int(fields[0], 16)
            if fields[1].endswith(", First>"):
                first = code
                continue
            last = code
            if fields[1].endswith(", Last>"):
                code = first
            for each in range(code, last + 1):
                characters[each] = Character(fields)
    return characters


def ranges(codes):
    found = []
    for code in sorted(codes):
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return found


def print_ranges(name, codes):
    print(f"constexpr CodeRange {name}[] = {{")
    for low, high in ranges(codes):
        print(f"    {{0x{low:X}, 0x{high:X}}},")
    print("};\n")


def print_lower(characters):
    """Runs of letters that are as far from their lower case, one or two code points apart."""
    runs = []
    for code in sorted(characters):
        lower = characters[code].lower
        if lower is None:
            continue
        delta = lower - code
        if runs and runs[-1][3] == delta:
            low, high, stride, _ = runs[-1]
            step = code - high
            if step in (1, 2) and (low == high or step == stride):
                runs[-1] = [low, code, step, delta]
                continue
        runs.append([code, code, 1, delta])
    print("constexpr LowerRun kLower[] = {")
    for low, high, stride, delta in runs:
        print(f"    {{0x{low:X}, 0x{high:X}, {stride}, {delta}}},")
    print("};\n")


def decompose(characters, code):
    """The canonical decomposition without its nonspacing marks."""
    text = characters[code].decomposition if code in characters else ""
    if not text or text.startswith("<"):
        category = characters[code].category if code in characters else ""
        return [] if category == "Mn" else [code]
    return [part for each in text.split() for part in decompose(characters, int(each, 16))]


def print_bases(characters):
    """Letters with accents and the letters without; the rest of a decomposition is composed again."""
    print("constexpr BaseLetter kBases[] = {")
    for code in sorted(characters):
        entry = characters[code]
        if not entry.decomposition or entry.decomposition.startswith("<"):
            continue
        base = decompose(characters, code)
        if len(base) == 1 and base[0] != code:
            print(f"    {{0x{code:X}, 0x{base[0]:X}}},")
    print("};")


def main():
    characters = read_characters(sys.argv[1])

    def of(*categories):
        return [code for code in characters if characters[code].category in categories]

    print("// Made by make_unicode_data.py from UnicodeData.txt 15.0. Do not edit.\n")
    print_ranges("kLettersDigitsMarks",
                 of("Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Mn", "Mc", "Me"))
    print_ranges("kNonspacingMarks", of("Mn"))
    print_lower(characters)
    print_bases(characters)


main()
