// Sets, tables and calendars: law that is a list, written out or supplied by the user.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/syntax/build.h"

namespace writ::syntax {
namespace {

constexpr std::array<std::string_view, 7> kWeek = {"monday", "tuesday",  "wednesday", "thursday",
                                                   "friday", "saturday", "sunday"};

}  // namespace

ast::SetEntry Build::set_entry(NodeId node) {
  ast::SetEntry out;
  out.span = span(node);
  for (const NodeId part : children(node)) {
    if (rule(part) == Rule::setMember_) {
      const ast::ExprId member = literal(part);
      if (out.member.valid()) {
        out.including.push_back(member);
      } else {
        out.member = member;
      }
    }
    dated(part, out);
  }
  return out;
}

ast::SetDecl Build::set_decl(NodeId node) {
  ast::SetDecl out;
  out.span = span(node);
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::name_) out.name = name(child);
    if (rule(child) == Rule::type_) out.element = type(child);
    if (is(child, TokenKind::string)) out.title = text(child);
    if (rule(child) == Rule::cites_) cites(child, out.cites);
    if (rule(child) == Rule::expr_) out.algebra = expr(child);
    if (rule(child) == Rule::setEntry_) out.entries.push_back(set_entry(child));
    if (rule(child) != Rule::known_) continue;
    const Days known = days(child);
    out.known_from = known.from;
    out.known_until = known.until;
  }
  return out;
}

ast::ExprId Build::table_value(NodeId node) {
  const NodeId first = node + 1;
  if (rule(first) != Rule::token) return operand(first);
  return negative(operand(at(first).next), span(node));
}

ast::TableRow Build::table_row(NodeId node) {
  ast::TableRow out;
  out.span = span(node);
  for (const NodeId part : children(node)) {
    if (rule(part) == Rule::constant_) out.keys.push_back(constant(part));
    if (rule(part) == Rule::tableValue_) out.value = table_value(part);
    dated(part, out);
  }
  return out;
}

ast::TableDecl Build::table_decl(NodeId node) {
  ast::TableDecl out;
  out.span = span(node);
  for (const NodeId child : children(node)) {
    switch (rule(child)) {
      case Rule::name_: out.name = name(child); break;
      case Rule::params_:
      case Rule::columns_: out.params = params(child); break;
      case Rule::type_: out.result = type(child); break;
      case Rule::cites_: cites(child, out.cites); break;
      case Rule::known_: {
        const Days known = days(child);
        out.known_from = known.from;
        out.known_until = known.until;
        break;
      }
      case Rule::tableRow_: out.rows.push_back(table_row(child)); break;
      case Rule::tableDefault_: {
        const NodeId value = at(child + 1).next;
        if (at(value).last == at(value).first + 1 && token(value).kind == TokenKind::name &&
            token(value).text == "none") {
          out.otherwise_none = true;
        } else {
          out.otherwise = table_value(value);
        }
        break;
      }
      default:
        if (is(child, TokenKind::string)) out.title = text(child);
        break;
    }
  }
  return out;
}

void Build::supplied_decl(NodeId node) {
  // The head is that of a set or of a table, and there is no body.
  if (is(at(node + 1).next, "set")) {
    ast::SetDecl out = set_decl(node);
    out.supplied = true;
    file_.items.emplace_back(std::move(out));
  } else {
    ast::TableDecl out = table_decl(node);
    out.supplied = true;
    file_.items.emplace_back(std::move(out));
  }
}

ast::CalendarDecl Build::calendar_decl(NodeId node) {
  ast::CalendarDecl out;
  out.span = span(node);
  std::map<std::string_view, Span> seen;
  const auto holiday = [&](NodeId at_day) {
    ast::CalendarDecl::Holiday day;
    day.span = span(at_day);
    for (const NodeId part : children(at_day)) {
      if (is(part, TokenKind::date)) day.day = date(part);
      if (is(part, TokenKind::string)) day.name = text(part);
    }
    return day;
  };
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::name_) out.name = name(child);
    if (is(child, TokenKind::string)) out.title = text(child);
    if (rule(child) == Rule::cites_) cites(child, out.cites);
    if (rule(child) == Rule::known_) {
      const Days known = days(child);
      out.known_from = known.from;
      out.known_until = known.until;
    }
    if (rule(child) != Rule::calendarClause_) continue;
    const Token& head = token(child);
    if (head.is("weekend") && !once(seen, "weekend", span(head))) continue;
    for (const NodeId part : children(child)) {
      if (rule(part) == Rule::holiday_) out.holidays.push_back(holiday(part));
      if (rule(part) != Rule::word_) continue;
      if (std::ranges::find(kWeek, token(part).text) == kWeek.end()) {
        out_.report(Code::syntax_error, span(part), fmt::format("`{}` is no day of the week", token(part).text)).help =
            "the days are monday, tuesday, wednesday, thursday, friday, saturday and sunday";
        continue;
      }
      out.weekend.push_back(name(part));
    }
  }
  return out;
}

}  // namespace writ::syntax
