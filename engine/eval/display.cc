// Values as people write them: quantities in the unit their field declares, ratios in percent, everything exact.
#include "engine/eval/evaluate.h"

namespace writ::eval {

using model::NumberRange;
using model::TypeKind;

namespace {

std::string number(const Rational& n, const model::Vocabulary& vocabulary, const model::Type& type) {
  if (type.kind == TypeKind::ratio) {
    const auto percent = n.mul(Rational(100));
    return percent ? percent->exact() + " %" : n.exact();
  }
  if (type.kind == TypeKind::quantity) {
    if (const auto unit = vocabulary.units.parse(type.name); unit && !type.name.empty())
      if (const auto in_unit = n.div(unit->factor)) return in_unit->exact() + " " + type.name;
    return n.exact() + (type.dimension.dimensionless() ? "" : " " + vocabulary.units.describe(type.dimension));
  }
  return n.exact();
}

template <class Text>
std::string range(const NumberRange& r, const Text& text) {
  if (r.exact()) return text(*r.lo);
  if (r.lo && r.hi) {
    const bool closed = !r.lo_open && !r.hi_open;
    if (closed) return "between " + text(*r.lo) + " and " + text(*r.hi);
    return (r.lo_open ? "more than " : "at least ") + text(*r.lo) + " and " + (r.hi_open ? "less than " : "at most ") +
           text(*r.hi);
  }
  if (r.lo) return (r.lo_open ? "more than " : "at least ") + text(*r.lo);
  if (r.hi) return (r.hi_open ? "less than " : "at most ") + text(*r.hi);
  return "unknown";
}

std::string members(const model::Candidates& c, const model::Vocabulary& vocabulary, const model::Type& type) {
  const model::EnumId id = type.kind == TypeKind::set ? vocabulary.types[type.element].enumeration : type.enumeration;
  std::string out;
  for (std::size_t i = 0; i < c.possible.size(); ++i) {
    if (!c.possible[i]) continue;
    if (!out.empty()) out += type.kind == TypeKind::set ? ", " : " or ";
    const bool named = id.valid() && i < vocabulary.enums[id].members.size();
    out += named ? vocabulary.enums[id].members[i].name : std::to_string(i);
  }
  return type.kind == TypeKind::set ? "{" + out + "}" : out.empty() ? "none" : out;
}

struct Printer {
  const model::Vocabulary& vocabulary;
  const model::Type& type;

  std::string operator()(std::monostate) const { return "unknown"; }
  std::string operator()(bool b) const { return b ? "true" : "false"; }
  std::string operator()(const NumberRange& r) const {
    return range(r, [&](const Rational& n) { return number(n, vocabulary, type); });
  }
  std::string operator()(const model::Money& m) const {
    return range(m.amount, [&](const Rational& n) { return n.exact() + (m.currency.empty() ? "" : " " + m.currency); });
  }
  std::string operator()(Date d) const { return d.text(); }
  std::string operator()(Instant i) const { return i.text(); }
  std::string operator()(const Duration& d) const { return d.text(); }
  std::string operator()(const std::string& s) const { return type.kind == TypeKind::text ? "\"" + s + "\"" : s; }
  std::string operator()(const model::Country& c) const { return c.code; }
  std::string operator()(const model::Candidates& c) const { return members(c, vocabulary, type); }
};

}  // namespace

std::string display(const ir::Program& program, const model::Scalar& scalar, model::TypeId type) {
  const model::Vocabulary& vocabulary = *program.vocabulary;
  return std::visit(Printer{vocabulary, vocabulary.types[type]}, scalar);
}

}  // namespace writ::eval
