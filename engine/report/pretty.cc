#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>

#include "engine/base/utf8.h"
#include "engine/eval/evaluate.h"
#include "engine/report/facts.h"
#include "engine/report/penalties.h"
#include "engine/report/portfolio.h"
#include "engine/report/report.h"
#include "engine/report/waivers.h"

namespace writ::report {

namespace {

using eval::Verdict;

struct Style {
  bool color;
  [[nodiscard]] std::string paint(const char* code, const std::string& text) const {
    return color ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : text;
  }
  [[nodiscard]] std::string bold(const std::string& t) const { return paint("1", t); }
  [[nodiscard]] std::string red(const std::string& t) const { return paint("1;31", t); }
  [[nodiscard]] std::string yellow(const std::string& t) const { return paint("1;33", t); }
  [[nodiscard]] std::string green(const std::string& t) const { return paint("32", t); }
  [[nodiscard]] std::string dim(const std::string& t) const { return paint("2", t); }
};

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

class Pretty {
 public:
  Pretty(const gate::Result& result, const PrettyOptions& options)
      : result_(result), program_(*result.program), options_(options), style_{options.color} {}

  std::string write() {
    header();
    for (const Diagnostic& d : result_.diagnostics.items()) out_ += render(d, *result_.sources, options_.color) + "\n";
    for (const gate::CheckedDocument& d : result_.documents) document(d);
    for (const gate::UnreadDocument& d : result_.unread) {
      out_ += style_.red("NOT CHECKED") +
              fmt::format("  {}: {}\n", printable(d.path),
                          d.errors == 0 ? "the rule book has errors"
                                        : fmt::format("{} {}", d.errors, d.errors == 1 ? "error" : "errors"));
    }
    portfolios();
    closing();
    return std::move(out_);
  }

 private:
  void portfolios() {
    for (const gate::PortfolioRow& row : result_.portfolios) {
      const eval::PortfolioResult& r = row.result;
      const ir::Portfolio& rule = program_.portfolios[r.portfolio];
      if (options_.verbosity < 0 &&
          std::none_of(row.names.begin(), row.names.end(), [](const auto& name) { return name.counts; }))
        continue;
      out_ += fmt::format("{}  {}  {}\n", style_.bold("portfolio"), style_.bold(rule.id()), rule.title);
      out_ += fmt::format(
          "     {}{}\n", citation_in_full(program_, rule.cites.front()),
          rule.status == ir::Status::binding ? std::string() : fmt::format("  [{}]", ir::to_string(rule.status)));
      for (std::size_t i = 0; i < r.findings.size(); ++i) portfolio_finding(row, i);
      out_ += "  documents " + counted_words(program_, r) + "\n";
      if (r.open_count > 0) {
        std::string ids;
        for (const std::string& id : r.open) ids += (ids.empty() ? "" : ", ") + printable(id);
        if (r.open_count > r.open.size()) ids += fmt::format(" and {} more", r.open_count - r.open.size());
        out_ += fmt::format("  open      {} of them {} something open: {}\n", r.open_count,
                            r.open_count == 1 ? "leaves" : "leave", ids);
      }
      const model::TypeId weight = rule.weight.valid() ? program_.types[rule.weight.index] : model::TypeId();
      std::size_t shown = 0;
      for (const eval::PortfolioGroup& g : r.groups) {
        if (shown++ == 5 && options_.verbosity <= 0) {
          out_ += fmt::format("            and {} more\n", r.group_count - 5);
          break;
        }
        out_ += fmt::format(
            "{}{}: {}{}\n", shown == 1 ? "  groups    " : "            ", printable(g.key),
            fmt::format("{} {}", g.members + g.perhaps, rule.kind) + (g.members + g.perhaps == 1 ? "" : "s"),
            rule.weight.valid() ? ", weight " + range_words(program_, g.weight, weight) : "");
      }
      for (const eval::MissingLaw& law : r.law) out_ += "  law       " + printable(law.text) + "\n";
      for (const eval::DomainError& e : r.errors) out_ += "  error     " + printable(e.text) + "\n";
      out_ += "\n";
    }
  }

