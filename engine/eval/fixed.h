// What expressions come to apart from any document: with no fact known, or with a single one. A column plan asks for it
// once for each of its leaves, so that the meaning of an operation is written in one place, the machine.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/eval/evaluate.h"
#include "engine/eval/truth.h"
#include "engine/facts/document.h"

namespace writ::eval {

/// A variable and what it stands for: a fact of the empty document, or a value.
using Binding = std::pair<std::uint16_t, std::variant<facts::FactId, model::Scalar>>;

/// A fact that is stated after all.
struct Supposed {
  facts::FactId fact;
  facts::State state = facts::State::known;
  model::Scalar scalar = {};                               // of a known one
  std::optional<std::vector<model::Scalar>> members = {};  // of a known set
  model::Reason reason = model::Reason::not_provided;      // of an unknown one
};

/// Readings of contested law that are taken for granted.
using Readings = std::vector<std::pair<ir::ReadingsId, std::uint32_t>>;

/// Under what a condition is asked about.
struct Given {
  std::span<const Supposed> supposed = {};
  /// Facts whose absence somebody provides for elsewhere.
  std::span<const facts::FactId> guarded = {};
  std::optional<Date> day = std::nullopt;  // the governing day; none: the as-of date …
  bool no_day = false;                     // … or one that nobody knows
  const Readings* readings = nullptr;      // beside those that the project has chosen
};

class Fixed {
 public:
  Fixed(const ir::Program& program, const Options& options);
  ~Fixed();
  Fixed(const Fixed&) = delete;
  Fixed& operator=(const Fixed&) = delete;

  /// In which nobody has stated anything: every declared fact is unknown, every list has its unknown element.
  [[nodiscard]] const facts::Document& document() const;

  /// States a fact, beside what is stated already.
  void state(const Supposed& supposed);
  /// States a list: so far nothing is in it. INVARIANT: its unknown element, of which elements are copies, is spelled
  /// out, and nothing is stated of that.
  void state_list(facts::FactId list);
  /// A further element of a list that is stated.
  [[nodiscard]] facts::FactId add_element(facts::FactId list, std::string_view key);
  /// What `fact`, of the unknown element that `element` is a copy of, is in the copy; invalid: it lies elsewhere.
  [[nodiscard]] facts::FactId counterpart(facts::FactId element, facts::FactId fact) const;
  /// Nothing is stated any more.
  void forget();

  /// Of a condition, with what is stated and what `given` supposes beside it. Absence that nobody provides for is an
  /// error, as it is for the machine; so is whatever reports an error, also where it does not decide (`troubled` says
  /// that there was one).
  [[nodiscard]] Truth truth(ir::NodeId node, std::span<const Binding> bindings, const Given& given = {});
  [[nodiscard]] bool troubled() const;
  /// Of a value that needs no fact; nothing where it does, or is no scalar.
  [[nodiscard]] std::optional<model::Scalar> scalar(ir::NodeId node, std::span<const Binding> bindings);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace writ::eval
