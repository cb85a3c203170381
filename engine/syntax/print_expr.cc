// Expressions, types and the values of tests.
#include <fmt/format.h>

#include "engine/syntax/operators.h"
#include "engine/syntax/print.h"
#include "engine/syntax/print_parts.h"

namespace writ::ast {
namespace {

const char* word(UnaryOp op) {
  switch (op) {
    case UnaryOp::not_: return "not";
    case UnaryOp::neg: return "-";
    case UnaryOp::is_present: return "is-present";
    case UnaryOp::is_absent: return "is-absent";
    case UnaryOp::is_answered: return "is-answered";
  }
  return "";
}

const char* word(QuantifierOp op) {
  switch (op) {
    case QuantifierOp::some: return "some";
    case QuantifierOp::every: return "every";
    case QuantifierOp::no: return "no";
    case QuantifierOp::count: return "count";
    case QuantifierOp::sum: return "sum";
    case QuantifierOp::min: return "min";
    case QuantifierOp::max: return "max";
    case QuantifierOp::share: return "share";
  }
  return "";
}

struct Printer {
  const File& file;

  std::string operator()(const Hole&) const { return "<hole>"; }
  std::string operator()(const BoolLit& e) const { return e.value ? "true" : "false"; }
  std::string operator()(const NumberLit& e) const { return e.value.exact() + (e.unit ? e.unit->text : ""); }
  std::string operator()(const DateLit& e) const { return e.value.text(); }
  std::string operator()(const InstantLit& e) const { return e.value.text(); }
  std::string operator()(const TextLit& e) const { return print_text(e.value); }
  std::string operator()(const CountryLit& e) const { return e.code; }
  std::string operator()(const AsOf&) const { return "as-of"; }
  std::string operator()(const NameRef& e) const { return e.name; }
  std::string operator()(const Member& e) const { return fmt::format("(. {} {})", print(file, e.base), e.field.text); }
  std::string operator()(const Index& e) const {
    return fmt::format("([] {} {})", print(file, e.base), print(file, e.key));
  }
  std::string operator()(const Call& e) const {
    std::string out = fmt::format("(call {}", e.callee.text());
    for (const ExprId arg : e.args) out += " " + print(file, arg);
    return out + ")";
  }
  std::string operator()(const SetLit& e) const {
    std::string out = "{";
    for (const ExprId member : e.members) out += (out.size() > 1 ? " " : "") + print(file, member);
    return out + "}";
  }
  std::string operator()(const Unary& e) const { return fmt::format("({} {})", word(e.op), print(file, e.operand)); }
  std::string operator()(const Binary& e) const {
    return fmt::format("({} {} {})", syntax::spelling(e.op), print(file, e.left), print(file, e.right));
  }
  std::string operator()(const Quantifier& e) const {
    std::string out = fmt::format("({}", word(e.op));
    if (!e.variable.text.empty()) out += " " + e.variable.text;
    out += " " + print(file, e.list);
    if (e.where.valid()) out += fmt::format(" (where {})", print(file, e.where));
    if (e.body.valid()) out += fmt::format(" (body {})", print(file, e.body));
    return out + ")";
  }
  std::string operator()(const Deadline& e) const {
    std::string out = fmt::format("(deadline {} {}", print(file, e.done), print(file, e.start));
    if (e.period.valid()) out += fmt::format(" (within {})", print(file, e.period));
    if (e.working_days) out += fmt::format(" (working-days {})", e.working_days->exact());
    if (e.calendar) out += fmt::format(" (in {})", e.calendar->text());
    return out + ")";
  }
  std::string operator()(const Judged& e) const {
    std::string out = fmt::format("(judged {} {}", print_text(e.criterion.text), print(file, e.assessment));
    if (e.max_age.valid()) out += fmt::format(" (age {})", print(file, e.max_age));
    if (e.independent) out += " independent";
    if (e.worded) out += fmt::format(" (worded {})", e.worded->text());
    return out + ")";
  }
  std::string operator()(const Evidenced& e) const {
    std::string out = fmt::format("(is-evidenced {}", print(file, e.fact));
    if (e.max_age.valid()) out += fmt::format(" (age {})", print(file, e.max_age));
    return out + ")";
  }
  std::string operator()(const Ancestors& e) const {
    return fmt::format("(ancestors {} {})", print(file, e.of), e.via.text);
  }
  std::string operator()(const Extreme& e) const {
    std::string out = e.higher ? "(higher" : "(lower";
    for (const ExprId part : e.parts) out += " " + print(file, part);
    return out + ")";
  }
};

}  // namespace

std::string print_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string print(const File& file, ExprId expr) {
  if (!expr.valid()) return "<none>";
  return std::visit(Printer{file}, file.exprs[expr].node);
}

std::string print(const File& file, TypeExprId type) {
  if (!type.valid()) return "<none>";
  const TypeExpr& t = file.types[type];
  switch (t.kind) {
    case TypeExpr::Kind::hole: return "<hole>";
    case TypeExpr::Kind::named: return t.name.text();
    case TypeExpr::Kind::quantity: return fmt::format("(quantity {})", t.unit ? t.unit->text : "");
    case TypeExpr::Kind::set: return fmt::format("(set {})", print(file, t.element));
    case TypeExpr::Kind::map: return fmt::format("(map {} {})", print(file, t.key), print(file, t.element));
    case TypeExpr::Kind::list: return fmt::format("(list {})", t.name.text());
    case TypeExpr::Kind::reference: return fmt::format("(reference {})", t.name.text());
  }
  return {};
}

std::string print(const File& file, FactValueId value) {
  const auto items = [&](const char* head, const std::vector<FactValueId>& all) {
    std::string out = fmt::format("({}", head);
    for (const FactValueId item : all) out += " " + print(file, item);
    return out + ")";
  };
  const FactValue& v = file.values[value];
  if (std::holds_alternative<FactValue::Absent>(v.node)) return "absent";
  if (const auto* unknown = std::get_if<FactValue::Unknown>(&v.node))
    return unknown->reason ? fmt::format("(unknown {})", unknown->reason->text) : "unknown";
  if (const auto* expr = std::get_if<ExprId>(&v.node)) return print(file, *expr);
  if (const auto* list = std::get_if<FactValue::List>(&v.node)) return items("list", list->items);
  if (const auto* set = std::get_if<FactValue::Set>(&v.node)) return items("set", set->items);
  std::string out = "(record";
  for (const auto& [key, field] : std::get<FactValue::Record>(v.node).fields)
    out += fmt::format(" ({} {})", key.text, print(file, field));
  return out + ")";
}

}  // namespace writ::ast
