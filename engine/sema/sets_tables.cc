#include <fmt/format.h>

#include "engine/sema/days.h"
#include "engine/sema/expressions.h"
#include "engine/sema/items.h"
#include "engine/sema/types.h"
#include "engine/sema/vocabulary.h"

namespace writ::sema {

using K = model::TypeKind;

namespace {

/// A constant as text, equal for equal constants: "JP", "4800 TPP" and "4.8e15 …" as their value. Empty when it is
/// none.
std::string constant_key(const Context& context, std::uint32_t file, ast::ExprId id) {
  if (!id) return {};
  const ast::Expr& e = context.expr(file, id);
  const FileInfo& info = context.checked.files[file];
  if (const auto* member = std::get_if<MemberOf>(&info.meanings[id.index])) return fmt::format("m{}", member->member);
  return std::visit(Overloaded{
                        [](const ast::BoolLit& n) { return std::string(n.value ? "true" : "false"); },
                        [&](const ast::NumberLit& n) {
                          if (!n.unit) return "n" + n.value.exact();
                          const auto unit = context.vocabulary.units.parse(n.unit->text);
                          if (!unit || context.vocabulary.units.is_currency(n.unit->text))
                            return fmt::format("n{} {}", n.value.exact(), n.unit->text);
                          const auto value = n.value.mul(unit->factor);
                          return "n" + (value ? value->exact() : n.value.exact());
                        },
                        [](const ast::DateLit& n) { return n.value.text(); },
                        [](const ast::InstantLit& n) { return n.value.text(); },
                        [](const ast::TextLit& n) { return "t" + n.value; },
                        [](const ast::CountryLit& n) { return "c" + n.code; },
                        [&](const ast::Unary& n) {
                          const std::string inner =
                              n.op == ast::UnaryOp::neg ? constant_key(context, file, n.operand) : std::string();
                          return inner.empty() ? inner : "-" + inner;
                        },
                        [](const auto&) { return std::string(); },
                    },
                    e.node);
}

/// A literal or a member of the wanted type: what a set or a table can hold.
bool constant(Context& context, Expressions& expressions, std::uint32_t file, ast::ExprId id, model::TypeId wanted,
              std::string_view what) {
  if (!id) return false;
  const std::size_t before = context.errors();
  expressions.require(id, wanted, what);
  if (context.errors() != before) return false;
  if (!constant_key(context, file, id).empty() || std::holds_alternative<ast::Hole>(context.expr(file, id).node))
    return true;
  if (is_error(context, wanted)) return true;
  context.report(
      Code::not_constant, context.expr(file, id).span,
      fmt::format("{} must be written out, but `{}` is computed", what, excerpt(context, context.expr(file, id).span)));
  return false;
}

void check_known(Context& context, const std::optional<Date>& from, const std::optional<Date>& until, Span span) {
  if (from && until && *until < *from)
    context.report(Code::inverted_span, span, "the known days end before they begin");
}

void report_outside(Context& context, const DayInterval& known, const DayInterval& days, Span span) {
  if (empty(days) || empty(known) || overlap(known, days)) return;
  context.report(Code::outside_known, span, "this lies wholly outside the days that are known",
                 "nobody ever reads it: outside them the answer is unknown");
}

void check_set(Context& context, ItemRef ref, const ast::SetDecl& d) {
  const At at(context, ref);
  check_cites(context, ref.file, d.cites);
  Expressions expressions(context, ref.file);
  const model::TypeId element = context.checked.item_types[ref];
  const K kind = context.kind(element);
  if (kind != K::country && kind != K::text && kind != K::enumeration && kind != K::error) {
    context.report(
        Code::invalid_type, d.name.span,
        fmt::format("a set holds members of an enumeration, countries or texts, not {}", context.describe(element)));
  }
  check_known(context, d.known_from, d.known_until, d.name.span);
  if (d.algebra) {
    expressions.require(d.algebra, set_type(context, element), fmt::format("set `{}`", d.name.text));
    return;
  }
  const DayInterval known = days_of(d.known_from, d.known_until, {});
  std::map<std::string, std::vector<std::pair<DayInterval, Span>>> seen;
  std::vector<std::pair<std::uint32_t, const ast::SetEntry*>> entries;
  for (const ast::SetEntry& entry : d.entries) entries.emplace_back(ref.file, &entry);
  for (const Replacement& i : insertions(context, ref))
    for (const ast::SetEntry& entry : i.operation->entries) entries.emplace_back(i.file, &entry);
  for (const auto& [file, part] : entries) {
    const ast::SetEntry& entry = *part;
    Expressions written(context, file);
    const DayInterval days = days_of(entry.from, entry.until, entry.before);
    if (!report_inverted(context, days, entry.span)) report_outside(context, known, days, entry.span);
    std::vector<ast::ExprId> members{entry.member};
    members.insert(members.end(), entry.including.begin(), entry.including.end());
    for (ast::ExprId m : members) {
      if (!constant(context, written, file, m, element, fmt::format("a member of `{}`", d.name.text))) continue;
      const Span span = context.expr(file, m).span;
      auto& spans = seen[constant_key(context, file, m)];
      for (const auto& [other, first] : spans) {
        if (!overlap(days, other)) continue;
        context
            .report(Code::overlapping_entries, span,
                    fmt::format("`{}` is in `{}` twice on the same days", excerpt(context, span), d.name.text))
            .labels.push_back({first, "first here"});
        break;
      }
      spans.emplace_back(days, span);
    }
  }
}

void check_table(Context& context, ItemRef ref, const ast::TableDecl& d) {
  const At at(context, ref);
  check_cites(context, ref.file, d.cites);
  Expressions expressions(context, ref.file);
  const std::vector<std::uint32_t> params = context.checked.item_variables[ref];
  const model::TypeId result = context.checked.item_types[ref];
  for (const ast::Param& p : d.params) {
    if (d.supplied && p.name.text == "value")
      context.report(Code::supplied_column, p.name.span, "a key named `value` would stand in the column of the value",
                     "give the key another name");
  }
  check_known(context, d.known_from, d.known_until, d.name.span);
  const DayInterval known = days_of(d.known_from, d.known_until, {});
  const std::string value_of = fmt::format("a value of `{}`", d.name.text);
  std::map<std::string, std::vector<std::pair<DayInterval, Span>>> seen;
  std::vector<std::pair<std::uint32_t, const ast::TableRow*>> rows;
  for (const ast::TableRow& row : d.rows) rows.emplace_back(ref.file, &row);
  for (const Replacement& i : insertions(context, ref))
    for (const ast::TableRow& row : i.operation->rows) rows.emplace_back(i.file, &row);
  for (const auto& [file, part] : rows) {
    const ast::TableRow& row = *part;
    Expressions written(context, file);
    const DayInterval days = days_of(row.from, row.until, row.before);
    if (!report_inverted(context, days, row.span)) report_outside(context, known, days, row.span);
    constant(context, written, file, row.value, result, value_of);
    if (row.keys.size() != params.size()) {
      context.report(Code::wrong_argument_count, row.span,
                     fmt::format("`{}` has {} key{}, this row has {}", d.name.text, params.size(),
                                 params.size() == 1 ? "" : "s", row.keys.size()));
      continue;
    }
    std::string key;
    bool usable = true;
    for (std::size_t i = 0; i < params.size(); ++i) {
      const VariableInfo parameter = context.checked.variables[params[i]];
      usable = constant(context, written, file, row.keys[i], parameter.type,
                        fmt::format("key `{}` of `{}`", parameter.name, d.name.text)) &&
               usable;
      key += constant_key(context, file, row.keys[i]) + "\n";
    }
    if (!usable) continue;
    auto& spans = seen[key];
    for (const auto& [other, first] : spans) {
      if (!overlap(days, other)) continue;
      context
          .report(Code::overlapping_rows, row.span,
                  fmt::format("`{}` has two rows for this key on the same days", d.name.text))
          .labels.push_back({first, "first here"});
      break;
    }
    spans.emplace_back(days, row.span);
  }
  if (d.otherwise) constant(context, expressions, ref.file, d.otherwise, result, value_of);
}

}  // namespace

void check_sets(Context& context) {
  each<ast::SetDecl>(context.files, [&](ItemRef ref, const ast::SetDecl& d) { check_set(context, ref, d); });
}

void check_tables(Context& context) {
  each<ast::TableDecl>(context.files, [&](ItemRef ref, const ast::TableDecl& d) { check_table(context, ref, d); });
}

}  // namespace writ::sema
