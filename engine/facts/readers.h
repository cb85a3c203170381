// The two readers behind `read`. Each is the only file that sees its library.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/diagnostic.h"
#include "engine/base/source.h"
#include "engine/facts/raw.h"

namespace writ::facts {

/// `begin`: where the text begins, after a byte order mark. The text has passed check_text.
void read_yaml(FileId file, std::uint32_t begin, const SourceMap& sources, const ReadLimits& limits,
               std::vector<RawDocument>& documents, Diagnostics& out);
void read_json(FileId file, std::uint32_t begin, bool lines, const SourceMap& sources, const ReadLimits& limits,
               std::vector<RawDocument>& documents, Diagnostics& out);

}  // namespace writ::facts
