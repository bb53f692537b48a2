#pragma once

namespace likes {

/// Lets memory be had in large pages where the system has them. Piece by piece of 4 KiB, being
/// given it takes up to a third of the time that the index of a large site needs. To be called
/// before memory is taken.
void allow_large_pages();

/// Asks for them, for what the calling thread takes next, and has the rest of the one that it is
/// in: up to 2 MiB, which is a waste where little follows. To be repeated once in a while, as a
/// thread takes its memory from one place after another. Only a hint.
void want_large_pages();

}  // namespace likes
