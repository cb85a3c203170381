// Amendments: what one instrument changes in the text of another.
#include <fmt/format.h>

#include "engine/syntax/build.h"

namespace writ::syntax {
namespace {

/// What stands in the place of a clause: a word for the severity, a text for the remedy, an expression elsewhere.
enum class Value : std::uint8_t { expression, word, text };
Value value_of(std::string_view clause) {
  return clause == "severity" ? Value::word : clause == "remedy" ? Value::text : Value::expression;
}

}  // namespace

void Build::replace(NodeId node, ast::Amendment& out) {
  ast::ExprId value;
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::replaced_) out.clause = name(child);
    if (rule(child) == Rule::word_) out.label = name(child);
    if (rule(child) == Rule::expr_) value = expr(child);
  }
  if (out.label && out.clause.text != "requires" && out.clause.text != "forbids") {
    out_.report(Code::syntax_error, out.label->span,
                fmt::format("only requirements have labels, `{}` has none", out.clause.text))
        .help = fmt::format("write `replace {} of …`", out.clause.text);
    out.label.reset();
  }
  const ast::Expr& written = file_.exprs[value];
  switch (value_of(out.clause.text)) {
    case Value::expression: out.value = value; return;
    case Value::word:
      if (const auto* word = std::get_if<ast::NameRef>(&written.node)) {
        out.word = ast::Name{word->name, written.span};
        return;
      }
      break;
    case Value::text:
      if (const auto* text = std::get_if<ast::TextLit>(&written.node)) {
        out.text = ast::Text{text->value, written.span};
        return;
      }
      break;
  }
  if (std::holds_alternative<ast::Hole>(written.node)) return;
  const bool severity = out.clause.text == "severity";
  out_.report(Code::syntax_error, written.span,
              severity ? "a severity is one word" : "a remedy is a text in quotation marks")
      .help = severity ? "write critical, high, medium or low" : "write `with \"…\"`";
}

void Build::inserted(NodeId node, ast::Amendment& out, Date published) {
  std::vector<ast::ExprId> members, including;
  std::vector<NodeId> places;
  ast::ExprId value;
  Days period;
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::constant_) {
      members.push_back(constant(child));
      places.push_back(child);
    }
    if (rule(child) == Rule::setMember_) including.push_back(literal(child));
    if (rule(child) == Rule::tableValue_) value = table_value(child);
    if (rule(child) == Rule::period_) period = days(child);
  }
  if (value.valid()) {
    ast::TableRow row;
    row.keys = std::move(members);
    row.value = value;
    row.from = period.from;
    row.until = period.until;
    row.before = period.before;
    row.published = published;
    row.span = span(node);
    out.rows.push_back(std::move(row));
    return;
  }
  // JP, GB from D: the dates are those of the last one, as in a set.
  for (std::size_t i = 0; i < members.size(); ++i) {
    ast::SetEntry entry;
    entry.member = members[i];
    entry.published = published;
    entry.span = span(places[i]);
    if (i + 1 == members.size()) {
      entry.including = std::move(including);
      entry.from = period.from;
      entry.until = period.until;
      entry.before = period.before;
      entry.span.end = span(node).end;
    }
    out.entries.push_back(std::move(entry));
  }
}

ast::Amendment Build::amendment(NodeId node, Date published) {
  using Op = ast::Amendment::Op;
  ast::Amendment out;
  out.span = span(node);
  const NodeId first = node + 1;
  out.op = rule(first) == Rule::paths_ ? Op::effective
           : is(first, "replace")      ? Op::replace
           : is(first, "repeal")       ? Op::repeal
           : is(first, "suspend")      ? Op::suspend
                                       : Op::insert;
  for (const NodeId child : children(node)) {
    switch (rule(child)) {
      case Rule::paths_: paths(child, out.targets); break;
      case Rule::path_: out.targets.push_back(path(child)); break;
      case Rule::effective_: out.never = effective(child, out.effective); break;
      case Rule::cites_: cites(child, out.cites); break;
      case Rule::inserted_: inserted(child, out, published); break;
      case Rule::period_: {
        const Days period = days(child);
        out.from = period.from;
        out.until = period.until;
        out.before = period.before;
        break;
      }
      default: break;
    }
  }
  if (out.op == Op::replace) replace(node, out);
  if (out.op != Op::repeal && out.op != Op::suspend) return out;
  const std::string_view word = token(first).text;
  if (!out.from) {
    missing(span(token(first)), fmt::format("`{}` does not say from when", word), "add `from` and the first day");
  } else if (out.op == Op::repeal && (out.until || out.before)) {
    out_.report(Code::syntax_error, out.span, "what is repealed does not come back").help =
        "write `suspend … from … until …` for law that sleeps for a while";
  }
  return out;
}

void Build::insertion(NodeId node, Date published) {
  const std::size_t before = file_.items.size();
  item(at(node + 1).next);
  const auto known = [&](auto& decl) {
    if (decl.published) {
      out_.report(Code::misplaced_clause, decl.name.span,
                  fmt::format("`{}` is published with the amendment", decl.name.text))
          .help = "leave `published` out of it";
    }
    decl.published = published;
  };
  for (std::size_t i = before; i < file_.items.size(); ++i) {
    if (auto* r = std::get_if<ast::RuleDecl>(&file_.items[i])) known(*r);
    if (auto* e = std::get_if<ast::ExceptionDecl>(&file_.items[i])) known(*e);
    if (auto* t = std::get_if<ast::TransitionalDecl>(&file_.items[i])) known(*t);
  }
}

void Build::amend_decl(NodeId node) {
  ast::AmendDecl out;
  out.span = span(node);
  for (const NodeId child : children(node)) {
    switch (rule(child)) {
      case Rule::instrumentName_: (out.target.text.empty() ? out.target : out.by) = name(child); break;
      case Rule::cites_: cites(child, out.cites); break;
      case Rule::amendment_: out.amendments.push_back(amendment(child, out.published)); break;
      case Rule::insertion_: insertion(child, out.published); break;
      default:
        if (is(child, TokenKind::string)) out.title = text(child);
        if (is(child, TokenKind::date)) out.published = date(child);
        if (is(child, TokenKind::number)) {
          std::int64_t number = 0;
          const auto parsed = Rational::parse(token(child).text);
          if (parsed && parsed->to_int64(number) && number >= 1 && number < 1'000) {
            out.sequence = static_cast<int>(number);
          } else {
            out_.report(Code::bad_number, span(child), fmt::format("`{}` is no place in a sequence", token(child).text))
                .help = "the amendments of one day are counted 1, 2, 3 …";
          }
        }
        break;
    }
  }
  file_.items.emplace_back(std::move(out));
}

}  // namespace writ::syntax
