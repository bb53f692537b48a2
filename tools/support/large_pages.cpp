#include "tools/support/large_pages.h"

#include <malloc.h>
#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace likes {
namespace {

constexpr std::size_t kHeap = 64 << 20;  // What glibc gives a thread at once.
constexpr std::size_t kSmallPage = 4096;
constexpr std::size_t kLargePage = 2 << 20;

}  // namespace

void allow_large_pages() {
  // Addresses, not memory: what is not touched is not taken.
  ::mallopt(M_TOP_PAD, kHeap);
  // Long texts come from the heaps, too.
  ::mallopt(M_MMAP_THRESHOLD, kHeap / 2);
}

void want_large_pages() {
  // From the heap's end rather than from a gap in it. It is not touched.
  constexpr std::size_t kSample = 1 << 20;
  char* const sample = static_cast<char*>(std::malloc(kSample));
  const std::size_t over = reinterpret_cast<std::uintptr_t>(sample) % kLargePage;
  char* const next = sample + (kLargePage - over);
  // Behind the heap's end may be nothing, or memory of others: neither minds.
  ::madvise(next, kHeap, MADV_HUGEPAGE);
  // What is left of the one that has been begun with small pages is had at once.
  char* const page = sample + (kSmallPage - reinterpret_cast<std::uintptr_t>(sample) % kSmallPage);
  ::madvise(page, static_cast<std::size_t>(next - page), MADV_POPULATE_WRITE);
  std::free(sample);
}

}  // namespace likes