  void portfolio_finding(const gate::PortfolioRow& row, std::size_t index) {
    const eval::PortfolioFinding& f = row.result.findings[index];
    const ir::Portfolio& rule = program_.portfolios[row.result.portfolio];
    const ir::Requirement& requirement = rule.requirements[f.requirement];
    const Verdict v = f.judgement.verdict;
    std::string word = upper(eval::words(v));
    if (v == Verdict::gap || v == Verdict::error) word = style_.red(word);
    if (v == Verdict::undetermined) word = style_.yellow(word);
    if (v == Verdict::compliant) word = style_.green("met");
    out_ += fmt::format("  {}  {}  [{}]  {}{}{}\n", word, ir::to_string(requirement.severity), row.names[index].id,
                        requirement.label.empty() ? "" : requirement.label + ": ", requirement.forbids ? "not " : "",
                        source_text(result_, program_.spans[requirement.holds.index]));
    for (const eval::MeasureValue& m : f.measures)
      out_ += fmt::format("            {} is {}\n", source_text(result_, program_.spans[m.node.index]),
                          range_words(program_, m.value, program_.types[m.node.index]));
    if (v == Verdict::gap && !requirement.remedy.empty()) out_ += "  to close  " + requirement.remedy + "\n";
  }

  /// One line each; of a whole rule book, those that were checked until the same day together.
  void packs() {
    constexpr std::size_t kApart = 8;
    std::vector<const gate::PackInfo*> shown;
    for (const gate::PackInfo& p : result_.packs)
      if (p.rules > 0 || p.broken) shown.push_back(&p);  // not the vocabulary and packs of definitions alone
    const bool together = shown.size() > kApart && options_.verbosity <= 0;
    std::string out;
    const auto line = [&](const std::string& text) {
      out += (out.empty() ? "rules      " : "           ") + text + "\n";
    };
    const auto until = [](const gate::PackInfo& p) {
      return p.law_checked_until ? p.law_checked_until->text() : std::string("an unknown day");
    };
    std::map<std::string, std::vector<const gate::PackInfo*>> by_day;
    for (const gate::PackInfo* p : shown) {
      if (p->broken) {
        line(fmt::format("{}  {}", p->name, style_.red("has errors: none of its rules was judged")));
      } else if (together) {
        by_day[until(*p)].push_back(p);
      } else {
        line(fmt::format("{} {}  {} {}, law checked until {}", p->name, p->version, p->rules,
                         p->rules == 1 ? "rule" : "rules", until(*p)));
      }
    }
    for (const auto& [day, those] : by_day) {
      std::size_t rules = 0;
      for (const gate::PackInfo* p : those) rules += p->rules;
      line(fmt::format("{} rules of {} packs, law checked until {}", rules, those.size(), day));
      std::string row;
      for (const gate::PackInfo* p : those) {
        const std::string name = fmt::format("{} {}", p->name, p->version);
        if (!row.empty() && row.size() + name.size() > 105) line("  " + std::exchange(row, {}) + ",");
        row += (row.empty() ? "" : ", ") + name;
      }
      line("  " + row);
    }
    out_ += out;
  }

  void header() {
    out_ += fmt::format("{}  as of {}\n", style_.bold("writ " WRIT_VERSION), result_.as_of.text());
    out_ += fmt::format("law known  {}\n", result_.law_known_at.text());
    for (const auto& [term, reading] : result_.readings) out_ += fmt::format("reading    {} = {}\n", term, reading);
    packs();
    if (!result_.rules_from.empty()) out_ += fmt::format("from       {}\n", result_.rules_from);
    for (const Supplied& s : supplied_lists(program_))
      out_ += fmt::format("table      {} from {}, {} {}, known until {}, {}\n", s.name, printable(s.supplied->file),
                          s.supplied->rows, s.supplied->rows == 1 ? "row" : "rows", s.supplied->known_until->text(),
                          s.supplied->digest.substr(0, 19));
    out_ += fmt::format("documents  {}\n\n", result_.documents.size() + result_.unread.size());
  }

