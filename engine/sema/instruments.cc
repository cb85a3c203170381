#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "engine/base/provisions.h"
#include "engine/sema/items.h"

namespace writ::sema {

namespace {

/// Whether the units of a citation are among those that its instrument lists; where it lists none, any are.
void check_provision(Context& context, const ast::InstrumentDecl& instrument, const ast::Citation& cite) {
  if (instrument.provisions.empty()) return;
  const auto [listed_of, fresh] = context.provisions.try_emplace(&instrument);
  std::set<std::string>& all = listed_of->second;
  if (fresh)
    for (const ast::ProvisionClause& clause : instrument.provisions)
      for (std::string& unit : provision_units(clause.text.text)) all.insert(std::move(unit));
  const std::vector<std::string> units = provision_units(cite.provision.text);
  const auto listed = [&](const std::string& unit) { return all.contains(unit); };
  if (units.empty() || std::any_of(units.begin(), units.end(), listed)) return;
  context.report(Code::provision_not_listed, cite.provision.span,
                 fmt::format("`{}` lists its provisions, and none of them is {}", instrument.name.text, units.front()),
                 "list it where the instrument is declared, or mend the citation");
}

void check_provisions(Context& context) {
  each<ast::InstrumentDecl>(context.files, [&](ItemRef, const ast::InstrumentDecl& d) {
    std::map<std::string, Span> seen;
    for (const ast::ProvisionClause& clause : d.provisions) {
      const std::vector<std::string> units = provision_units(clause.text.text);
      if (units.empty())
        context.report(Code::provision_not_listed, clause.text.span,
                       fmt::format("`{}` names no article or section", clause.text.text));
      for (const std::string& unit : units) {
        const auto [it, fresh] = seen.emplace(unit, clause.text.span);
        if (!fresh) context.report(Code::duplicate_clause, clause.text.span, fmt::format("{} is listed twice", unit));
      }
    }
  });
}

}  // namespace

void check_cites(Context& context, std::uint32_t file, const std::vector<ast::Citation>& cites) {
  for (const ast::Citation& cite : cites) {
    const std::string& name = cite.instrument.text;
    if (name.empty()) continue;
    const Context::Lookup found = context.find_item(file, name);
    if (found.found != Context::Found::one) {
      context.report_lookup(found, Code::unknown_instrument, cite.instrument.span, "instrument", name,
                            context.visible_items(file, {kItemIndex<ast::InstrumentDecl>}));
    } else if (const auto* instrument = context.get<ast::InstrumentDecl>(found.item); instrument != nullptr) {
      check_provision(context, *instrument, cite);
    } else {
      context.report(Code::unknown_instrument, cite.instrument.span,
                     fmt::format("`{}` is a {}, not an instrument", name, noun_of(context.item(found.item))));
    }
  }
}

void check_instruments(Context& context) {
  check_provisions(context);
  const model::EnumId roles = context.vocabulary.find_enum("party_role");
  each<ast::RoleDecl>(context.files, [&](ItemRef ref, const ast::RoleDecl& d) {
    const At at(context, ref);
    check_cites(context, ref.file, d.cites);
    if (roles && context.vocabulary.enums[roles].find(d.name.text) >= 0) return;
    std::vector<std::string> names;
    if (roles) {
      for (const model::EnumMember& m : context.vocabulary.enums[roles].members) names.push_back(m.name);
    }
    context.report(Code::undeclared_role, d.name.span,
                   roles ? fmt::format("`{}` is no member of `party_role`", d.name.text)
                         : "the vocabulary declares no enumeration `party_role`",
                   did_you_mean(d.name.text, names));
  });
  std::set<ItemRef> used;
  each<ast::RuleDecl>(context.files, [&](ItemRef ref, const ast::RuleDecl& d) {
    for (const ast::Path& group : d.groups) {
      const Context::Lookup found = context.find_item(ref.file, group.text());
      if (found.found == Context::Found::one) used.insert(found.item);
    }
  });
  each<ast::GroupDecl>(context.files, [&](ItemRef ref, const ast::GroupDecl& d) {
    const At at(context, ref);
    check_cites(context, ref.file, d.cites);
    if (!used.contains(ref))
      context.report(Code::empty_group, d.name.span, fmt::format("no rule is in the group `{}`", d.name.text));
  });
  for (const ast::File& file : context.files) {
    if (!context.sources.path(file.source).ends_with(".test.writ")) continue;
    for (const ast::Item& item : file.items) {
      if (std::holds_alternative<ast::TestDecl>(item)) continue;
      const Span span = std::visit([](const auto& d) { return d.span; }, item);
      context.report(Code::misplaced_item, name_of(item) != nullptr ? name_of(item)->span : span,
                     fmt::format("a {} in a file of tests", noun_of(item)), "`*.test.writ` files hold only tests");
    }
  }
  each<ast::PackDecl>(context.files, [&](ItemRef ref, const ast::PackDecl& d) {
    if (d.name.text() != context.package[ref.file]) {
      context.report(
          Code::misplaced_item, d.name.span,
          fmt::format("pack `{}` stands in a file of package `{}`", d.name.text(), context.package[ref.file]));
    }
    if (d.language && *d.language != 1) {
      context.report(Code::misplaced_item, d.span,
                     fmt::format("pack `{}` is written in version {} of the language; this engine reads version 1",
                                 d.name.text(), *d.language));
    }
  });
}

}  // namespace writ::sema
