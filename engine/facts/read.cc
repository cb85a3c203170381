#include "engine/facts/raw.h"
#include "engine/facts/readers.h"
#include "engine/facts/text_check.h"

namespace writ::facts {

std::vector<RawDocument> read(FileId file, Format format, const SourceMap& sources, const ReadLimits& limits,
                              Diagnostics& out) {
  std::vector<RawDocument> documents;
  std::uint32_t begin = 0;
  if (!check_text(file, sources, limits.max_bytes, begin, out)) return documents;
  switch (format) {
    case Format::yaml: read_yaml(file, begin, sources, limits, documents, out); break;
    case Format::json: read_json(file, begin, false, sources, limits, documents, out); break;
    case Format::ndjson: read_json(file, begin, true, sources, limits, documents, out); break;
  }
  return documents;
}

}  // namespace writ::facts
