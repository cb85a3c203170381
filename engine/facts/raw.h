// A document as it was written: the bounded tree that the YAML and JSON readers build, every scalar with its place. No
// meaning yet: numbers and dates are still text. Readers refuse what is hostile (limits, duplicate keys, aliases that
// blow up).
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/diagnostic.h"
#include "engine/base/id.h"
#include "engine/base/source.h"

namespace writ::facts {

struct RawNode;
using RawId = Id<RawNode>;

struct RawNode {
  enum class Kind : std::uint8_t { null, scalar, map, list };
  Kind kind = Kind::null;
  bool quoted = false;                           // a quoted YAML scalar or a JSON string: always text
  std::string text;                              // scalar: the text without quotes; numbers exactly as written
  std::vector<std::pair<RawId, RawId>> entries;  // map: key (a scalar) and value, in order
  std::vector<RawId> items;                      // list
  Span span;
};

struct RawDocument {
  Pool<RawNode> nodes;
  RawId root;
  std::uint32_t index = 0;  // position in a multi-document file or stream, from 0
  Span span;
};

struct ReadLimits {
  std::uint64_t max_bytes = 64ull << 20;
  std::uint32_t max_depth = 64;
  std::uint32_t max_nodes = 1'000'000;        // of one document
  std::uint32_t max_total_nodes = 2'000'000;  // of a file with many
  std::uint32_t max_alias_nodes = 10'000;
};

enum class Format : std::uint8_t { yaml, json, ndjson };

/// Reads every document of the text of `file`. A broken document is left out with its diagnostics; those before and (in
/// NDJSON and where YAML can go on) after it are still returned.
[[nodiscard]] std::vector<RawDocument> read(FileId file, Format format, const SourceMap& sources,
                                            const ReadLimits& limits, Diagnostics& out);

}  // namespace writ::facts
