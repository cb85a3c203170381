// Instruments, roles, groups, scopes, terms, classifications; and which item is which.
#include <fmt/format.h>

#include "engine/syntax/build.h"

namespace writ::syntax {

void Build::item(NodeId node) {
  const auto add_item = [&](auto decl) { file_.items.emplace_back(std::move(decl)); };
  const auto words = [&](std::vector<ast::Name>& into) {
    for (const NodeId child : children(node)) {
      if (rule(child) == Rule::word_) into.push_back(name(child));
    }
  };
  const auto titled = [&](auto decl) {
    decl.span = span(node);
    for (const NodeId child : children(node)) {
      if (rule(child) == Rule::name_) decl.name = name(child);
      if (is(child, TokenKind::string)) decl.title = text(child);
      if (rule(child) == Rule::cites_) cites(child, decl.cites);
    }
    return decl;
  };
  switch (rule(node)) {
    case Rule::packDecl_: return add_item(pack_decl(node));
    case Rule::unitDecl_: return add_item(unit_decl(node));
    case Rule::currencyDecl_: {
      ast::CurrencyDecl decl{{}, span(node)};
      words(decl.codes);
      return add_item(std::move(decl));
    }
    case Rule::kindsDecl_: {
      ast::KindsDecl decl{{}, span(node)};
      words(decl.kinds);
      return add_item(std::move(decl));
    }
    case Rule::enumDecl_: return add_item(enum_decl(node));
    case Rule::recordDecl_: return add_item(record_decl(node));
    case Rule::factsDecl_: return add_item(facts_decl(node));
    case Rule::instrumentDecl_: return add_item(instrument_decl(node));
    case Rule::roleDecl_: return add_item(role_decl(node));
    case Rule::groupDecl_: return add_item(titled(ast::GroupDecl{}));
    case Rule::scopeDecl_: return add_item(scope_decl(node));
    case Rule::termDecl_: return add_item(term_decl(node));
    case Rule::setDecl_: return add_item(set_decl(node));
    case Rule::tableDecl_: return add_item(table_decl(node));
    case Rule::suppliedDecl_: return supplied_decl(node);
    case Rule::calendarDecl_: return add_item(calendar_decl(node));
    case Rule::classifyDecl_: return add_item(classify_decl(node));
    case Rule::ruleDecl_: return add_item(rule_decl(node));
    case Rule::exceptionDecl_: return add_item(exception_like<ast::ExceptionDecl>(node));
    case Rule::transitionalDecl_: return add_item(exception_like<ast::TransitionalDecl>(node));
    case Rule::amendDecl_: return amend_decl(node);
    case Rule::portfolioDecl_: return add_item(portfolio_decl(node));
    default: return add_item(test_decl(node));
  }
}

ast::InstrumentDecl Build::instrument_decl(NodeId node) {
  ast::InstrumentDecl out;
  out.span = span(node);
  std::map<std::string_view, Span> seen;
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::instrumentName_) out.name = name(child);
    if (is(child, TokenKind::string)) out.title = text(child);
    if (rule(child) != Rule::instrumentClause_) continue;
    const std::string_view word = token(child).text;
    if (word == "provision") {
      out.provisions.push_back(provision_clause(child));
      continue;
    }
    if (!once(seen, word, span(token(child)))) continue;
    for (const NodeId part : children(child)) {
      if (rule(part) == Rule::word_) out.jurisdiction = name(part);
      if (is(part, TokenKind::date)) (word == "published" ? out.published : out.in_force) = date(part);
      if (is(part, TokenKind::string)) out.url = text(part);
    }
  }
  return out;
}

ast::ProvisionClause Build::provision_clause(NodeId node) {
  ast::ProvisionClause out;
  out.span = span(node);
  bool named = false;
  for (const NodeId part : children(node)) {
    if (token(part).text == "outside") out.kind = ast::ProvisionClause::Kind::outside;
    if (token(part).text == "judged") out.kind = ast::ProvisionClause::Kind::judged;
    if (!is(part, TokenKind::string)) continue;
    if (named) {
      out.reason = text(part);
    } else {
      out.text = text(part);
      named = true;
    }
  }
  return out;
}

