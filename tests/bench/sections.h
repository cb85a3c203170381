// Sections of documents: what a document says under one of the keys of the vocabulary's root, as JSON. Made from a
// section of a fixture or from the vocabulary alone.
#pragma once

#include <cstddef>
#include <string>

#include "engine/facts/raw.h"
#include "engine/model/vocabulary.h"
#include "tests/bench/chance.h"
#include "tests/bench/forms.h"
#include "tests/bench/values.h"

namespace writ::bench {

/// `"model":{…}`
struct Section {
  std::string text;
  std::size_t stated = 0, declared = 0;  // facts of the records it has; a record within is no fact but has its own
};

/// A value in a fixture; nothing where there is none.
struct Found {
  const facts::RawDocument* document = nullptr;
  facts::RawId node;
  [[nodiscard]] bool valid() const { return document != nullptr && node.valid(); }
};

class Sections {
 public:
  Sections(const model::Vocabulary& vocabulary, const Landmarks& marks, const Forms& forms, Chance& chance)
      : vocabulary_(vocabulary), forms_(forms), chance_(chance), values_(vocabulary, marks, forms, chance) {}
  /// No longer than `longest` bytes: what does not fit is left out. Empty: nothing fits.
  [[nodiscard]] Section make(const model::Field& field, Found fixture, std::size_t longest);

 private:
  void value(const model::Field& field, Found fixture);
  void record(model::RecordId record, Found fixture, std::size_t element);
  void list(model::TypeId type, Found fixture);
  void dated(const model::Field& field);
  [[nodiscard]] bool may_copy(Found fixture, const model::Type& type) const;
  void copy(Found fixture, const model::Type& type);
  bool special(const model::Field& field);
  [[nodiscard]] std::string element_key(const model::Record& record, Found fixture, std::size_t element);

  const model::Vocabulary& vocabulary_;
  const Forms& forms_;
  Chance& chance_;
  Values values_;
  Section section_;
  double room_ = 1;          // how much of what need not be said is said; less after each attempt that was too long
  int depth_ = 0;            // of records
  std::size_t element_ = 0;  // position of the innermost list element
};

}  // namespace writ::bench
