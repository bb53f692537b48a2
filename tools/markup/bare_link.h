#pragma once

#include <cmark-gfm.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "tools/markup/marks.h"

/// Addresses that become links without any sign around them. Goldmark draws their limits otherwise
/// than cmark-gfm does, so that they are found here.
namespace likes::markup {

/// How long an address is that begins the text; 0 where none does.
[[nodiscard]] std::size_t bare_address_length(std::string_view text);

/// The same for a mail address.
[[nodiscard]] std::size_t bare_mail_length(std::string_view text);

/// Whether such an address may follow on a character: blanks and a few signs.
[[nodiscard]] bool may_precede_address(char c);

/// Makes links of the addresses in the text of a document.
void link_addresses(cmark_node* document, const Marks& marks);

}  // namespace likes::markup
