// The walk behind `bind`: one Fact for each declared field, in the order of the vocabulary.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "engine/base/diagnostic.h"
#include "engine/facts/bind.h"
#include "engine/facts/document.h"
#include "engine/facts/raw.h"
#include "engine/facts/scalars.h"
#include "engine/model/vocabulary.h"

namespace writ::facts {

class Binder {
 public:
  Binder(const RawDocument& raw, const SourceMap& sources, const model::Vocabulary& vocabulary, Diagnostics& out,
         const BindOptions& options)
      : raw_(raw), sources_(sources), vocabulary_(vocabulary), out_(out), options_(options) {}
  [[nodiscard]] std::optional<Document> run();

 private:
  /// Where a fact stands: everything about it that does not depend on its value.
  struct Place {
    model::TypeId type;
    model::RecordId record;
    std::uint32_t field = 0;
    FactId parent;
    std::string path;
    std::string pointer;
  };

  // bind.cc
  void header();
  void collect_parties();

  // binder.cc: values by the shape of their type
  [[nodiscard]] const model::Field* field_of(const Place& place) const;
  FactId value(RawId node, Place place);
  FactId known_or_unknown(RawId node, Place place);  // after null, unknown and dated have been dealt with
  FactId record(RawId node, Place place);
  FactId list(RawId node, Place place);
  FactId set(RawId node, Place place);
  FactId map(RawId node, Place place);
  FactId scalar(RawId node, Place place);
  FactId dated(RawId node, const Place& place);
  FactId period_value(RawId node, Place place);  // dated.cc
  FactId incomplete(RawId node, Place place);
  FactId stated(RawId node, Place place);  // no form any more: the value itself
  std::string element_key(RawId element, const model::Record& record);
  [[nodiscard]] static std::string member_key(const model::Scalar& scalar);

  // unstated.cc: facts that no one stated, with everything below them
  FactId unstated(Place place, State state, model::Reason reason);
  /// An element of a list of which nothing is known, not even that it is there.
  FactId phantom(const Place& list, FactId fact, model::Reason reason);
  [[nodiscard]] Place child(const Place& parent, FactId parent_fact, model::RecordId record, std::uint32_t field,
                            bool named) const;
  FactId add(const Place& place, State state, model::Reason reason);
  Fact& operator[](FactId fact) { return document_.facts[fact]; }

  // forms.cc: what stands in place of a value, and what is wrong with a value
  [[nodiscard]] bool is_form(RawId node, std::string_view key, const model::Type& type) const;
  FactId unknown_form(RawId node, Place place);
  // estimates.cc: what is known of a scalar that is not known exactly
  [[nodiscard]] bool is_estimate(RawId node, const model::Type& type) const;
  FactId estimate(RawId node, Place place);
  bool range(RawId node, const Place& place, model::Scalar& scalar, std::string& written);
  bool candidates(RawId node, const Place& place, model::Scalar& scalar, std::string& written);
  std::optional<model::Scalar> bound(RawId node, const Place& place);
  /// The name of something in the wrong place of an estimate; with what is near, and the form that the fact takes.
  void misplaced(RawId key, const Place& place);

  // evidence.cc
  FactId evidenced(RawId node, Place place, const std::function<FactId(RawId, Place)>& read);
  bool evidence_part(RawId key, RawId entry, Evidence& evidence);  // false: the key is none
  void attach(FactId fact, Evidence evidence);
  void attach(FactId fact, std::uint32_t evidence);

  FactId wrong_shape(RawId node, Place place);
  FactId refuse(RawId node, Place place, ScalarProblem problem);
  void undeclared(RawId key, const model::Record& record, const Place& place);
  [[nodiscard]] std::string elsewhere(std::string_view key);
  [[nodiscard]] std::string describe(const Place& place) const;
  Diagnostic* error(Code code, Span span, std::string message, std::string help = {});
  [[nodiscard]] bool enough() const;  // errors or facts: the rest of the document is not bound

  [[nodiscard]] const RawNode& node(RawId id) const { return raw_.nodes[id]; }

  const RawDocument& raw_;
  const SourceMap& sources_;
  const model::Vocabulary& vocabulary_;
  Diagnostics& out_;
  const BindOptions& options_;
  Document document_;
  std::size_t errors_ = 0;
  bool too_many_facts_ = false;
  std::vector<std::pair<model::RecordId, FactId>> unstated_records_;  // being spelled out
  bool has_parties_ = false;                                          // the vocabulary has them
  std::unordered_set<std::string_view> parties_;
  std::vector<std::pair<std::string, std::string>> names_;  // of all fields, and their paths; filled when first needed
};

}  // namespace writ::facts
