// What a reference to another document stands for in an expression: the facts of that document, those about the thing
// of its kind without saying the kind again.
#pragma once

#include <optional>
#include <string_view>

#include "engine/model/vocabulary.h"

namespace writ::model {

/// `base.training_compute` of a `reference to model`: the fact `model.training_compute` of the document; and
/// `base.base_models`, because the record `model` has no such field: the fact `base_models` of the document.
struct ReferredField {
  std::optional<std::uint32_t>
      kind;  // field of the root that bears the kind's name; nothing: a fact of the root itself
  std::uint32_t field = 0;
  RecordId record;  // that declares `field`
};
/// The record of the root's field that bears the kind's name ("model" of `reference to model`); invalid without one.
[[nodiscard]] RecordId record_of_kind(const Vocabulary& vocabulary, std::string_view kind);
/// The kind's own record goes first.
[[nodiscard]] std::optional<ReferredField> referred_field(const Vocabulary& vocabulary, std::string_view kind,
                                                          std::string_view name);

/// `ancestors of RECORD via FIELD`: FIELD is a list of records, and each of them leads on to the record that holds the
/// next list: by its one reference to another document, or by being such a record itself.
struct Lineage {
  enum class Problem : std::uint8_t { none, no_field, no_list, leads_nowhere, several_ways };
  Problem problem = Problem::none;
  bool from_root = false;             // RECORD names the document itself ("model" in a document about a model)
  std::optional<std::uint32_t> kind;  // of a reference: see ReferredField
  RecordId record;                    // that holds the list
  std::uint32_t list = 0;             // its field
  TypeId type;                        // of the list
  RecordId element;
  std::optional<std::uint32_t> reference;  // field of the element; nothing: in place
};
/// `name`: RECORD's bare name, if it is one.
[[nodiscard]] Lineage lineage(const Vocabulary& vocabulary, TypeId of, std::string_view name, std::string_view via);

}  // namespace writ::model
