// Raw document + vocabulary = bound document. Walks the vocabulary, directs the reading of every scalar by its declared
// type, and reports undeclared keys, wrong types and units, null where a fact is not optional, missing or repeated list
// keys, unknown enum members, placeholders (which become unknown), dangling parties: each with its place and the
// nearest right name.
#pragma once

#include <optional>

#include "engine/base/diagnostic.h"
#include "engine/facts/document.h"
#include "engine/facts/raw.h"
#include "engine/model/vocabulary.h"

namespace writ::facts {

struct BindOptions {
  /// Facts that nobody stated get their path and pointer. Whoever names none of them saves most of the work.
  bool name_unstated = true;
  std::uint32_t facts = 0;  // how many there may be: room is made for them at once
};

/// Nothing when the document has errors: a document that cannot be read is never judged.
[[nodiscard]] std::optional<Document> bind(const RawDocument& raw, const SourceMap& sources,
                                           const model::Vocabulary& vocabulary, Diagnostics& out,
                                           const BindOptions& options = {});

/// True when the tree's first key is `writ`.
[[nodiscard]] bool looks_like_document(const RawDocument& raw);

/// A change that a test, a property or a repair makes to a raw document before binding: path segments and a new value
/// tree, or removal. Creates what is missing on the way. False when the path cannot be followed (a list without that
/// key, a scalar on the way).
[[nodiscard]] bool assign(RawDocument& raw, const model::Vocabulary& vocabulary, const std::vector<std::string>& path,
                          RawId value);
[[nodiscard]] bool remove(RawDocument& raw, const model::Vocabulary& vocabulary, const std::vector<std::string>& path);

/// JSON Schema (draft 2020-12) of a document under this vocabulary, as text with a fixed key order.
[[nodiscard]] std::string json_schema(const model::Vocabulary& vocabulary);

}  // namespace writ::facts