  void document(const gate::CheckedDocument& d) {
    out_ += style_.bold(printable(d.document.path)) + fmt::format("  ({})\n", printable(d.document.id));
    party(d);
    scopes(d);
    for (const eval::ClassValue& c : d.classes) classification(d.document, c);
    if (!d.checked)
      out_ += style_.yellow("  UNCHECKED") + "  no selected rule could decide anything about this document\n";
    out_ += "\n";
    // What counts first, then the rest that needs attention; one-line listings last.
    std::vector<const gate::Row*> rows;
    for (const gate::Row& r : d.rows) rows.push_back(&r);
    std::stable_sort(rows.begin(), rows.end(), [&](const gate::Row* a, const gate::Row* b) {
      return a->first != b->first ? a->first : rank(*a) > rank(*b);
    });
    std::map<Verdict, std::vector<const gate::Row*>> brief;
    std::vector<const gate::Row*> information, open;
    for (const gate::Row* r : rows) {
      const Verdict v = r->verdict();
      const bool full = v == Verdict::gap || v == Verdict::conflict || v == Verdict::error ||
                        (v == Verdict::undetermined && r->finding.judgement.at_risk);
      const bool gates = program_.rules[r->finding.rule].status == ir::Status::binding || r->counts;
      if (v == Verdict::undetermined && full && gates && options_.verbosity <= 0) {
        open.push_back(r);
      } else if (full && (gates || options_.verbosity > 0)) {
        finding(d.document, *r);
      } else if (full) {
        information.push_back(r);
      } else {
        brief[v].push_back(r);
      }
    }
    at_risk(d.document, open);
    waived(brief);
    if (options_.verbosity >= 0) {
      listing(d.document, brief, Verdict::undetermined, "undetermined, no gap either way");
      listing(d.document, brief, Verdict::pending, "pending");
      listing(d.document, brief, Verdict::not_yet_due, "not yet due");
      listing(d.document, brief, Verdict::exempt, "exempt");
      listing(d.document, brief, Verdict::compliant, "met");
    }
    if (options_.verbosity > 0) {
      listing(d.document, brief, Verdict::not_effective, "not effective");
      listing(d.document, brief, Verdict::not_applicable, "not applicable");
    }
    if (options_.verbosity >= 0) informational(d.document, information);
  }

  /// What it is out of, those for one reason together.
  void scopes(const gate::CheckedDocument& d) {
    constexpr std::size_t kShown = 4;
    std::vector<std::pair<std::string, std::vector<std::string>>> reasons;
    for (const eval::ScopeValue& s : d.scopes) {
      if (!s.holds.is_false()) continue;
      const ir::Scope& scope = program_.scopes[s.scope];
      const std::string why = because_words(d.document, s.because);
      auto it = std::find_if(reasons.begin(), reasons.end(), [&](const auto& r) { return r.first == why; });
      if (it == reasons.end()) it = reasons.insert(it, {why, {}});
      const std::string& name = scope.title.empty() ? scope.name : scope.title;
      if (std::find(it->second.begin(), it->second.end(), name) == it->second.end()) it->second.push_back(name);
    }
    for (const auto& [why, names] : reasons) {
      const std::size_t shown = options_.verbosity > 0 ? names.size() : std::min(names.size(), kShown);
      std::string text;
      for (std::size_t i = 0; i < shown; ++i) text += (i == 0 ? "" : "; ") + names[i];
      if (shown < names.size()) text += fmt::format("; and {} more", names.size() - shown);
      out_ += fmt::format("  out of scope: {}{}\n", text, why);
    }
  }

  /// Whose duties stand first, and what the chosen role or party hides.
  void party(const gate::CheckedDocument& d) {
    const auto first = std::find_if(d.rows.begin(), d.rows.end(), [](const gate::Row& row) { return row.first; });
    if (d.party_missing) {
      out_ += style_.yellow("  NO SUCH PARTY") +
              fmt::format("  `{}` is none of its parties\n", printable(result_.selected_party));
    } else if (first != d.rows.end()) {
      out_ += fmt::format("  the duties of {} stand first\n", printable(first->party_name));
    }
    if (d.hidden == 0) return;
    std::string by;
    for (const std::string& role : result_.selected_roles) by += (by.empty() ? "--role " : ", ") + role;
    if (!result_.selected_party.empty()) by += (by.empty() ? "" : " and ") + ("--party " + result_.selected_party);
    out_ += fmt::format("  {} {} hidden by {}\n", d.hidden, d.hidden == 1 ? "result" : "results", printable(by));
  }

  [[nodiscard]] int rank(const gate::Row& row) const {
    const auto severity =
        static_cast<int>(program_.rules[row.finding.rule].requirements[row.finding.requirement].severity);
    return 100 * eval::badness(row.verdict(), !row.waiver && row.finding.judgement.at_risk) + (row.counts ? 50 : 0) +
           severity;
  }