ast::ButNotWhen Build::but_not(NodeId node) {
  ast::ButNotWhen out;
  out.span = span(node);
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::expr_) out.condition = expr(child);
    if (rule(child) == Rule::cites_) cites(child, out.cites);
  }
  return out;
}

ast::Unless Build::unless(NodeId node) {
  ast::Unless out;
  out.span = span(node);
  for (const NodeId child : children(node)) {
    if (is(child, TokenKind::string)) out.title = text(child);
    if (rule(child) == Rule::expr_) out.condition = expr(child);
    if (rule(child) == Rule::cites_) cites(child, out.cites);
    if (rule(child) == Rule::butNot_) out.but_not.push_back(but_not(child));
  }
  return out;
}

ast::RoleDecl Build::role_decl(NodeId node) {
  ast::RoleDecl out;
  out.span = span(node);
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::name_) out.name = name(child);
    if (rule(child) == Rule::param_) out.of = param(child);
    if (is(child, TokenKind::string)) out.title = text(child);
    if (rule(child) == Rule::cites_) cites(child, out.cites);
    if (rule(child) == Rule::means_) out.means = expr(at(child + 1).next);
    if (rule(child) == Rule::unless_) out.unless.push_back(unless(child));
  }
  return out;
}

ast::ScopeDecl Build::scope_decl(NodeId node) {
  ast::ScopeDecl out;
  out.span = span(node);
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::name_) out.name = name(child);
    if (rule(child) == Rule::instrumentName_) out.instrument = name(child);
    if (is(child, TokenKind::string)) out.title = text(child);
    if (rule(child) == Rule::cites_) cites(child, out.cites);
    if (rule(child) == Rule::means_) out.means = expr(at(child + 1).next);
    if (rule(child) == Rule::unless_) out.unless.push_back(unless(child));
  }
  return out;
}

ast::Reading Build::reading(NodeId node) {
  ast::Reading out;
  out.span = span(node);
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::name_) out.name = name(child);
    if (is(child, TokenKind::string)) out.title = text(child);
    if (rule(child) == Rule::cites_) cites(child, out.cites);
    if (rule(child) == Rule::means_) out.means = expr(at(child + 1).next);
  }
  return out;
}

ast::TermDecl Build::term_decl(NodeId node) {
  ast::TermDecl out;
  out.span = span(node);
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::name_) out.name = name(child);
    if (rule(child) == Rule::params_) out.params = params(child);
    if (rule(child) == Rule::type_) out.result = type(child);
    if (is(child, TokenKind::string)) out.title = text(child);
    if (rule(child) == Rule::cites_) cites(child, out.cites);
    if (rule(child) == Rule::means_) out.means = expr(at(child + 1).next);
    if (rule(child) == Rule::reading_) out.readings.push_back(reading(child));
    if (rule(child) == Rule::unless_) out.unless.push_back(unless(child));
  }
  if (out.readings.size() == 1) {
    missing(out.readings[0].span, fmt::format("term `{}` has only one reading", out.name.text),
            "write the other reading, too, or `means` where nobody disputes it");
  }
  return out;
}

ast::ClassifyDecl Build::classify_decl(NodeId node) {
  ast::ClassifyDecl out;
  out.span = span(node);
  std::map<std::string_view, Span> seen;
  for (const NodeId child : children(node)) {
    switch (rule(child)) {
      case Rule::name_: out.name = name(child); break;
      case Rule::params_: out.params = params(child); break;
      case Rule::cites_: cites(child, out.cites); break;
      case Rule::path_:
        if (once(seen, "within", span(child))) out.within = path(child);
        break;
      case Rule::order_:
        if (!once(seen, "order", span(child))) break;
        for (const NodeId part : children(child)) {
          if (rule(part) == Rule::member_) out.order.push_back(name(part));
        }
        break;
      case Rule::branch_: {
        ast::Branch branch;
        branch.span = span(child);
        branch.value = name(child);
        for (const NodeId part : children(child)) {
          if (rule(part) == Rule::expr_) branch.when = expr(part);
        }
        out.branches.push_back(std::move(branch));
        break;
      }
      default:
        if (is(child, TokenKind::string)) out.title = text(child);
        break;
    }
  }
  return out;
}

}  // namespace writ::syntax
