// Programs and documents built in memory, for tests of the evaluator: the shapes that no reader writes yet (estimates,
// incomplete lists) too.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/eval/evaluate.h"
#include "engine/facts/document.h"
#include "engine/ir/program.h"

namespace writ::eval::testing {

/// What is stated of one fact: the tree of a document, by the types of the vocabulary.
struct Given {
  enum class Kind : std::uint8_t { unknown, absent, scalar, record, list, set, map, dated };
  Kind kind = Kind::unknown;
  model::Reason reason = model::Reason::not_provided;
  model::Scalar scalar;
  std::vector<Given> parts;       // record: by field; list: records; set, map, dated: values
  std::vector<std::string> keys;  // of a list
  std::vector<model::Scalar> map_keys;
  std::vector<DayInterval> periods;
  bool incomplete = false;  // list, set: there may be more

  static Given unknown(model::Reason reason = model::Reason::not_provided);
  static Given absent();
  static Given of(model::Scalar scalar);
  static Given number(const char* text);
  static Given range(const char* lo, const char* hi, bool lo_open = false, bool hi_open = false);  // nullptr: unbounded
  static Given day(const char* iso);
  static Given country(const char* code);
  static Given list(std::vector<std::string> keys, std::vector<Given> elements, bool incomplete = false);
};

Rational rational(const char* text);
Date date(const char* iso);
/// from … until: an empty text leaves the end open.
DayInterval days(const char* from, const char* until = "");

class Book {
 public:
  Book();
  std::shared_ptr<model::Vocabulary> vocabulary;
  ir::Program program;
  model::TypeId boolean, decimal, ratio, integer, date_type, duration, text, country, money;

  model::TypeId type(model::TypeKind kind);
  model::TypeId enum_type(model::EnumId e);
  model::TypeId record_type(model::RecordId r);
  model::TypeId list_of(model::RecordId r);
  model::TypeId set_of(model::TypeId element);
  model::TypeId map_of(model::TypeId key, model::TypeId value);
  model::EnumId enumeration(std::string name, std::vector<std::string> members);
  model::RecordId record(std::string name, bool keyed);  // keyed: begins with `id`
  void field(model::RecordId record, std::string name, model::TypeId type, bool optional = false, bool dated = false);
  void root(std::string name, model::TypeId type, bool optional = false, bool dated = false) {
    field(vocabulary->root, std::move(name), type, optional, dated);
  }

  ir::NodeId node(ir::Op op, model::TypeId type, std::uint32_t a = ir::NodeId::kNone,
                  std::uint32_t b = ir::NodeId::kNone, std::uint32_t c = ir::NodeId::kNone, std::uint16_t var = 0);
  ir::NodeId constant(model::Scalar scalar, model::TypeId type);
  ir::NodeId truth(bool b) { return constant(b, boolean); }
  ir::NodeId number(const char* digits) { return constant(model::NumberRange::exactly(rational(digits)), decimal); }
  ir::NodeId day(const char* iso) { return constant(date(iso), date_type); }
  ir::NodeId land(const char* code) { return constant(model::Country{code}, country); }
  ir::NodeId member(model::EnumId e, std::size_t index);
  ir::NodeId fact(const std::string& path);  // from the root, dots between fields
  ir::NodeId get(ir::NodeId base, const std::string& field);
  ir::NodeId var(std::uint16_t slot, model::TypeId type);
  std::uint16_t slot() { return program.slots++; }
  ir::NodeId all(std::vector<ir::NodeId> operands) { return nary(ir::Op::and_, operands); }
  ir::NodeId any(std::vector<ir::NodeId> operands) { return nary(ir::Op::or_, operands); }
  ir::NodeId negate(ir::NodeId a) { return node(ir::Op::not_, boolean, a.index); }
  ir::NodeId compare(ir::Op op, ir::NodeId a, ir::NodeId b) { return node(op, boolean, a.index, b.index); }
  ir::NodeId math(ir::Op op, ir::NodeId a, ir::NodeId b) { return node(op, program.types[a.index], a.index, b.index); }
  ir::NodeId present(ir::NodeId a) { return node(ir::Op::present, boolean, a.index); }
  ir::NodeId quantified(ir::Op op, model::TypeId type, std::uint16_t variable, ir::NodeId list, ir::NodeId where = {},
                        ir::NodeId body = {});
  ir::NodeId set(model::TypeId element, std::vector<ir::NodeId> members);
  ir::NodeId call(ir::TermId term, std::vector<ir::NodeId> arguments = {});
  ir::NodeId classify(ir::ClassId c, std::vector<ir::NodeId> arguments = {});
  ir::NodeId lookup(ir::TableId t, std::vector<ir::NodeId> keys);
  ir::NodeId named(ir::SetId set);
  ir::NodeId at_least(ir::NodeId value, const std::vector<std::uint32_t>& satisfying, std::size_t members);
  std::pair<std::uint32_t, std::uint32_t> list(const std::vector<ir::NodeId>& nodes);

  /// `applies` may be invalid.
  ir::RuleId rule(std::string name, ir::NodeId applies, std::vector<ir::NodeId> requirements,
                  std::vector<ir::Effective> effective = {{}});
  ir::ExceptionId exception(std::string name, std::vector<ir::RuleId> rules, ir::NodeId when,
                            std::vector<ir::NodeId> but_not = {});
  /// What exception `e` requires instead.
  void instead(ir::ExceptionId e, ir::NodeId holds) { program.exceptions[e].instead = holds; }
  /// Presumption `fact = value [when]`, to be hung on a rule, a requirement or an exception.
  ir::PresumptionId presumption(ir::NodeId fact, ir::NodeId value, ir::NodeId when = {}) {
    return program.presumptions.add({fact, value, when, {}, {}});
  }
  ir::TransitionalId transitional(std::string name, std::vector<ir::RuleId> rules, ir::NodeId when,
                                  std::vector<ir::Effective> effective);
  ir::TermId term(std::string name, model::TypeId type, ir::NodeId means, std::vector<std::uint16_t> params = {});

  /// A document in which nothing is stated.
  [[nodiscard]] Given blank() const;
  /// Replaces what is stated at "a.b" or "ts.KEY.mech"; unknown records on the way become known.
  void state(Given& document, const std::string& path, Given value) const;
  [[nodiscard]] facts::Document bind(const Given& document) const;

  [[nodiscard]] DocumentResult run(const Given& document, const char* as_of = "2026-11-22",
                                   std::vector<ir::RuleId> rules = {}) const;

 private:
  ir::NodeId nary(ir::Op op, const std::vector<ir::NodeId>& operands);
};

/// "undetermined {gap, exempt} at risk", "not_yet_due 2027-08-02".
std::string text(const Finding& finding);
std::vector<std::string> paths(const facts::Document& document, const std::vector<facts::FactId>& facts);

}  // namespace writ::eval::testing
