// A document bound to the vocabulary: one Fact for every declared field, known or not, so that a rule's read never
// misses and blame has a path and a question. Lists hold one record Fact per element. The tree is a pool; the evaluator
// reads it and never changes it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/id.h"
#include "engine/base/source.h"
#include "engine/model/value.h"
#include "engine/model/vocabulary.h"

namespace writ::facts {

struct Fact;
using FactId = Id<Fact>;

enum class State : std::uint8_t { known, absent, unknown };

/// One period of a dated fact.
struct DatedValue {
  DayInterval days;
  FactId value;  // a Fact of the field's type
};

/// What stands behind a value: `{value: …, evidence: …, as_of: …, by: …}`.
struct Evidence {
  std::string text, by;
  std::optional<Date> as_of;
  Span span;
};

struct Fact {
  State state = State::unknown;
  model::Reason reason = model::Reason::not_provided;  // of unknown
  model::TypeId type;                                  // the field's type; elements of lists: their record type
  model::RecordId record;                              // the record that declares the field …
  std::uint32_t field =
      0;  // … and its index there (the question, who can answer); elements of lists and the root: record invalid
  FactId parent;
  model::Scalar scalar;  // scalar types, when known
  std::string written;   // the scalar as the document wrote it ("3.3e24 FLOP"), for reports
  std::vector<FactId>
      children;  // record: one per declared field, always; list: elements; map: values; set: members (scalars)
  std::vector<model::Scalar> keys;  // map: keys, parallel to children
  std::vector<DatedValue> dated;    // dated fields, when known; children and scalar are empty then
  std::string key;                  // element of a keyed list: its key
  /// Lists whose content is unknown or incomplete: an element all of whose facts are unknown. Never among children. In
  /// a record that holds a list of itself, the phantom within a phantom is that phantom again.
  FactId phantom;
  bool incomplete = false;              // lists, sets: there may be more members than stated
  std::uint32_t evidence = UINT32_MAX;  // index into Document::evidence; UINT32_MAX: none
  FactId target;                        // references: the root of the document that is named, among Document::linked
  std::string path;                     // "transfers[cn_servers].mechanism"
  std::string pointer;  // JSON pointer "/transfers/0/mechanism"; of an unstated fact: where it would stand
  Span span;            // of the value; invalid when not stated
};

/// Another document of the inventory whose facts were copied into this one, because it is referred to.
struct Linked {
  std::string id, kind, path;
  FactId root;
};

struct Document {
  std::string id;            // `id:`
  std::string kind;          // "deployment"
  std::string path;          // the file as named by the user (relative, generic separators); "-" for standard input
  std::uint32_t index = 0;   // in a multi-document file
  std::string digest;        // "sha256:…" of the document's bytes; filled by run
  std::string assessed_for;  // party key or empty
  Pool<Fact> facts;
  FactId root;
  std::vector<Evidence> evidence;
  std::vector<Linked> linked;  // each once, in order of first reference
  Span span;
  [[nodiscard]] const Fact& operator[](FactId f) const { return facts[f]; }
  /// `fact` is `above` or a part of it. False where either is invalid.
  [[nodiscard]] bool lies_below(FactId fact, FactId above) const {
    for (; fact.valid() && above.valid(); fact = facts[fact].parent)
      if (fact == above) return true;
    return false;
  }
};

/// The question that would settle an unknown fact and who can answer; empty for elements.
[[nodiscard]] const model::Field* field_of(const Document& document, FactId fact, const model::Vocabulary& vocabulary);

/// Follows "a.b", "transfers.cn_servers.mechanism" or "transfers[cn_servers].mechanism". Invalid when there is no such
/// fact.
[[nodiscard]] FactId find(const Document& document, const model::Vocabulary& vocabulary,
                          const std::vector<std::string>& segments);

}  // namespace writ::facts
