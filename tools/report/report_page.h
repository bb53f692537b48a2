#pragma once

#include <string>

#include "tools/report/report.h"

namespace likes::report {

/// One HTML page with all that it needs in it: no script, nothing loaded, light and dark. The same
/// report gives the same bytes.
[[nodiscard]] std::string report_page(const Report& report);

}  // namespace likes::report
