// The vocabulary: every fact a document may state and a rule may read, with its type, the question to ask, who can
// answer, and the provision that asks for it. Built by sema from `rules/facts` and the facts blocks of packs; read by
// everyone after.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/id.h"
#include "engine/base/source.h"
#include "engine/base/unit.h"
#include "engine/model/type.h"

namespace writ::model {

struct EnumMember {
  std::string name;
  std::string description;
  friend bool operator==(const EnumMember&, const EnumMember&) = default;
};
struct Enum {
  std::string name;  // "modality"; classifications: qualified "us.ear.eccn"
  std::string description;
  std::vector<EnumMember> members;  // a classification within a scope has "out_of_scope" as its last member
  [[nodiscard]] int find(std::string_view member) const;  // -1 when there is none
  friend bool operator==(const Enum&, const Enum&) = default;
};

struct Field {
  std::string name;
  TypeId type;
  bool optional = false;  // may be stated absent
  bool dated = false;     // a list of {from, until, value}
  bool event = false;     // the date on which the record happens
  std::string description;
  std::string ask;                // the question
  std::vector<std::string> from;  // who can answer
  std::string provision;
  std::string formerly;
  Span span;
  friend bool operator==(const Field&, const Field&) = default;
};

struct Record {
  std::string name;
  std::string description;
  std::optional<std::uint32_t> key;  // index into fields
  std::vector<Field> fields;
  Span span;
  [[nodiscard]] int find(std::string_view field) const;           // -1
  [[nodiscard]] int find_formerly(std::string_view field) const;  // -1
  friend bool operator==(const Record&, const Record&) = default;
};

struct Vocabulary {
  UnitTable units;
  std::vector<std::string> kinds;  // of documents: deployment, model …
  Pool<Enum> enums;
  Pool<Record> records;
  TypePool types;
  RecordId root;  // the facts of a document
  std::vector<std::string>
      term_names;  // names of terms, scopes, classifications: a document that states one gets told so
  [[nodiscard]] EnumId find_enum(std::string_view name) const;
  [[nodiscard]] RecordId find_record(std::string_view name) const;
  /// "quantity[FLOP]", "set of modality": for messages.
  [[nodiscard]] std::string describe(TypeId type) const;
  friend bool operator==(const Vocabulary&, const Vocabulary&) = default;
};

/// Exceptional and withdrawn codes refused by name ("UK" -> "GB"), unknown codes refused; parts (US-CA) are checked by
/// their country.
struct CountryCheck {
  bool ok = false;
  std::string suggestion;  // the right code, or words
};
[[nodiscard]] CountryCheck check_country(std::string_view code);
/// The officially assigned ISO 3166-1 alpha-2 codes in order, two letters each without separators.
[[nodiscard]] std::string_view assigned_countries();

}  // namespace writ::model
