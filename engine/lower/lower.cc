#include "engine/lower/lower.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "engine/base/provisions.h"
#include "engine/lower/amendments.h"
#include "engine/lower/expressions.h"
#include "engine/sema/calendars.h"

namespace writ::lower {

namespace {

using sema::ItemRef;

std::string text_of(const std::optional<ast::Text>& text) { return text ? text->text : std::string(); }

ir::Provision::Kind kind_of(ast::ProvisionClause::Kind kind) {
  switch (kind) {
    case ast::ProvisionClause::Kind::cited: return ir::Provision::Kind::cited;
    case ast::ProvisionClause::Kind::outside: return ir::Provision::Kind::outside;
    case ast::ProvisionClause::Kind::judged: return ir::Provision::Kind::judged;
  }
  return ir::Provision::Kind::cited;
}

std::vector<ir::Provision> provisions_of(const ast::InstrumentDecl& decl) {
  std::vector<ir::Provision> out;
  for (const ast::ProvisionClause& clause : decl.provisions)
    for (std::string& unit : provision_units(clause.text.text))
      out.push_back({std::move(unit), kind_of(clause.kind), text_of(clause.reason)});
  return out;
}

ir::Severity severity_of(const std::optional<ast::Name>& name, ir::Severity fallback) {
  if (!name) return fallback;
  if (name->text == "critical") return ir::Severity::critical;
  if (name->text == "high") return ir::Severity::high;
  if (name->text == "low") return ir::Severity::low;
  return ir::Severity::medium;
}

ir::Status status_of(const std::optional<ast::Name>& name) {
  if (!name) return ir::Status::draft;
  for (ir::Status s : {ir::Status::binding, ir::Status::unenforced, ir::Status::soft, ir::Status::project}) {
    if (name->text == ir::to_string(s)) return s;
  }
  return ir::Status::draft;
}

/// "exports", "model.parents": the list of a `for each` as its author wrote it.
std::string path_text(const ast::File& file, ast::ExprId id) {
  if (const auto* name = std::get_if<ast::NameRef>(&file.exprs[id].node)) return name->name;
  if (const auto* member = std::get_if<ast::Member>(&file.exprs[id].node)) {
    return path_text(file, member->base) + "." + member->field.text;
  }
  return {};
}

class Lowering {
 public:
  Lowering(const std::vector<ast::File>& files, const sema::Checked& checked, Date known_at)
      : files_(files),
        checked_(checked),
        expressions_(program_, files, checked, ids_),
        amendments_(program_, files, checked, ids_, expressions_, known_at) {
    program_.vocabulary = checked.vocabulary;
    program_.known_at = known_at;
    program_.publications = amendments_.publications();
    program_.slots = static_cast<std::uint16_t>(checked.variables.size());
    // Without parties nothing can read it; it has a slot of its own all the same.
    program_.bearer = static_cast<std::uint16_t>(checked.bearer == UINT32_MAX ? program_.slots++ : checked.bearer);
  }

  ir::Program run() {
    each_item([&](ItemRef ref, const ast::Item& item) { declare(ref, item); });
    declare_rules();
    amendments_.declare();
    each_item([&](ItemRef ref, const ast::Item& item) { shape(ref, item); });
    each_item([&](ItemRef ref, const ast::Item& item) { define(ref, item); });
    each_item([&](ItemRef ref, const ast::Item& item) { attach(ref, item); });
    for (const auto& [from, others] : checked_.yields)
      for (const ItemRef& to : others)
        program_.exceptions[exception_ids_.at(from)].yields_to.push_back(exception_ids_.at(to));
    define_scope_terms();
    define_portfolios();
    return std::move(program_);
  }

