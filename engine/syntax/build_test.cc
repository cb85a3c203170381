// Tests: what is given, on which day, and what is expected.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/syntax/build.h"
#include "engine/syntax/text_literal.h"

namespace writ::syntax {
namespace {

constexpr std::array kVerdicts = {"gap", "compliant", "exempt", "undetermined", "pending", "conflict", "error"};

}  // namespace

ast::Name Build::fact_key(NodeId node) {
  if (token(node).kind != TokenKind::string) return name(node);
  ast::Text key = text(node);
  return {std::move(key.text), key.span};
}

ast::Path Build::fact_path(NodeId node) {
  ast::Path out;
  out.span = span(node);
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::factKey_) out.segments.push_back(fact_key(child));
  }
  return out;
}

ast::ExprId Build::scalar(NodeId node) {
  const NodeId first = node + 1;
  if (rule(first) == Rule::number_) return number(first);
  if (is(first, "-")) {
    const ast::ExprId value = number(at(first).next);
    return std::holds_alternative<ast::Hole>(file_.exprs[value].node) ? value : negative(value, span(node));
  }
  return literal(node);
}

ast::FactValueId Build::fact_value(NodeId node) {
  ast::FactValue out;
  out.span = span(node);
  const NodeId first = node + 1;
  const auto members = [&] {
    std::vector<ast::FactValueId> items;
    for (const NodeId child : children(first)) {
      if (rule(child) == Rule::factValue_) items.push_back(fact_value(child));
    }
    return items;
  };
  switch (rule(first)) {
    case Rule::factUnknown_: {
      ast::FactValue::Unknown unknown;
      for (const NodeId child : children(first)) {
        if (rule(child) == Rule::word_) unknown.reason = name(child);
      }
      out.node = std::move(unknown);
      break;
    }
    case Rule::factList_: out.node = ast::FactValue::List{members()}; break;
    case Rule::factSet_: out.node = ast::FactValue::Set{members()}; break;
    case Rule::factRecord_: {
      ast::FactValue::Record record;
      for (const NodeId child : children(first)) {
        if (rule(child) != Rule::factField_) continue;
        ast::Name key;
        for (const NodeId part : children(child)) {
          if (rule(part) == Rule::factKey_) key = fact_key(part);
          if (rule(part) == Rule::factValue_) record.fields.emplace_back(std::move(key), fact_value(part));
        }
      }
      out.node = std::move(record);
      break;
    }
    case Rule::scalar_: out.node = scalar(first); break;
    default: out.node = ast::FactValue::Absent{}; break;
  }
  return file_.values.add(std::move(out));
}

ast::FactAssign Build::fact_assign(NodeId node) {
  ast::FactAssign out;
  out.span = span(node);
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::factPath_) out.path = fact_path(child);
    if (rule(child) == Rule::factValue_) out.value = fact_value(child);
  }
  return out;
}

void Build::given(NodeId clause, ast::TestDecl& test) {
  for (const NodeId child : children(clause)) {
    switch (rule(child)) {
      case Rule::factBlock_:
        for (const NodeId part : children(child)) {
          if (rule(part) == Rule::factAssign_) test.facts.push_back(fact_assign(part));
        }
        break;
      case Rule::factAssign_: test.facts.push_back(fact_assign(child)); break;
      case Rule::factPath_: test.without.push_back(fact_path(child)); break;
      default:
        if (is(child, TokenKind::string)) test.file = text(child);
        break;
    }
  }
}

ast::Expectation Build::expectation(NodeId clause) {
  ast::Expectation out;
  out.span = span(clause);
  std::map<std::string_view, Span> seen;
  for (const NodeId child : children(clause)) {
    if (is(child, "exactly")) out.exactly = true;
    if (is(child, TokenKind::string) && once(seen, "for", span(child))) out.element = text(child);
    if (is(child, TokenKind::date) && once(seen, "due", span(child))) out.due = date(child);
    if (rule(child) != Rule::expectation_) continue;
    std::optional<ast::Path> head;
    for (const NodeId part : children(child)) {
      if (rule(part) == Rule::path_) head = path(part);
      if (rule(part) == Rule::paths_) paths(part, out.targets);
      if (rule(part) == Rule::word_) out.value = name(part);
      if (rule(part) == Rule::token && !is(part, "="))
        out.verdict += (out.verdict.empty() ? "" : " ") + std::string(token(part).text);
    }
    if (out.value) {
      out.targets.push_back(std::move(*head));
    } else if (head) {
      out.verdict = head->text();
      if (std::ranges::find(kVerdicts, out.verdict) == kVerdicts.end()) {
        out_.report(Code::syntax_error, head->span, fmt::format("`{}` is no verdict", out.verdict)).help =
            "the verdicts are gap, compliant, exempt, undetermined, pending, not applicable, not effective, not yet "
            "due, conflict and error";
        out.verdict.clear();
      }
    }
  }
  return out;
}

ast::TestDecl Build::test_decl(NodeId node) {
  ast::TestDecl out;
  out.span = span(node);
  std::map<std::string_view, Span> seen;
  for (const NodeId child : children(node)) {
    if (is(child, TokenKind::string)) out.title = text(child);
    if (rule(child) != Rule::testClause_) continue;
    const Token& head = token(child);
    if (head.is("expect")) {
      out.expect.push_back(expectation(child));
    } else if (head.is("given")) {
      const bool inventory = is(at(child + 1).next, "inventory");
      if (!once(seen, inventory ? "given inventory" : "given", span(head))) continue;
      if (inventory) {
        out.inventory = text(at(at(child + 1).next).next);
      } else {
        given(child, out);
      }
    } else if (head.is("reading")) {
      const NodeId term = at(child + 1).next;
      out.readings.emplace_back(path(term), name(at(at(term).next).next));
    } else if (head.is("known")) {
      if (once(seen, "known at", span(head))) out.known_at = date(at(at(child + 1).next).next);
    } else if (once(seen, "on", span(head))) {
      out.on = date(at(child + 1).next);
    }
  }
  return out;
}

}  // namespace writ::syntax
