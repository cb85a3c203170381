#include "engine/syntax/print.h"

#include <fmt/format.h>

#include <array>

#include "engine/syntax/print_parts.h"

namespace writ::ast {
namespace {

/// One list in parentheses, to which parts are added when there are any.
class Out {
 public:
  explicit Out(std::string_view head) : text_(fmt::format("({}", head)) {}
  Out& add(std::string_view part) {
    if (!part.empty()) text_ += fmt::format(" {}", part);
    return *this;
  }
  Out& add(const std::optional<Text>& text) { return text ? add(print_text(text->text)) : *this; }
  Out& part(std::string_view head, std::string_view value) {
    return value.empty() ? *this : add(fmt::format("({} {})", head, value));
  }
  Out& part(std::string_view head, const std::optional<Text>& text) {
    return text ? part(head, print_text(text->text)) : *this;
  }
  Out& part(std::string_view head, const std::optional<Name>& name) { return name ? part(head, name->text) : *this; }
  Out& part(std::string_view head, const std::optional<Path>& path) { return path ? part(head, path->text()) : *this; }
  Out& part(std::string_view head, const std::optional<Date>& date) { return date ? part(head, date->text()) : *this; }
  [[nodiscard]] std::string str() const { return text_ + ")"; }

 private:
  std::string text_;
};

template <class List, class Text>
std::string joined(const List& list, Text text) {
  std::string out;
  for (const auto& element : list) out += (out.empty() ? "" : " ") + text(element);
  return out;
}

struct Printer {
  const File& file;

  std::string expr(ExprId id) const { return id.valid() ? print(file, id) : ""; }
  static std::string citation(const Citation& c) {
    return fmt::format("({} {})", c.instrument.text, print_text(c.provision.text));
  }
  static std::string cites(const std::vector<Citation>& all) { return joined(all, citation); }
  static std::string paths(const std::vector<Path>& all) {
    return joined(all, [](const Path& p) { return p.text(); });
  }
  static std::string names(const std::vector<Name>& all) {
    return joined(all, [](const Name& n) { return n.text; });
  }
  static std::string texts(const std::vector<Text>& all) {
    return joined(all, [](const Text& t) { return print_text(t.text); });
  }
  std::string but_not(const ButNotWhen& b) const {
    return Out("but-not").add(expr(b.condition)).part("cites", cites(b.cites)).str();
  }
  std::string unless(const Unless& u) const {
    Out out("unless");
    out.add(u.title).add(expr(u.condition)).part("cites", cites(u.cites));
    for (const ButNotWhen& b : u.but_not) out.add(but_not(b));
    return out.str();
  }
  std::string effective(const std::vector<EffectiveSpan>& all) const {
    return joined(all, [&](const EffectiveSpan& e) {
      return Out("from")
          .add(e.from.text())
          .part("until", e.until)
          .part("before", e.before)
          .part("uncertain", e.uncertain)
          .part("when", expr(e.when))
          .str();
    });
  }
  std::string presumption(const Presumption& p) const {
    return Out("presume")
        .add(expr(p.fact))
        .add(expr(p.value))
        .part("when", expr(p.when))
        .part("cites", cites(p.cites))
        .str();
  }
  std::string penalty(const Penalty& p) const {
    return Out("penalty").add(citation(p.citation)).add(p.text).add(expr(p.amount)).part("when", expr(p.when)).str();
  }
  std::string entry(const SetEntry& e) const {
    return Out("entry")
        .add(expr(e.member))
        .part("including", joined(e.including, [&](ExprId id) { return expr(id); }))
        .part("from", e.from)
        .part("until", e.until)
        .part("before", e.before)
        .part("published", e.published)
        .str();
  }
  std::string row(const TableRow& r) const {
    return Out("row")
        .add(joined(r.keys, [&](ExprId id) { return expr(id); }))
        .part("gives", expr(r.value))
        .part("from", r.from)
        .part("until", r.until)
        .part("before", r.before)
        .part("published", r.published)
        .str();
  }
  std::string amendment(const Amendment& a) const {
    static constexpr std::array kOps = {"effective", "replace", "repeal", "suspend", "insert"};
    Out out(kOps.at(static_cast<std::size_t>(a.op)));
    out.add(a.clause.text).add(a.label ? a.label->text + ":" : "").part("of", paths(a.targets));
    out.add(effective(a.effective)).add(a.never ? "never" : "");
    out.part("from", a.from).part("until", a.until).part("before", a.before);
    out.part("with", expr(a.value)).part("with", a.text).part("with", a.word);
    for (const SetEntry& e : a.entries) out.add(entry(e));
    for (const TableRow& r : a.rows) out.add(row(r));
    return out.part("cites", cites(a.cites)).str();
  }
  std::string params(const std::vector<Param>& all) const {
    return joined(all, [&](const Param& p) { return fmt::format("({} {})", p.name.text, print(file, p.type)); });
  }
  std::string field(const FieldDecl& f) const {
    Out out("field");
    out.add(f.name.text)
        .add(f.optional ? "optional" : "")
        .add(f.dated ? "dated" : "")
        .add(f.event ? "event" : "")
        .add(print(file, f.type))
        .add(f.description);
    return out.part("ask", f.ask)
        .part("from", texts(f.from))
        .part("provision", f.provision)
        .part("formerly", f.formerly)
        .str();
  }
  std::string requirement(const Requirement& r) const {
    Out out(r.forbids ? "forbids" : "requires");
    if (r.label) out.add(r.label->text + ":");
    return out.add(expr(r.condition))
        .part("cites", cites(r.cites))
        .part("severity", r.severity)
        .part("remedy", r.remedy)
        .part("note", r.note)
        .add(joined(r.presumptions, [&](const Presumption& p) { return presumption(p); }))
        .str();
  }

