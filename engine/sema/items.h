// The passes over items. Each reports into the context and fills the tables that sema.h names.
#pragma once

#include "engine/sema/context.h"

namespace writ::sema {

// signatures.cc: before any expression is typed
/// Parameters, declared result types, element types of sets.
void declare_signatures(Context& context);
/// Bodies of terms and scopes.
void check_terms(Context& context);

// roles.cc
/// Derived roles; declares the variable `bearer`.
void check_roles(Context& context);

// sets_tables.cc
void check_sets(Context& context);
void check_tables(Context& context);

// classes.cc
void check_classes(Context& context);

// instruments.cc
/// Instruments, roles, groups, packs: what they name exists.
void check_instruments(Context& context);
/// Every citation names an instrument.
void check_cites(Context& context, std::uint32_t file, const std::vector<ast::Citation>& cites);

// rules.cc
void check_rules(Context& context);

// exceptions.cc
/// After the rules: an exception reads the elements of the rules it attaches to.
void check_exceptions(Context& context);

// yields.cc: after the exceptions, which have found their targets
void check_yields(Context& context);

// presumptions.cc: after rules and exceptions, whose elements they read
void check_presumptions(Context& context);

// rules.cc
/// A requirement that is the constant true or false is none.
void check_requirement(Context& context, std::uint32_t file, ast::ExprId condition, bool forbids);
/// The spans of one item: not inverted, and without two that hold unconditionally on one day.
void check_spans(Context& context, const std::vector<ast::EffectiveSpan>& spans);

/// Severity and status are known words; a binding rule names two sources.
void check_standing(Context& context, const ast::Name& rule, const std::optional<ast::Name>& severity,
                    const std::optional<ast::Name>& status, const std::vector<ast::Text>& sources);
/// Requirements: labels, severities, citations.
void check_labels(Context& context, std::uint32_t file, const ast::Name& rule,
                  const std::vector<ast::Requirement>& requirements);

// portfolio.cc
void check_portfolios(Context& context);

// targets.cc
struct TargetLookup {
  bool ok = false;
  Checked::Target target;
};
/// "rule", "rule.label", "group", "term", "pkg.rule.label" as seen from `file`; reports `unknown` when it is none of
/// `wanted`.
TargetLookup find_target(Context& context, std::uint32_t file, const ast::Path& path,
                         const std::set<std::size_t>& wanted, std::string_view what, Code unknown);

// amendments.cc
/// What each amendment does to which item; before the items are checked, because sets, tables and presence want to
/// know.
void resolve_amendments(Context& context);
/// The texts that replace clauses, and the days that they leave.
void check_amendments(Context& context);
/// A text that an amendment puts in the place of a clause.
struct Replacement {
  std::uint32_t file = 0;
  const ast::Amendment* operation = nullptr;
  ItemRef amendment;
};
[[nodiscard]] std::vector<Replacement> replacements(const Context& context, ItemRef item, std::string_view clause,
                                                    std::string_view label = {});
/// Operations that insert into a set or table.
[[nodiscard]] std::vector<Replacement> insertions(const Context& context, ItemRef item);

// cycles.cc
void check_cycles(Context& context);

// placement.cc
/// `as of`, `is answered`: where they may stand.
void check_placement(Context& context);

// presence.cc
/// Every read of an optional fact is guarded.
void check_presence(Context& context);

// constants.cc
/// Conditions that can never hold or always hold, where one can see it.
void check_constants(Context& context);

// tests.cc
void check_tests(Context& context);

/// Sets the citation of the item at work for as long as it lives.
class At {
 public:
  At(Context& context, ItemRef ref) : context_(context) { context.citation = citation_of(context.item(ref)); }
  ~At() { context_.citation.clear(); }
  At(const At&) = delete;
  At& operator=(const At&) = delete;

 private:
  Context& context_;
};

}  // namespace writ::sema
