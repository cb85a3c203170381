// The order of the report; portfolios, listings, waivers, the closing lines.
#include "engine/report/pretty.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "engine/base/utf8.h"
#include "engine/report/portfolio.h"
#include "engine/report/waivers.h"

namespace writ::report {

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

Pretty::Pretty(const gate::Result& result, const PrettyOptions& options)
    : result_(result), program_(*result.program), options_(options), style_{options.color} {}

std::string Pretty::write() {
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

void Pretty::portfolios() {
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
      out_ +=
          fmt::format("{}{}: {}{}\n", shown == 1 ? "  groups    " : "            ", printable(g.key),
                      fmt::format("{} {}", g.members + g.perhaps, rule.kind) + (g.members + g.perhaps == 1 ? "" : "s"),
                      rule.weight.valid() ? ", weight " + range_words(program_, g.weight, weight) : "");
    }
    for (const eval::MissingLaw& law : r.law) out_ += "  law       " + printable(law.text) + "\n";
    for (const eval::DomainError& e : r.errors) out_ += "  error     " + printable(e.text) + "\n";
    out_ += "\n";
  }
}

void Pretty::portfolio_finding(const gate::PortfolioRow& row, std::size_t index) {
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

void Pretty::listing(const facts::Document& document, const std::map<Verdict, std::vector<const gate::Row*>>& brief,
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

void Pretty::waived(const std::map<Verdict, std::vector<const gate::Row*>>& brief) {
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

void Pretty::waivers() {
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

void Pretty::informational(const facts::Document& document, const std::vector<const gate::Row*>& rows) {
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
      out_ += fmt::format("  line {}", result_.sources->position(document[id].span.file, document[id].span.begin).line);
    }
    out_ += "\n";
  }
  if (open > 0) out_ += fmt::format("    {} undetermined\n", open);
  out_ += "\n";
}

void Pretty::closing() {
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

std::string pretty(const gate::Result& result, const PrettyOptions& options) { return Pretty(result, options).write(); }

}  // namespace writ::report
