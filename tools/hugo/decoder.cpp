#include "tools/hugo/decoder.h"

namespace likes::hugo {

Result<Value> decode(DataFormat format, std::string_view text, const Location& start,
                     YamlDialect dialect) {
  switch (format) {
    case DataFormat::kToml:
      return decode_toml(text, start);
    case DataFormat::kYaml:
      return decode_yaml(text, start, dialect);
    case DataFormat::kJson:
      return decode_json(text, start);
    case DataFormat::kOrg:
      return decode_org(text, start);
  }
  return fail(ErrorCode::kInternal, "unknown data format");
}

}  // namespace likes::hugo