  void classification(const facts::Document& document, const eval::ClassValue& c) {
    const ir::Class& cls = program_.classes[c.classification];
    const model::Enum& members = program_.vocabulary->enums[cls.enumeration];
    std::string values;
    for (std::size_t i = 0; i < c.candidates.possible.size(); ++i) {
      if (!c.candidates.possible[i]) continue;
      values += (values.empty() ? "" : " or ") + members.members[i].name;
    }
    std::replace(values.begin(), values.end(), '_', ' ');
    out_ += fmt::format("  {}: {}", cls.title.empty() ? cls.name : cls.title, values);
    if (c.candidates.single() < 0 && !c.missing.empty()) {
      out_ += fmt::format("  (depends on {}{})", document[c.missing.front()].path,
                          c.missing.size() > 1 ? " and others" : "");
    }
    out_ += "\n";
  }

  [[nodiscard]] std::string because_words(const facts::Document& document,
                                          const std::vector<facts::FactId>& because) const {
    std::string out;
    std::size_t shown = 0;
    for (facts::FactId id : because) {
      if (++shown > 4) {
        out += fmt::format(" and {} more", because.size() - 4);
        break;
      }
      out += (out.empty() ? ", because " : "; ") + fact_words(document, id);
    }
    return out;
  }

  [[nodiscard]] std::string fact_words(const facts::Document& document, facts::FactId id) const {
    const facts::Fact& fact = document[id];
    std::string out = printable(fact.path) + " is " + printable(fact_value(result_, document, id));
    if (!fact.span.valid()) return out;
    const auto line = result_.sources->position(fact.span.file, fact.span.begin).line;
    const Span& own = document[document.root].span;  // of a document that is referred to: in its own file
    out += own.valid() && own.file != fact.span.file
               ? fmt::format(" ({}:{}", printable(result_.sources->path(fact.span.file)), line)
               : fmt::format(" (line {}", line);
    if (const std::string evidence = evidence_text(document, id); !evidence.empty())
      out += "; evidence: " + printable(evidence);
    return out + ")";
  }

  void finding(const facts::Document& document, const gate::Row& row) {
    const eval::Finding& f = row.finding;
    const ir::Rule& rule = program_.rules[f.rule];
    const ir::Requirement& requirement = rule.requirements[f.requirement];
    const Verdict v = f.judgement.verdict;
    const std::string word =
        v == Verdict::undetermined ? style_.yellow("UNDETERMINED") : style_.red(upper(eval::words(v)));
    out_ += fmt::format("{}  {}  {}  [{}]  {}\n", word, ir::to_string(requirement.severity),
                        style_.bold(printable(finding_name(program_, f))), row.id, rule.title);
    std::string where = citation_in_full(program_, requirement.cites.front());
    where += ", " + effective_text(rule, f.governing_day.value_or(result_.as_of));
    if (!row.role.empty()) {
      where += ", binds the " + role_words(rule, row);
    }
    out_ += "     " + where + "\n";
    if (rule.status != ir::Status::binding)
      out_ += fmt::format("     {} rule: {}\n", ir::to_string(rule.status), status_words(rule.status));
    excerpt(document, row, requirement);
    explain(document, row, requirement);
    out_ += "\n";
  }

  [[nodiscard]] std::string role_words(const ir::Rule& rule, const gate::Row& row) const {
    std::string role = row.role;
    for (ir::RoleId id : rule.binds) {
      if (program_.roles[id].name == row.role && !program_.roles[id].title.empty()) role = program_.roles[id].title;
    }
    if (role.size() > 1 && std::islower(static_cast<unsigned char>(role[1])) != 0)
      role[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(role[0])));
    if (row.party.empty()) return role;
    return fmt::format("{} ({}{})", role, row.bearer_certain ? "" : "perhaps ", printable(row.party_name));
  }

  static const char* status_words(ir::Status status) {
    switch (status) {
      case ir::Status::binding: return "";
      case ir::Status::draft: return "not yet verified from two sources, does not gate";
      case ir::Status::unenforced: return "in the books but not enforced, does not gate";
      case ir::Status::soft: return "soft law, does not gate";
      case ir::Status::project: return "a criterion of the rule book's own, does not gate";
    }
    return "";
  }