  std::string operator()(const UnitDecl& d) const {
    return Out("unit")
        .add(d.name.text)
        .add(d.description)
        .add(d.factor ? d.factor->exact() : "")
        .add(d.unit ? d.unit->text : "")
        .str();
  }
  std::string operator()(const CurrencyDecl& d) const { return Out("currency").add(names(d.codes)).str(); }
  std::string operator()(const KindsDecl& d) const { return Out("kinds").add(names(d.kinds)).str(); }
  std::string operator()(const EnumDecl& d) const {
    Out out("enum");
    out.add(d.name.text).add(d.description);
    for (const EnumMember& m : d.members) out.add(Out(m.name.text).add(m.description).str());
    return out.str();
  }
  std::string operator()(const RecordDecl& d) const {
    Out out("record");
    out.add(d.name.text).add(d.description).part("key", d.key);
    for (const FieldDecl& f : d.fields) out.add(field(f));
    return out.str();
  }
  std::string operator()(const FactsDecl& d) const {
    Out out("facts");
    out.add(d.description);
    for (const FieldDecl& f : d.fields) out.add(field(f));
    return out.str();
  }
  std::string operator()(const PackDecl& d) const {
    Out out("pack");
    out.add(d.name.text())
        .add(d.title)
        .part("version", d.version)
        .part("language", d.language ? fmt::format("{}", *d.language) : "");
    return out.part("law-checked-until", d.law_checked_until)
        .part("licence", d.licence)
        .part("description", d.description)
        .str();
  }
  std::string operator()(const InstrumentDecl& d) const {
    Out out("instrument");
    out.add(d.name.text).add(d.title).part("jurisdiction", d.jurisdiction).part("published", d.published);
    out.part("in-force", d.in_force).part("url", d.url);
    for (const ProvisionClause& p : d.provisions) {
      Out clause("provision");
      clause.add(p.text);
      if (p.kind != ProvisionClause::Kind::cited)
        clause.part(p.kind == ProvisionClause::Kind::outside ? "outside" : "judged", p.reason);
      out.add(clause.str());
    }
    return out.str();
  }
  std::string operator()(const RoleDecl& d) const {
    Out out("role");
    out.add(d.name.text)
        .part("of", d.of ? params({*d.of}) : "")
        .add(d.title)
        .part("cites", cites(d.cites))
        .part("means", expr(d.means));
    for (const Unless& u : d.unless) out.add(unless(u));
    return out.str();
  }
  std::string operator()(const GroupDecl& d) const {
    return Out("group").add(d.name.text).add(d.title).part("cites", cites(d.cites)).str();
  }
  std::string operator()(const ScopeDecl& d) const {
    Out out("scope");
    out.add(d.name.text)
        .part("of", d.instrument.text)
        .add(d.title)
        .part("cites", cites(d.cites))
        .part("means", expr(d.means));
    for (const Unless& u : d.unless) out.add(unless(u));
    return out.str();
  }
  std::string operator()(const TermDecl& d) const {
    Out out("term");
    out.add(d.name.text)
        .part("params", params(d.params))
        .part("result", d.result.valid() ? print(file, d.result) : "")
        .add(d.title);
    out.part("cites", cites(d.cites)).part("means", expr(d.means));
    for (const Reading& r : d.readings) {
      out.add(Out("reading")
                  .add(r.name.text)
                  .add(r.title)
                  .part("cites", cites(r.cites))
                  .part("means", expr(r.means))
                  .str());
    }
    for (const Unless& u : d.unless) out.add(unless(u));
    return out.str();
  }
  std::string operator()(const SetDecl& d) const {
    Out out(d.supplied ? "supplied set" : "set");
    out.add(d.name.text).part("of", print(file, d.element)).add(d.title).part("cites", cites(d.cites));
    out.part("known-from", d.known_from).part("known-until", d.known_until);
    for (const SetEntry& e : d.entries) out.add(entry(e));
    return out.part("=", expr(d.algebra)).str();
  }
  std::string operator()(const TableDecl& d) const {
    Out out(d.supplied ? "supplied table" : "table");
    out.add(d.name.text)
        .part("params", params(d.params))
        .part("result", print(file, d.result))
        .add(d.title)
        .part("cites", cites(d.cites));
    out.part("known-from", d.known_from).part("known-until", d.known_until);
    for (const TableRow& r : d.rows) out.add(row(r));
    return out.add(d.otherwise_none ? "otherwise-none" : "").part("otherwise", expr(d.otherwise)).str();
  }
  std::string operator()(const ClassifyDecl& d) const {
    Out out("classify");
    out.add(d.name.text)
        .part("params", params(d.params))
        .add(d.title)
        .part("within", d.within)
        .part("cites", cites(d.cites))
        .part("order", names(d.order));
    for (const Branch& b : d.branches) out.part(b.value.text, b.when.valid() ? expr(b.when) : "otherwise");
    return out.str();
  }
  std::string operator()(const RuleDecl& d) const {
    Out out("rule");
    out.add(d.name.text)
        .add(d.title)
        .part("cites", cites(d.cites))
        .part("group", paths(d.groups))
        .part("scope", d.scope)
        .part("binds", paths(d.binds));
    out.part("effective", effective(d.effective)).part("effective", d.never_effective ? "never" : "");
    out.part("published", d.published);
    if (d.for_each) {
      out.add(Out("for-each")
                  .add(d.for_each->variable.text)
                  .add(expr(d.for_each->list))
                  .part("where", expr(d.for_each->where))
                  .str());
    }
    out.part("judged-on", expr(d.judged_on)).part("applies", expr(d.applies));
    for (const Presumption& p : d.presumptions) out.add(presumption(p));
    for (const Requirement& r : d.requirements) out.add(requirement(r));
    out.part("severity", d.severity);
    for (const Penalty& p : d.penalties) out.add(penalty(p));
    out.part("remedy", d.remedy).part("status", d.status).part("sources", texts(d.sources));
    return out.part("author", d.author)
        .part("reviewer", d.reviewer)
        .part("note", d.note)
        .add(d.not_waivable ? "not-waivable" : "")
        .str();
  }
  std::string operator()(const ExceptionDecl& d) const {
    Out out("exception");
    out.add(d.name.text)
        .add(d.title)
        .part("to", paths(d.targets))
        .part("for-each", d.variable)
        .part("cites", cites(d.cites))
        .part("when", expr(d.when));
    for (const ButNotWhen& b : d.but_not) out.add(but_not(b));
    out.part("requires-instead", expr(d.instead)).part("yields-to", paths(d.yields_to));
    out.part("prevails-over", paths(d.prevails_over));
    for (const Presumption& p : d.presumptions) out.add(presumption(p));
    return out.part("effective", effective(d.effective)).part("published", d.published).str();
  }
  std::string operator()(const TransitionalDecl& d) const {
    Out out("transitional");
    out.add(d.name.text)
        .add(d.title)
        .part("to", paths(d.targets))
        .part("for-each", d.variable)
        .part("cites", cites(d.cites))
        .part("when", expr(d.when));
    return out.part("effective", effective(d.effective)).part("published", d.published).str();
  }
  std::string operator()(const CalendarDecl& d) const {
    Out out("calendar");
    out.add(d.name.text).add(d.title).part("cites", cites(d.cites));
    out.part("known-from", d.known_from).part("known-until", d.known_until).part("weekend", names(d.weekend));
    for (const CalendarDecl::Holiday& h : d.holidays) out.add(Out("holiday").add(h.day.text()).add(h.name).str());
    return out.str();
  }
  std::string operator()(const AmendDecl& d) const {
    Out out("amend");
    out.add(d.target.text).part("by", d.by.text).add(d.title).part("published", d.published);
    out.part("sequence", d.sequence ? fmt::format("{}", *d.sequence) : "").part("cites", cites(d.cites));
    for (const Amendment& a : d.amendments) out.add(amendment(a));
    return out.str();
  }
  std::string operator()(const PortfolioDecl& d) const {
    Out out("portfolio-rule");
    out.add(d.name.text).add(d.title).part("over", d.variable.text + " " + d.kind.text).part("cites", cites(d.cites));
    out.part("scope", d.scope).part("binds", paths(d.binds)).part("effective", effective(d.effective));
    out.part("where", expr(d.where)).part("group-by", expr(d.key)).part("weigh", expr(d.weight));
    for (const Requirement& r : d.requirements) out.add(requirement(r));
    out.part("severity", d.severity);
    for (const Penalty& p : d.penalties) out.add(penalty(p));
    out.part("remedy", d.remedy).part("status", d.status).part("sources", texts(d.sources));
    return out.part("author", d.author)
        .part("reviewer", d.reviewer)
        .part("note", d.note)
        .add(d.not_waivable ? "not-waivable" : "")
        .str();
  }
  std::string operator()(const TestDecl& d) const {
    Out out("test");
    out.add(print_text(d.title.text)).part("file", d.file);
    for (const FactAssign& f : d.facts) out.add(fmt::format("(= {} {})", f.path.text(), print(file, f.value)));
    out.part("without", paths(d.without)).part("inventory", d.inventory).part("on", d.on);
    out.part("known-at", d.known_at);
    for (const auto& [term, reading] : d.readings) out.part("reading", term.text() + " " + reading.text);
    for (const Expectation& e : d.expect) {
      Out expectation("expect");
      expectation.add(e.exactly ? "exactly" : "")
          .add(e.verdict.empty() ? "" : print_text(e.verdict))
          .add(paths(e.targets));
      out.add(expectation.part("for", e.element).part("value", e.value).part("due", e.due).str());
    }
    return out.str();
  }
};

}  // namespace

std::string print(const File& file, const Item& item) { return std::visit(Printer{file}, item); }

std::string print(const File& file) {
  std::string out;
  if (file.package) out += fmt::format("(package {})\n", file.package->text());
  for (const Import& i : file.imports) out += fmt::format("(import {})\n", i.package.text());
  for (const Item& item : file.items) out += print(file, item) + "\n";
  return out;
}

}  // namespace writ::ast
