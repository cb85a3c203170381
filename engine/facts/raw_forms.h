// What may stand in a document around or in place of a value: evidence ({value, evidence, as_of, by}) and lists that
// are not complete ({incomplete: …}). Recognised by shape alone, so that every walk over a raw document sees through
// them in the same way.
#pragma once

#include <array>
#include <string_view>

#include "engine/facts/raw.h"
#include "engine/model/vocabulary.h"

namespace writ::facts {

inline constexpr auto kEvidenceKeys = std::to_array<std::string_view>({"value", "evidence", "as_of", "by"});

/// The value of an entry of a map, or an invalid id.
[[nodiscard]] RawId entry_of(const RawDocument& raw, RawId map, std::string_view key);

/// {value: …, evidence: …} where a value of `type` is expected. A record or map that has such keys of its own is none.
[[nodiscard]] bool is_evidence(const RawDocument& raw, RawId node, const model::Type& type,
                               const model::Vocabulary& vocabulary);
/// {incomplete: …} where a list or set is expected.
[[nodiscard]] bool is_incomplete(const RawDocument& raw, RawId node, const model::Type& type);
/// What stands within evidence and {incomplete: …}; the node itself when it is neither.
[[nodiscard]] RawId contents(const RawDocument& raw, RawId node, const model::Type& type,
                             const model::Vocabulary& vocabulary);

}  // namespace writ::facts