  void excerpt(const facts::Document& document, const gate::Row& row, const ir::Requirement& requirement) {
    const facts::FactId id = place_of(document, row.finding);
    if (!id) return;
    const Span span = document[id].span;
    const Position p = result_.sources->position(span.file, span.begin);
    const std::string line = printable(result_.sources->line(span.file, p.line));
    const std::string number = std::to_string(p.line);
    const std::string gutter(number.size(), ' ');
    out_ += fmt::format("{} {}:{}:{}\n", style_.dim("  -->"), printable(result_.sources->path(span.file)), p.line,
                        p.column);
    out_ += fmt::format("  {} {}\n", gutter, style_.dim("|"));
    out_ += fmt::format("  {} {} {}\n", number, style_.dim("|"), line);
    const std::string_view marked = result_.sources->text(span);
    const std::size_t width = std::max<std::size_t>(1, count_code_points(marked.substr(0, marked.find('\n'))));
    std::string note;
    if (row.finding.judgement.verdict == Verdict::gap) {
      note = " " + std::string(requirement.forbids ? "forbidden: " : "required: ") +
             source_text(result_, requirement_span(program_, requirement, row.finding.governing_day));
      if (note.size() > 110) note.clear();
    }
    out_ += fmt::format("  {} {} {}{}\n", gutter, style_.dim("|"), std::string(p.column - 1, ' '),
                        style_.red(std::string(width, '^') + note));
  }

  void explain(const facts::Document& document, const gate::Row& row, const ir::Requirement& requirement) {
    const eval::Finding& f = row.finding;
    const Verdict v = f.judgement.verdict;
    if (v == Verdict::undetermined) {
      std::string outcomes;
      for (Verdict o : f.judgement.could_be.list())
        outcomes += (outcomes.empty() ? "" : " or ") + std::string(eval::words(o));
      out_ += "  could be  " + outcomes + "\n";
    }
    if (const std::string reason = reason_text(result_, row); !reason.empty())
      out_ += "  reason    " + printable(reason) + "\n";
    if (const std::string later = later_text(result_, f); !later.empty())
      out_ += "  later     " + printable(later) + "\n";
    lines("  because   ", document, f.because);
    for (ir::PresumptionId p : f.presumptions) out_ += "  presumed  " + presumption_text(result_, p) + "\n";
    for (const eval::ExceptionTrace& e : f.exceptions) {
      if (e.operative.is_true() && !program_.exceptions[e.exception].instead) continue;
      const ir::Exception& exception = program_.exceptions[e.exception];
      out_ += fmt::format("  {} {}: {}\n", exception.instead ? "instead? " : "exempt?  ",
                          exception_text(program_, exception), exception_words(f, e));
    }
    for (const eval::DomainError& e : f.errors) {
      if (v != Verdict::error) out_ += "  error     " + printable(e.text) + "\n";
    }
    questions(document, f);
    const char* label = "  may cost  ";
    for (const std::string& line : penalty_lines(result_, document, row)) {
      out_ += label + printable(line) + "\n";
      label = "            ";
    }
    if (v == Verdict::gap && !requirement.remedy.empty()) out_ += "  to close  " + requirement.remedy + "\n";
    if (v == Verdict::gap && requirement.remedy.empty()) {
      out_ += fmt::format("  to close  {}{}\n", requirement.forbids ? "make sure that not: " : "make true: ",
                          source_text(result_, requirement_span(program_, requirement, f.governing_day)));
    }
  }

  [[nodiscard]] std::string exception_words(const eval::Finding& f, const eval::ExceptionTrace& e) const {
    if (e.operative.is_true()) {
      return e.instead.is_true()      ? "yes, and what it requires is met"
             : e.instead.is_pending() ? "yes, and what it requires is still in time"
             : e.instead.is_false()   ? "yes, and what it requires is not met"
             : e.instead.is_error()   ? "yes, and what it requires could not be evaluated"
                                      : "yes, and it is not known whether what it requires is met";
    }
    if (e.operative.is_unknown()) return "not known";
    if (e.operative.is_error()) return "could not be evaluated";
    if (e.when.is_true()) {
      const bool defeated =
          std::any_of(e.defeaters.begin(), e.defeaters.end(), [](eval::Truth t) { return t.is_true(); });
      if (defeated) return "no, its condition holds but it is excluded";
      for (ir::ExceptionId other : program_.exceptions[e.exception].yields_to)
        for (const eval::ExceptionTrace& o : f.exceptions)
          if (o.exception == other && o.operative.is_true())
            return "no, it yields to " + exception_text(program_, program_.exceptions[other]);
      return "no, it is not in force";
    }
    return "no, its condition does not hold";
  }

