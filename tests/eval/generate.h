// Random checked programs and random documents for the property tests. Everything derives from one seed.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "tests/eval/build.h"

namespace writ::eval::testing {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(engine_() % n); }
  bool chance(int percent) { return below(100) < static_cast<std::size_t>(percent); }
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[below(from.size())];
  }
  template <class It>
  void shuffle(It begin, It end) {
    for (auto n = end - begin; n > 1; --n)
      std::swap(begin[n - 1], begin[static_cast<decltype(n)>(below(static_cast<std::size_t>(n)))]);
  }

 private:
  std::mt19937_64 engine_;
};

/// A random rule book over a fixed vocabulary that has every kind of fact.
class World {
 public:
  explicit World(std::uint64_t seed);
  Book book;

  Given document();
  /// Supplies one fact somewhere: an unknown gets a value (or, where optional, is stated absent), an estimate becomes
  /// narrower, an incomplete list gets members. False when nothing is unknown. `what` says what was supplied.
  bool supply(Given& document, std::string& what);
  /// The same law with operands, exceptions, spans and transitional clauses in another order.
  ir::Program permuted();
  /// Rules, terms and facts for a failure message.
  std::string describe(const Given& document) const;

 private:
  struct Scope {  // record variables and how deep we are
    std::vector<std::uint16_t> vars;
    int depth = 3;
    [[nodiscard]] Scope deeper() const { return {vars, depth - 1}; }
    [[nodiscard]] Scope with(std::uint16_t var) const {
      Scope s = deeper();
      s.vars.push_back(var);
      return s;
    }
  };
  struct Site {
    Given* given;
    model::TypeId type;
    bool optional;
    bool dated;
    std::string path;
  };

  void vocabulary();
  void sets_and_tables();
  void law();
  void except(ir::RuleId rule, bool elements);
  std::vector<ir::PresumptionId> presumptions(const Scope& scope);
  std::vector<ir::Effective> effective(const Scope& scope, bool may_be_empty);

  ir::NodeId condition(const Scope& scope);
  /// What may be required: also deadlines and what humans judge, never under a negation.
  ir::NodeId duty(const Scope& scope);
  ir::NodeId deadline(const Scope& scope);
  ir::NodeId judged();
  /// A condition in one text, or in one for each of several stretches of days.
  ir::NodeId clause(const Scope& scope);
  ir::NodeId atom(const Scope& scope);
  ir::NodeId guarded(const Scope& scope);
  ir::NodeId quantifier(const Scope& scope);
  ir::NodeId numeric(const Scope& scope);
  ir::NodeId aggregate(const Scope& scope);
  ir::NodeId tiered(const Scope& scope);
  ir::NodeId place(const Scope& scope);
  ir::NodeId places(const Scope& scope);
  ir::NodeId dated(const Scope& scope);
  ir::NodeId amount(const Scope& scope);
  ir::NodeId base(const Scope& scope, const char* root_field, const char* element_field);
  ir::NodeId element_list();

  Given value(model::TypeId type, bool optional, bool dated, int depth);
  Given known(model::TypeId type, int depth);
  Given element(const std::string& key, int depth);
  void sites(Given& given, model::TypeId type, bool optional, bool dated, const std::string& path,
             std::vector<Site>& out);
  void apply(const Site& site);

  Dice dice_;
  model::EnumId tier_, class_enum_, finding_;
  model::RecordId element_, licence_, assessment_;
  model::TypeId tier_type_, element_type_, tier_set_, country_set_;
  ir::TableId table_;
  std::vector<ir::SetId> country_sets_;
  std::vector<ir::TermId> terms_, element_terms_;
  std::vector<ir::ClassId> classes_;
  int keys_ = 0;
};

}  // namespace writ::eval::testing
