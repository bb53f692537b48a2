#pragma once

#include <cstddef>
#include <functional>

namespace likes {

/// Calls `work(i)` for each i below `count`, on as many threads as there are processors. The calls
/// must not depend on each other. An exception on any of them is thrown here in the end.
void for_each_in_parallel(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace likes