  void lines(const char* label, const facts::Document& document, const std::vector<facts::FactId>& ids) {
    std::size_t shown = 0;
    for (facts::FactId id : ids) {
      if (shown == 6 && options_.verbosity <= 0 && ids.size() > 7) {
        out_ += fmt::format("            and {} more (-v)\n", ids.size() - shown);
        return;
      }
      out_ += (shown++ == 0 ? label : "            ") + fact_words(document, id) + "\n";
    }
  }

  /// What is asked of the user; what somebody refused to answer is an answer, and is not asked again.
  void questions(const facts::Document& document, const eval::Finding& f) {
    std::vector<facts::FactId> open;
    for (facts::FactId id : f.missing) {
      if (refused(document, id))
        out_ += "  refused   " + printable(document[id].path) + ": refused to answer\n";
      else
        open.push_back(id);
    }
    std::size_t shown = 0;
    for (facts::FactId id : open) {
      if (shown == 3 && options_.verbosity <= 0 && open.size() > 4) {
        out_ += fmt::format("            and {} more (-v)\n", open.size() - shown);
        return;
      }
      out_ += (shown++ == 0 ? "  ask       " : "            ") + question(document, id) + "\n";
    }
  }

  // Many undetermined results hang on few facts: one line a rule, and the questions that most of them wait for.
  void at_risk(const facts::Document& document, const std::vector<const gate::Row*>& rows) {
    if (rows.empty()) return;
    out_ += fmt::format("{} at risk ({}): each could be a gap; -v shows them in full\n", style_.yellow("UNDETERMINED"),
                        rows.size());
    std::map<facts::FactId, std::size_t> waiting, answered;
    std::map<ir::RuleId, std::size_t> results;
    std::map<std::string, std::size_t> folded;  // results without a line, by package
    std::size_t lines = 0;
    for (const gate::Row* r : rows) {
      for (facts::FactId id : r->finding.missing) ++(refused(document, id) ? answered : waiting)[asked(document, id)];
      ++results[r->finding.rule];
    }
    constexpr std::size_t kLines = 16;
    const bool many = results.size() > kLines + kLines / 2;
    for (const gate::Row* r : rows) {
      const auto it = results.find(r->finding.rule);
      if (it == results.end()) continue;  // the rule has its line
      const ir::Rule& rule = program_.rules[r->finding.rule];
      if (many && lines >= kLines && !r->finding.later) {
        folded[rule.package] += it->second;
        results.erase(it);
        continue;
      }
      ++lines;
      out_ += fmt::format("    {:<8}  {}  [{}{}]  {}\n", ir::to_string(rule.severity), rule.id(), r->id,
                          it->second > 1 ? fmt::format(" and {} more", it->second - 1) : "", rule.title);
      if (const std::string reason = reason_text(result_, *r); !reason.empty())
        out_ += "              " + printable(reason) + "\n";
      if (const std::string later = later_text(result_, r->finding); !later.empty())
        out_ += "              later text: " + printable(later) + "\n";
      results.erase(it);
    }
    if (!folded.empty()) {
      std::size_t sum = 0;
      std::string packs;
      for (const auto& [package, count] : folded) {
        sum += count;
        packs += fmt::format("{}{} {}", packs.empty() ? "" : ", ", package, count);
      }
      out_ += fmt::format("    and {} more: {}\n    -r PACK checks against one of them, -v shows all\n", sum, packs);
    }
    std::vector<std::pair<facts::FactId, std::size_t>> order(waiting.begin(), waiting.end());
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    constexpr std::size_t kShown = 8;
    if (!order.empty()) out_ += "  what they wait for most\n";
    for (std::size_t i = 0; i < order.size() && i < kShown; ++i) {
      out_ += fmt::format("    {} {:<8} {}\n", order[i].second, order[i].second == 1 ? "result" : "results",
                          question(document, order[i].first));
    }
    if (order.size() > kShown) out_ += fmt::format("    and {} more facts\n", order.size() - kShown);
    if (!answered.empty()) out_ += "  what somebody refused to answer\n";
    for (const auto& [id, count] : answered)
      out_ += fmt::format("    {} {:<8} {}\n", count, count == 1 ? "result" : "results", printable(document[id].path));
    out_ += "\n";
  }

