// What a document's bytes must be before any reader sees them: UTF-8 within the size limit, without control characters
// and without invisible marks that turn the reading direction.
#pragma once

#include <cstdint>

#include "engine/base/diagnostic.h"
#include "engine/base/source.h"

namespace writ::facts {

/// The offset where the text proper begins (3 after a UTF-8 byte order mark, else 0), or nothing when the text was
/// refused.
[[nodiscard]] bool check_text(FileId file, const SourceMap& sources, std::uint64_t max_bytes, std::uint32_t& begin,
                              Diagnostics& out);

}  // namespace writ::facts