 private:
  template <class F>
  void each_item(F f) {
    for (std::uint32_t file = 0; file < files_.size(); ++file) {
      for (std::uint32_t item = 0; item < files_[file].items.size(); ++item)
        f(ItemRef{file, item}, files_[file].items[item]);
    }
  }
  template <class T>
  const T& decl(ItemRef ref) const {
    return std::get<T>(files_[ref.file].items[ref.item]);
  }
  std::string package(ItemRef ref) const {
    return files_[ref.file].package ? files_[ref.file].package->text() : std::string();
  }
  const ItemRef& named(ItemRef from, const std::string& name) const {
    const ItemRef* ref = sema::lookup(checked_, files_, from.file, name);
    WRIT_CHECK(ref != nullptr);  // sema resolved it
    return *ref;
  }
  std::vector<ir::Citation> cites(ItemRef from, const std::vector<ast::Citation>& list) const {
    std::vector<ir::Citation> out;
    for (const ast::Citation& c : list)
      out.push_back({ids_.instruments.at(named(from, c.instrument.text)), c.provision.text});
    return out;
  }
  /// The day on which the text of an item was published, and whether that is known: its own, else its instrument's.
  void publish(const std::optional<Date>& own, const std::vector<ir::Citation>& cites, ir::History& history) const {
    history.published = own;
    const std::optional<Date> day =
        own || cites.empty() ? own : program_.instruments[cites.front().instrument].published;
    if (amendments_.known(day)) return;
    history.published = day;
    history.unpublished = true;
  }
  std::vector<ir::Defeater> defeaters(ItemRef from, const std::vector<ast::ButNotWhen>& list) {
    std::vector<ir::Defeater> out;
    for (const ast::ButNotWhen& b : list)
      out.push_back({expressions_.lower(from.file, b.condition), cites(from, b.cites), b.span});
    return out;
  }
  std::vector<ir::Unless> unlesses(ItemRef from, const std::vector<ast::Unless>& list) {
    std::vector<ir::Unless> out;
    for (const ast::Unless& u : list) {
      out.push_back({text_of(u.title), expressions_.lower(from.file, u.condition), cites(from, u.cites),
                     defeaters(from, u.but_not), u.span});
    }
    return out;
  }
  std::vector<ir::PresumptionId> presumptions(ItemRef from, const std::vector<ast::Presumption>& list) {
    std::vector<ir::PresumptionId> out;
    for (const ast::Presumption& p : list) {
      const ir::NodeId fact = expressions_.lower(from.file, p.fact), value = expressions_.lower(from.file, p.value);
      const ir::NodeId when = expressions_.lower(from.file, p.when);
      out.push_back(program_.presumptions.add({fact, value, when, cites(from, p.cites), p.span}));
    }
    return out;
  }
  std::vector<std::uint16_t> slots(ItemRef ref) const {
    std::vector<std::uint16_t> out;
    const auto it = checked_.item_variables.find(ref);
    if (it == checked_.item_variables.end()) return out;
    for (std::uint32_t v : it->second) out.push_back(static_cast<std::uint16_t>(v));
    return out;
  }

  void declare(ItemRef ref, const ast::Item& item);
  [[nodiscard]] ir::Calendar calendar_of(ItemRef ref, const ast::CalendarDecl& decl) const;
  void declare_rules();
  void shape(ItemRef ref, const ast::Item& item);
  void define(ItemRef ref, const ast::Item& item);
  void define_scope(ItemRef ref, const ast::ScopeDecl& decl);
  void define_scope_terms();
  [[nodiscard]] ir::NodeId term_means(ItemRef ref, const ast::TermDecl& decl);
  [[nodiscard]] ir::NodeId on_its_days(const ir::Exception& exception);
  void define_set(ItemRef ref, const ast::SetDecl& decl);
  void define_table(ItemRef ref, const ast::TableDecl& decl);
  void define_class(ItemRef ref, const ast::ClassifyDecl& decl);
  template <class Decl, class Rule>
  void standing(ItemRef ref, const Decl& decl, Rule& out);
  template <class Decl, class Rule>
  void requirements(ItemRef ref, const Decl& decl, Rule& out);
  void define_rule(ItemRef ref, const ast::RuleDecl& decl);
  void define_portfolios();
  ir::Portfolio portfolio(ItemRef ref, const ast::PortfolioDecl& decl);
  void attach(ItemRef ref, const ast::Item& item);
  void attach_exception(ItemRef ref, const ast::ExceptionDecl& decl);
  void attach_transitional(ItemRef ref, const ast::TransitionalDecl& decl);
  template <class F>
  void each_target_rule(const sema::Checked::Target& target, F f);