  /// An unstated list is asked for as a whole, not through the facts of an entry that nobody has stated.
  [[nodiscard]] static facts::FactId asked(const facts::Document& document, facts::FactId id) {
    facts::FactId out = id;
    for (facts::FactId at = id; at; at = document[at].parent) {
      const facts::FactId parent = document[at].parent;
      if (parent && document[parent].phantom == at) out = parent;
    }
    return out;
  }

  [[nodiscard]] static bool plain(const facts::Fact& fact) {
    // Not an estimate, and not a country that is too coarse: those are asked for more finely.
    const auto exact = [](const auto& value) {
      using T = std::decay_t<decltype(value)>;
      if constexpr (std::is_same_v<T, model::NumberRange>) return value.exact();
      if constexpr (std::is_same_v<T, model::Money>) return value.amount.exact();
      if constexpr (std::is_same_v<T, model::Candidates>) return value.single() >= 0;
      return !std::is_same_v<T, std::monostate> && !std::is_same_v<T, model::Country>;
    };
    return std::visit(exact, fact.scalar);
  }

  static bool refused(const facts::Document& document, facts::FactId id) {
    return document[id].state == facts::State::unknown && document[id].reason == model::Reason::refused;
  }

  [[nodiscard]] std::string question(const facts::Document& document, facts::FactId id) const {
    const model::Field* field = facts::field_of(document, id, *program_.vocabulary);
    std::string text = printable(document[id].path);
    if (const std::string near = near_listed(program_, document[id]); !near.empty())
      return text + ": " + printable(near);
    if (is_estimate(document[id])) text += " (so far " + printable(fact_value(result_, document, id)) + ")";
    if (document[id].incomplete) text += " (incomplete)";
    // Stated, and still asked for: what stands behind it is not.
    if (document[id].state != facts::State::unknown && plain(document[id])) return "evidence for " + text;
    if (field != nullptr && !field->ask.empty())
      text += ": " + field->ask;
    else if (field != nullptr && !field->description.empty())
      text += ": " + field->description;
    if (field != nullptr && !field->from.empty()) {
      text += " (ask the ";
      for (std::size_t i = 0; i < field->from.size(); ++i) text += (i == 0 ? "" : " or the ") + field->from[i];
      text += ")";
    }
    return text;
  }

  /// A provision that takes something out of a term decides under its own name ("Note 2 …"), not only by the facts
  /// below it.
  [[nodiscard]] std::string defeated_by(const facts::Document& document, const eval::Finding& finding) const {
    constexpr std::string_view kUnless = "unless ", kHolds = " holds";
    for (const eval::Step& step : eval::trace(program_, document, result_.options, finding)) {
      if (!step.truth.is_true() || !step.text.starts_with(kUnless) || !step.text.ends_with(kHolds)) continue;
      return ", by " + printable(step.text.substr(kUnless.size(), step.text.size() - kUnless.size() - kHolds.size()));
    }
    return {};
  }

  void listing(const facts::Document& document, const std::map<Verdict, std::vector<const gate::Row*>>& brief,
               Verdict v, const char* title) {
    const auto it = brief.find(v);
    if (it == brief.end()) return;
    out_ += fmt::format("  {} ({})\n", style_.bold(title), it->second.size());
    for (const gate::Row* r : it->second) {
      const ir::Rule& rule = program_.rules[r->finding.rule];
      out_ += fmt::format("    {}  {}", printable(finding_name(program_, r->finding)), rule.title);
      if (const std::string reason = reason_text(result_, *r); !reason.empty()) out_ += "; " + printable(reason);
      if (const std::string later = later_text(result_, r->finding); !later.empty())
        out_ += "; later text: " + printable(later);
      if (v == Verdict::not_applicable && options_.verbosity > 0)
        out_ += defeated_by(document, r->finding) + because_words(document, r->finding.because);
      if (rule.status != ir::Status::binding) out_ += fmt::format("  [{}]", ir::to_string(rule.status));
      out_ += "\n";
    }
    out_ += "\n";
  }

