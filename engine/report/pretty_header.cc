// What the report and each document open with: dates, packs, scopes, classifications.
#include "engine/report/pretty.h"

#include <algorithm>
#include <utility>

#include "engine/base/utf8.h"
#include "engine/report/portfolio.h"

namespace writ::report {

void Pretty::packs() {
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

void Pretty::header() {
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

void Pretty::document(const gate::CheckedDocument& d) {
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

void Pretty::scopes(const gate::CheckedDocument& d) {
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

void Pretty::party(const gate::CheckedDocument& d) {
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

int Pretty::rank(const gate::Row& row) const {
  const auto severity =
      static_cast<int>(program_.rules[row.finding.rule].requirements[row.finding.requirement].severity);
  return 100 * eval::badness(row.verdict(), !row.waiver && row.finding.judgement.at_risk) + (row.counts ? 50 : 0) +
         severity;
}

void Pretty::classification(const facts::Document& document, const eval::ClassValue& c) {
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
    out_ +=
        fmt::format("  (depends on {}{})", document[c.missing.front()].path, c.missing.size() > 1 ? " and others" : "");
  }
  out_ += "\n";
}

}  // namespace writ::report