  const std::vector<ast::File>& files_;
  const sema::Checked& checked_;
  ir::Program program_;
  ItemIds ids_;
  Expressions expressions_;
  Amendments amendments_;
  std::map<ItemRef, ir::ExceptionId> exception_ids_;
  std::vector<ir::TermId> scope_terms_;  // by ScopeId
  std::vector<std::pair<std::string, ItemRef>> rule_refs_;
};

// First walk: every item gets its id, so that expressions can name items that stand later.
void Lowering::declare(ItemRef ref, const ast::Item& item) {
  if (const auto* d = std::get_if<ast::PackDecl>(&item)) {
    program_.packs.add({d->name.text(), text_of(d->title), text_of(d->version), text_of(d->licence),
                        text_of(d->description), d->language.value_or(1), d->law_checked_until, d->span});
  } else if (const auto* i = std::get_if<ast::InstrumentDecl>(&item)) {
    ids_.instruments[ref] = program_.instruments.add(
        {i->name.text, package(ref), text_of(i->title), i->jurisdiction ? i->jurisdiction->text : std::string(),
         text_of(i->url), i->published, i->in_force, i->span, provisions_of(*i)});
  } else if (std::holds_alternative<ast::RoleDecl>(item)) {
    ids_.roles[ref] = program_.roles.add({});
  } else if (std::holds_alternative<ast::GroupDecl>(item)) {
    ids_.groups[ref] = program_.groups.add({});
  } else if (std::holds_alternative<ast::ScopeDecl>(item)) {
    ids_.scopes[ref] = program_.scopes.add({});
    ids_.terms[ref] = program_.terms.add({});
    scope_terms_.push_back(ids_.terms[ref]);
  } else if (std::holds_alternative<ast::TermDecl>(item)) {
    ids_.terms[ref] = program_.terms.add({});
  } else if (std::holds_alternative<ast::SetDecl>(item)) {
    ids_.sets[ref] = program_.sets.add({});
  } else if (std::holds_alternative<ast::TableDecl>(item)) {
    ids_.tables[ref] = program_.tables.add({});
  } else if (std::holds_alternative<ast::ClassifyDecl>(item)) {
    ids_.classes[ref] = program_.classes.add({});
  } else if (const auto* calendar = std::get_if<ast::CalendarDecl>(&item)) {
    ids_.calendars[ref] = program_.calendars.add(calendar_of(ref, *calendar));
  } else if (const auto* r = std::get_if<ast::RuleDecl>(&item)) {
    rule_refs_.emplace_back(package(ref) + "." + r->name.text, ref);
  }
}

ir::Calendar Lowering::calendar_of(ItemRef ref, const ast::CalendarDecl& d) const {
  ir::Calendar out;
  out.name = d.name.text;
  out.package = package(ref);
  out.title = text_of(d.title);
  out.known = days_of(d.known_from, d.known_until, std::nullopt);
  for (const ast::Name& word : d.weekend)
    out.weekend |= static_cast<std::uint8_t>(1u << sema::weekday_named(word.text));
  for (const ast::CalendarDecl::Holiday& h : d.holidays) out.holidays.push_back(h.day);
  std::sort(out.holidays.begin(), out.holidays.end());
  out.span = d.span;
  return out;
}

void Lowering::declare_rules() {
  std::sort(rule_refs_.begin(), rule_refs_.end());
  for (const auto& [name, ref] : rule_refs_) ids_.rules[ref] = program_.rules.add({});
}

// Second walk: what expressions look up in items (enumerations and orders of classifications, parameter slots).
void Lowering::shape(ItemRef ref, const ast::Item& item) {
  if (const auto* t = std::get_if<ast::TermDecl>(&item)) {
    ir::Term& term = program_.terms[ids_.terms[ref]];
    term.name = t->name.text;
    term.package = package(ref);
    term.title = text_of(t->title);
    term.params = slots(ref);
    term.type = checked_.item_types.at(ref);
    term.span = t->span;
  } else if (const auto* c = std::get_if<ast::ClassifyDecl>(&item)) {
    ir::Class& cls = program_.classes[ids_.classes[ref]];
    cls.name = c->name.text;
    cls.package = package(ref);
    cls.title = text_of(c->title);
    cls.params = slots(ref);
    cls.enumeration = checked_.class_enums.at(ref);
    const model::Enum& members = checked_.vocabulary->enums[cls.enumeration];
    for (const ast::Name& n : c->order) cls.order.push_back(static_cast<std::uint32_t>(members.find(n.text)));
    if (c->within) cls.within = ids_.scopes.at(named(ref, c->within->text()));
    cls.span = c->span;
  }
}

void Lowering::define_scope(ItemRef ref, const ast::ScopeDecl& d) {
  const ir::NodeId means = amendments_.clause(ref, "means", "", expressions_.lower(ref.file, d.means));
  program_.scopes[ids_.scopes[ref]] = {
      d.name.text,         package(ref), text_of(d.title),        ids_.instruments.at(named(ref, d.instrument.text)),
      cites(ref, d.cites), means,        unlesses(ref, d.unless), d.span};
}

// Last, because exceptions in other files add to a scope's `unless`.
void Lowering::define_scope_terms() {
  for (std::uint32_t i = 0; i < program_.scopes.size(); ++i) {
    const ir::Scope& scope = program_.scopes[ir::ScopeId(i)];
    ir::Term& term = program_.terms[scope_terms_[i]];
    term = {scope.name,  scope.package, scope.title, scope.cites, {}, program_.types[scope.means.index],
            scope.means, scope.unless,  scope.span};
  }
}

void Lowering::define(ItemRef ref, const ast::Item& item) {
  if (const auto* r = std::get_if<ast::RoleDecl>(&item)) {
    const model::EnumId roles = checked_.vocabulary->find_enum("party_role");
    const int member = roles ? checked_.vocabulary->enums[roles].find(r->name.text) : 0;
    const ir::NodeId means = expressions_.lower(ref.file, r->means);
    std::vector<ir::Unless> unless = unlesses(ref, r->unless);
    std::optional<std::uint16_t> var;
    if (r->of) var = slots(ref).at(0);
    program_.roles[ids_.roles[ref]] = {r->name.text,
                                       package(ref),
                                       text_of(r->title),
                                       cites(ref, r->cites),
                                       static_cast<std::uint32_t>(std::max(member, 0)),
                                       r->span,
                                       var,
                                       means,
                                       std::move(unless)};
  } else if (const auto* g = std::get_if<ast::GroupDecl>(&item)) {
    program_.groups[ids_.groups[ref]] = {g->name.text, package(ref), text_of(g->title), cites(ref, g->cites), g->span};
  } else if (const auto* scope = std::get_if<ast::ScopeDecl>(&item)) {
    define_scope(ref, *scope);
  } else if (const auto* calendar = std::get_if<ast::CalendarDecl>(&item)) {
    program_.calendars[ids_.calendars[ref]].cites = cites(ref, calendar->cites);
  } else if (const auto* t = std::get_if<ast::TermDecl>(&item)) {
    const ir::NodeId means = amendments_.clause(ref, "means", "", term_means(ref, *t));
    auto unless = unlesses(ref, t->unless);
    ir::Term& term = program_.terms[ids_.terms[ref]];
    term.cites = cites(ref, t->cites);
    term.means = means;
    term.unless = std::move(unless);
  } else if (const auto* s = std::get_if<ast::SetDecl>(&item)) {
    define_set(ref, *s);
  } else if (const auto* table = std::get_if<ast::TableDecl>(&item)) {
    define_table(ref, *table);
  } else if (const auto* c = std::get_if<ast::ClassifyDecl>(&item)) {
    define_class(ref, *c);
  } else if (const auto* rule = std::get_if<ast::RuleDecl>(&item)) {
    define_rule(ref, *rule);
  }
}

ir::NodeId Lowering::term_means(ItemRef ref, const ast::TermDecl& d) {
  if (d.readings.empty()) return expressions_.lower(ref.file, d.means);
  ir::Readings law{d.name.text, package(ref), text_of(d.title), {}, d.span};
  std::vector<ir::NodeId> nodes;
  for (const ast::Reading& r : d.readings) {
    law.readings.push_back({r.name.text, text_of(r.title), cites(ref, r.cites), r.span});
    nodes.push_back(expressions_.lower(ref.file, r.means));
  }
  return expressions_.contested(program_.readings.add(std::move(law)), nodes, d.span);
}

void Lowering::define_set(ItemRef ref, const ast::SetDecl& d) {
  ir::Set set;
  set.name = d.name.text;
  set.package = package(ref);
  set.title = text_of(d.title);
  set.cites = cites(ref, d.cites);
  set.element = checked_.item_types.at(ref);
  set.known = days_of(d.known_from, d.known_until, std::nullopt);
  set.span = d.span;
  const auto add = [&](std::uint32_t file, const std::vector<ast::SetEntry>& entries) {
    for (const ast::SetEntry& e : entries) {
      if (!amendments_.known(e.published)) continue;
      const DayInterval on = days_of(e.from, e.until, e.before);
      set.entries.push_back({expressions_.literal(file, e.member, set.element), on, e.span});
      for (ast::ExprId part : e.including)
        set.entries.push_back({expressions_.literal(file, part, set.element), on, e.span});
    }
  };
  add(ref.file, d.entries);
  for (const Amendments::Inserted& i : amendments_.inserted(ref)) add(i.file, i.operation->entries);
  set.algebra = expressions_.lower(ref.file, d.algebra);
  set.supplied.declared = d.supplied;
  program_.sets[ids_.sets[ref]] = std::move(set);
}

void Lowering::define_table(ItemRef ref, const ast::TableDecl& d) {
  ir::Table table;
  table.name = d.name.text;
  table.package = package(ref);
  table.title = text_of(d.title);
  table.cites = cites(ref, d.cites);
  table.type = checked_.item_types.at(ref);
  for (std::uint16_t slot : slots(ref)) table.keys.push_back(checked_.variables[slot].type);
  table.known = days_of(d.known_from, d.known_until, std::nullopt);
  table.span = d.span;
  const auto add = [&](std::uint32_t file, const std::vector<ast::TableRow>& rows) {
    for (const ast::TableRow& r : rows) {
      if (!amendments_.known(r.published)) continue;
      ir::TableRow row{{}, expressions_.literal(file, r.value, table.type), days_of(r.from, r.until, r.before), r.span};
      for (std::size_t k = 0; k < r.keys.size(); ++k)
        row.keys.push_back(expressions_.literal(file, r.keys[k], table.keys[k]));
      table.rows.push_back(std::move(row));
    }
  };
  add(ref.file, d.rows);
  for (const Amendments::Inserted& i : amendments_.inserted(ref)) add(i.file, i.operation->rows);
  table.supplied.declared = d.supplied;
  for (const ast::Param& p : d.params) table.columns.push_back(p.name.text);
  table.otherwise_absent = d.otherwise_none;
  if (d.otherwise) table.otherwise = expressions_.literal(ref.file, d.otherwise, table.type);
  program_.tables[ids_.tables[ref]] = std::move(table);
}

void Lowering::define_class(ItemRef ref, const ast::ClassifyDecl& d) {
  const ir::ClassId id = ids_.classes[ref];
  const model::Enum& members = checked_.vocabulary->enums[program_.classes[id].enumeration];
  std::vector<ir::Branch> branches;
  for (const ast::Branch& b : d.branches) {
    branches.push_back(
        {static_cast<std::uint32_t>(members.find(b.value.text)), expressions_.lower(ref.file, b.when), b.span});
  }
  program_.classes[id].cites = cites(ref, d.cites);
  program_.classes[id].branches = std::move(branches);
}

// What ordinary and portfolio rules say alike.
template <class Decl, class Rule>
void Lowering::standing(ItemRef ref, const Decl& d, Rule& out) {
  out.name = d.name.text;
  out.package = package(ref);
  for (std::uint32_t p = 0; p < program_.packs.size(); ++p) {
    if (program_.packs[ir::PackId(p)].name == out.package) out.pack = ir::PackId(p);
  }
  out.title = text_of(d.title);
  out.cites = cites(ref, d.cites);
  for (const ast::Path& r : d.binds) out.binds.push_back(ids_.roles.at(named(ref, r.text())));
  const auto* severity = amendments_.replaced(ref, "severity", "");
  out.severity = severity_of(severity != nullptr ? severity->word : d.severity, ir::Severity::medium);
  const auto* remedy = amendments_.replaced(ref, "remedy", "");
  out.remedy = text_of(remedy != nullptr ? remedy->text : d.remedy);
  out.note = text_of(d.note);
  out.author = text_of(d.author);
  out.reviewer = text_of(d.reviewer);
  out.status = status_of(d.status);
  for (const ast::Text& s : d.sources) out.sources.push_back(s.text);
  out.not_waivable = d.not_waivable;
  out.span = d.span;
}

// After everything that a requirement takes from its rule where it says nothing itself.
template <class Decl, class Rule>
void Lowering::requirements(ItemRef ref, const Decl& d, Rule& out) {
  for (const ast::Requirement& r : d.requirements) {
    ir::Requirement requirement;
    requirement.label = r.label ? r.label->text : std::string();
    requirement.forbids = r.forbids;
    requirement.holds = amendments_.clause(ref, r.forbids ? "forbids" : "requires", requirement.label,
                                           expressions_.lower(ref.file, r.condition));
    if (r.forbids) requirement.holds = expressions_.negate(requirement.holds, files_[ref.file].exprs[r.condition].span);
    requirement.cites = r.cites.empty() ? out.cites : cites(ref, r.cites);
    requirement.severity = severity_of(r.severity, out.severity);
    requirement.remedy = r.remedy ? r.remedy->text : out.remedy;
    requirement.note = text_of(r.note);
    requirement.span = r.span;
    requirement.presumptions = presumptions(ref, r.presumptions);
    out.requirements.push_back(std::move(requirement));
  }
}

void Lowering::define_rule(ItemRef ref, const ast::RuleDecl& d) {
  ir::Rule rule;
  standing(ref, d, rule);
  for (const ast::Path& g : d.groups) rule.groups.push_back(ids_.groups.at(named(ref, g.text())));
  if (const auto it = checked_.rule_scopes.find(ref); it != checked_.rule_scopes.end())
    rule.scope = ids_.scopes.at(it->second);
  rule.effective = amendments_.effective(ref, d.effective, d.never_effective, rule.history);
  publish(d.published, rule.cites, rule.history);
  if (d.for_each) {
    const ast::ForEach& f = *d.for_each;
    ir::ForEach each;
    each.var = slots(ref).at(0);
    each.variable = f.variable.text;
    each.list = expressions_.lower(ref.file, f.list);
    each.where = amendments_.clause(ref, "where", "", expressions_.lower(ref.file, f.where));
    each.path = path_text(files_[ref.file], f.list);
    rule.for_each = each;
  }
  rule.judged_on = expressions_.lower(ref.file, d.judged_on);
  rule.applies = amendments_.clause(ref, "applies", "", expressions_.lower(ref.file, d.applies));
  rule.presumptions = presumptions(ref, d.presumptions);
  for (const ast::Penalty& p : d.penalties) {
    rule.penalties.push_back({cites(ref, {p.citation}).front(), text_of(p.text), expressions_.lower(ref.file, p.amount),
                              expressions_.lower(ref.file, p.when), p.span});
  }
  requirements(ref, d, rule);
  program_.rules[ids_.rules[ref]] = std::move(rule);
}

ir::Portfolio Lowering::portfolio(ItemRef ref, const ast::PortfolioDecl& d) {
  ir::Portfolio out;
  standing(ref, d, out);
  out.var = slots(ref).at(0);
  out.kind = d.kind.text.substr(0, d.kind.text.size() - 1);  // as sema found it: "deployments"
  ir::History history;                                       // no amendment names a portfolio rule
  out.effective = amendments_.effective(ref, d.effective, false, history);
  out.where = expressions_.lower(ref.file, d.where);
  out.key = expressions_.lower(ref.file, d.key);
  out.weight = expressions_.lower(ref.file, d.weight);
  requirements(ref, d, out);
  return out;
}

void Lowering::define_portfolios() {
  std::vector<ir::Portfolio> all;
  each_item([&](ItemRef ref, const ast::Item& item) {
    if (const auto* d = std::get_if<ast::PortfolioDecl>(&item)) all.push_back(portfolio(ref, *d));
  });
  std::sort(all.begin(), all.end(), [](const ir::Portfolio& a, const ir::Portfolio& b) { return a.id() < b.id(); });
  for (ir::Portfolio& p : all) program_.portfolios.add(std::move(p));
}

// Last walk: exceptions and transitional clauses find their rules, terms and scopes, in whatever file those stand.
void Lowering::attach(ItemRef ref, const ast::Item& item) {
  if (const auto* e = std::get_if<ast::ExceptionDecl>(&item)) attach_exception(ref, *e);
  if (const auto* t = std::get_if<ast::TransitionalDecl>(&item)) attach_transitional(ref, *t);
}

template <class F>
void Lowering::each_target_rule(const sema::Checked::Target& target, F f) {
  if (const auto it = ids_.rules.find(target.item); it != ids_.rules.end()) f(it->second);
  if (const auto it = ids_.groups.find(target.item); it != ids_.groups.end()) {
    for (std::uint32_t r = 0; r < program_.rules.size(); ++r) {
      const auto& groups = program_.rules[ir::RuleId(r)].groups;
      if (std::find(groups.begin(), groups.end(), it->second) != groups.end()) f(ir::RuleId(r));
    }
  }
}

// The condition of an exception as an `unless` reads it, which has no days of its own: false on the days on which the
// exception is not in force.
ir::NodeId Lowering::on_its_days(const ir::Exception& e) {
  const ir::History& h = e.history;
  if (e.effective.empty() && !h.never && !h.repealed && h.suspended.empty()) return e.when;
  const Span span = program_.spans[e.when.index];
  const ir::NodeId no = expressions_.truth(false, span);
  Texts texts{{DayInterval{}, no}};
  if (e.effective.empty() && !h.never) texts = {{DayInterval{}, e.when}};
  for (const ir::Effective& part : e.effective) {
    const ir::NodeId then = expressions_.both(part.when, e.when, span);
    for (const auto& [days, before] : Texts(texts)) {
      const DayInterval shared{std::max(days.from, part.days.from), std::min(days.last, part.days.last)};
      if (shared.from > shared.last) continue;
      overlay(texts, shared, before == no ? then : expressions_.either(before, then, span));
    }
  }
  for (DayInterval days : h.suspended) overlay(texts, days, no);
  if (h.repealed) overlay(texts, {*h.repealed, Date::max()}, no);
  return expressions_.editions(texts, span);
}

void Lowering::attach_exception(ItemRef ref, const ast::ExceptionDecl& d) {
  ir::Exception exception{d.name.text,
                          package(ref),
                          text_of(d.title),
                          cites(ref, d.cites),
                          std::nullopt,
                          amendments_.clause(ref, "when", "", expressions_.lower(ref.file, d.when)),
                          defeaters(ref, d.but_not),
                          {},
                          {},
                          d.span};
  exception.effective = amendments_.effective(ref, d.effective, false, exception.history);
  publish(d.published, exception.cites, exception.history);
  if (d.variable) exception.var = slots(ref).at(0);
  exception.instead = expressions_.lower(ref.file, d.instead);
  exception.presumptions = presumptions(ref, d.presumptions);
  const ir::ExceptionId id(program_.exceptions.size());
  const ir::NodeId when = on_its_days(exception);
  exception_ids_[ref] = id;
  for (const sema::Checked::Target& target : checked_.targets.at(ref)) {
    if (exception.history.unpublished) break;  // kept, and attached to nothing
    each_target_rule(target, [&](ir::RuleId rule) {
      auto& list = program_.rules[rule].exceptions;
      if (std::find(list.begin(), list.end(), id) == list.end()) list.push_back(id);
      if (!target.label.empty()) exception.only_labels.emplace_back(rule, target.label);
    });
    const ir::Unless unless{exception.title.empty() ? exception.name : exception.title, when, exception.cites,
                            exception.but_not, exception.span};
    if (const auto role = ids_.roles.find(target.item); role != ids_.roles.end()) {
      program_.roles[role->second].unless.push_back(unless);
    } else if (const auto it = ids_.scopes.find(target.item); it != ids_.scopes.end()) {
      program_.scopes[it->second].unless.push_back(unless);
    } else if (const auto term = ids_.terms.find(target.item); term != ids_.terms.end()) {
      program_.terms[term->second].unless.push_back(unless);
    }
  }
  program_.exceptions.add(std::move(exception));
}

void Lowering::attach_transitional(ItemRef ref, const ast::TransitionalDecl& d) {
  ir::Transitional transitional{d.name.text,
                                package(ref),
                                text_of(d.title),
                                cites(ref, d.cites),
                                std::nullopt,
                                amendments_.clause(ref, "when", "", expressions_.lower(ref.file, d.when)),
                                {},
                                d.span};
  transitional.effective = amendments_.effective(ref, d.effective, false, transitional.history);
  publish(d.published, transitional.cites, transitional.history);
  const bool unpublished = transitional.history.unpublished;
  if (d.variable) transitional.var = slots(ref).at(0);
  const ir::TransitionalId id = program_.transitionals.add(std::move(transitional));
  if (unpublished) return;
  for (const sema::Checked::Target& target : checked_.targets.at(ref)) {
    each_target_rule(target, [&](ir::RuleId rule) {
      auto& list = program_.rules[rule].transitionals;
      if (std::find(list.begin(), list.end(), id) == list.end()) list.push_back(id);
    });
  }
}

}  // namespace

ir::Program lower(const std::vector<ast::File>& files, const sema::Checked& checked, Diagnostics& out, Date known_at) {
  if (checked.variables.size() >= UINT16_MAX) {
    out.report_path(Code::too_many_variables, "", "the rule book has more than 65,535 variables").help =
        "check fewer packs at once";
    return {};
  }
  return Lowering(files, checked, known_at).run();
}

}  // namespace writ::lower
