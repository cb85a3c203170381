// Places, names, texts, dates, citations and types: what items share.
#include <fmt/format.h>

#include "engine/syntax/build.h"
#include "engine/syntax/text_literal.h"

namespace writ::syntax {

Span Build::span(NodeId node) const {
  const Node& n = at(node);
  if (n.last <= n.first) return {file_.source, tokens_[n.first].begin, tokens_[n.first].begin};
  return {file_.source, tokens_[n.first].begin, tokens_[n.last - 1].end};
}

ast::Path Build::path(NodeId node) const {
  ast::Path out;
  out.span = span(node);
  for (const NodeId child : children(node)) {
    if (rule(child) != Rule::token) out.segments.push_back(name(child));
  }
  return out;
}

void Build::paths(NodeId node, std::vector<ast::Path>& into) const {
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::path_) into.push_back(path(child));
  }
}

ast::Text Build::text(NodeId string) { return {unescape(token(string), file_.source, out_), span(token(string))}; }

void Build::texts(NodeId node, std::vector<ast::Text>& into) {
  for (const NodeId child : children(node)) {
    if (is(child, TokenKind::string)) into.push_back(text(child));
  }
}

Date Build::date(NodeId node) {
  const Token& t = token(node);
  if (const auto parsed = Date::parse(t.text)) return *parsed;
  // What looked like a date was reported by lexical.cc, which leaves the text empty.
  if (!t.text.empty()) out_.report(Code::bad_date, span(t), fmt::format("`{}` is not a day of the calendar", t.text));
  return Date{};
}

ast::Citation Build::citation(NodeId node) {
  ast::Citation out;
  out.span = span(node);
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::instrumentName_) {
      out.instrument = name(child);
    } else {
      out.provision = text(child);
    }
  }
  return out;
}

void Build::cites(NodeId node, std::vector<ast::Citation>& into) {
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::citation_) into.push_back(citation(child));
  }
}

ast::TypeExprId Build::type_name(NodeId node, ast::TypeExpr::Kind kind, NodeId whole) {
  ast::TypeExpr out;
  out.kind = kind;
  out.name = path(node);
  out.span = span(whole);
  return file_.types.add(std::move(out));
}

ast::TypeExprId Build::plain_type(NodeId node) {
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::typeName_) return type_name(child, ast::TypeExpr::Kind::named, node);
    if (rule(child) == Rule::unit_) {
      ast::TypeExpr out;
      out.kind = ast::TypeExpr::Kind::quantity;
      out.unit = unit(child);
      out.span = span(node);
      return file_.types.add(std::move(out));
    }
  }
  return {};
}

ast::TypeExprId Build::type(NodeId node) {
  const std::string_view head = token(node).text;
  std::vector<NodeId> parts;
  bool set_value = false;
  Span inner = span(node);
  for (const NodeId child : children(node)) {
    if (rule(child) != Rule::token) parts.push_back(child);
    if (is(child, "set") && head == "map") {
      set_value = true;
      inner.begin = token(child).begin;
    }
  }
  if (rule(parts[0]) == Rule::typeName_) {
    return type_name(parts[0], head == "list" ? ast::TypeExpr::Kind::list : ast::TypeExpr::Kind::reference, node);
  }
  const bool set = is(node + 1, "set");
  const bool map = is(node + 1, "map");
  if (!set && !map) return plain_type(parts[0]);
  const auto make_set = [&](NodeId element, Span place) {
    ast::TypeExpr out;
    out.kind = ast::TypeExpr::Kind::set;
    out.element = plain_type(element);
    out.span = place;
    return file_.types.add(std::move(out));
  };
  if (set) return make_set(parts[0], span(node));
  ast::TypeExpr out;
  out.kind = ast::TypeExpr::Kind::map;
  out.key = plain_type(parts[0]);
  out.element = set_value ? make_set(parts[1], inner) : plain_type(parts[1]);
  out.span = span(node);
  return file_.types.add(std::move(out));
}

std::vector<ast::Param> Build::params(NodeId node) {
  std::vector<ast::Param> out;
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::param_ || rule(child) == Rule::column_) out.push_back(param(child));
  }
  return out;
}

ast::Param Build::param(NodeId node) {
  ast::Param out;
  for (const NodeId part : children(node)) {
    if (rule(part) == Rule::name_ || rule(part) == Rule::word_) out.name = name(part);
    if (rule(part) == Rule::type_) out.type = type(part);
  }
  return out;
}

Build::Days Build::days(NodeId node) {
  Days out;
  std::string_view word;
  for (const NodeId child : children(node)) {
    if (!is(child, TokenKind::date)) {
      word = token(child).text;
      continue;
    }
    std::optional<Date>& slot = word == "from" ? out.from : word == "until" ? out.until : out.before;
    slot = date(child);
  }
  return out;
}

bool Build::once(std::map<std::string_view, Span>& seen, std::string_view clause, Span place) {
  const auto [first, fresh] = seen.emplace(clause, place);
  if (fresh) return true;
  Diagnostic& d = out_.report(Code::duplicate_clause, place, fmt::format("`{}` stands twice here", clause));
  d.labels.push_back({first->second, "the first one"});
  d.help = fmt::format("keep one `{}`", clause);
  return false;
}

void Build::missing(Span place, std::string message, std::string help) {
  out_.report(Code::missing_clause, place, std::move(message)).help = std::move(help);
}

}  // namespace writ::syntax