  /// Always listed: a waiver hides nothing.
  void waived(const std::map<Verdict, std::vector<const gate::Row*>>& brief) {
    const auto it = brief.find(Verdict::waived);
    if (it == brief.end()) return;
    out_ += fmt::format("  {} ({})\n", style_.bold("waived"), it->second.size());
    for (const gate::Row* r : it->second) {
      const gate::Waiver& waiver = result_.waivers[*r->waiver];
      out_ += fmt::format("    {}  {}  {}  [{}]: {}\n", style_.yellow(eval::words(r->finding.judgement.verdict)),
                          printable(finding_name(program_, r->finding)), program_.rules[r->finding.rule].title, r->id,
                          printable(waiver_text(waiver)));
    }
    out_ += "\n";
  }

  void waivers() {
    for (std::size_t i = 0; i < result_.waiver_uses.size(); ++i) {
      const gate::WaiverUse& use = result_.waiver_uses[i];
      const std::string remark = waiver_remark(result_.waivers[i], use);
      if (remark.empty()) continue;
      const std::string word = use.warns() ? style_.yellow("waiver") : "waiver";
      const Span span = result_.waivers[i].span;
      out_ += fmt::format("{}  {}  {}  ({}:{})\n", word, printable(result_.waivers[i].target()), printable(remark),
                          printable(result_.waivers_from), result_.sources->position(span.file, span.begin).line);
    }
  }

  void informational(const facts::Document& document, const std::vector<const gate::Row*>& rows) {
    if (rows.empty()) return;
    out_ += fmt::format("  {} ({}): rules that do not gate, -v shows them in full\n", style_.bold("for information"),
                        rows.size());
    std::size_t open = 0;
    for (const gate::Row* r : rows) {
      const ir::Rule& rule = program_.rules[r->finding.rule];
      const Verdict v = r->finding.judgement.verdict;
      if (v == Verdict::undetermined) {
        ++open;
        continue;
      }
      out_ += fmt::format("    {}  {}  {}  [{}]", eval::words(v), printable(finding_name(program_, r->finding)),
                          rule.title, ir::to_string(rule.status));
      if (const facts::FactId id = place_of(document, r->finding)) {
        out_ +=
            fmt::format("  line {}", result_.sources->position(document[id].span.file, document[id].span.begin).line);
      }
      out_ += "\n";
    }
    if (open > 0) out_ += fmt::format("    {} undetermined\n", open);
    out_ += "\n";
  }

  void closing() {
    waivers();
    const gate::Summary& s = result_.summary;
    if (s.obligations > 0 || s.by_verdict != decltype(s.by_verdict){}) {
      out_ += fmt::format("{} {}: {} met; {} {}; {} undetermined, {} at risk", s.obligations,
                          s.obligations == 1 ? "obligation" : "obligations", s[Verdict::compliant], s[Verdict::gap],
                          s[Verdict::gap] == 1 ? "gap" : "gaps", s[Verdict::undetermined], s.at_risk);
      const auto add = [&](Verdict v, const char* word) {
        if (s[v] > 0) out_ += fmt::format("; {} {}", s[v], word);
      };
      add(Verdict::conflict, "in conflict");
      add(Verdict::error, "could not be evaluated");
      add(Verdict::waived, "waived");
      add(Verdict::exempt, "exempt");
      add(Verdict::pending, "pending");
      add(Verdict::not_yet_due, "not yet due");
      out_ += fmt::format(". Beside them {} not applicable, {} not effective", s[Verdict::not_applicable],
                          s[Verdict::not_effective]);
      if (s.informational > 0)
        out_ += fmt::format(", {} {} of rules that do not gate", s.informational,
                            s.informational == 1 ? "result" : "results");
      out_ += ".\n";
    }
    for (const std::string& note : result_.notes) out_ += printable(note) + "\n";
    out_ += "On the facts stated in these documents. Not legal advice.\n";
  }

  const gate::Result& result_;
  const ir::Program& program_;
  PrettyOptions options_;
  Style style_;
  std::string out_;
};

}  // namespace

std::string pretty(const gate::Result& result, const PrettyOptions& options) { return Pretty(result, options).write(); }

}  // namespace writ::report
