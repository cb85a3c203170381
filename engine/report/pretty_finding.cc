// One finding in full: the place, the deciding facts, exceptions, what would close it.
#include "engine/report/pretty.h"

#include <algorithm>
#include <cctype>

#include "engine/base/utf8.h"
#include "engine/report/penalties.h"

namespace writ::report {

std::string Pretty::because_words(const facts::Document& document, const std::vector<facts::FactId>& because) const {
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

std::string Pretty::fact_words(const facts::Document& document, facts::FactId id) const {
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

void Pretty::finding(const facts::Document& document, const gate::Row& row) {
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

std::string Pretty::role_words(const ir::Rule& rule, const gate::Row& row) const {
  std::string role = row.role;
  for (ir::RoleId id : rule.binds) {
    if (program_.roles[id].name == row.role && !program_.roles[id].title.empty()) role = program_.roles[id].title;
  }
  if (role.size() > 1 && std::islower(static_cast<unsigned char>(role[1])) != 0)
    role[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(role[0])));
  if (row.party.empty()) return role;
  return fmt::format("{} ({}{})", role, row.bearer_certain ? "" : "perhaps ", printable(row.party_name));
}

const char* Pretty::status_words(ir::Status status) {
  switch (status) {
    case ir::Status::binding: return "";
    case ir::Status::draft: return "not yet verified from two sources, does not gate";
    case ir::Status::unenforced: return "in the books but not enforced, does not gate";
    case ir::Status::soft: return "soft law, does not gate";
    case ir::Status::project: return "a criterion of the rule book's own, does not gate";
  }
  return "";
}

void Pretty::excerpt(const facts::Document& document, const gate::Row& row, const ir::Requirement& requirement) {
  const facts::FactId id = place_of(document, row.finding);
  if (!id) return;
  const Span span = document[id].span;
  const Position p = result_.sources->position(span.file, span.begin);
  const std::string line = printable(result_.sources->line(span.file, p.line));
  const std::string number = std::to_string(p.line);
  const std::string gutter(number.size(), ' ');
  out_ +=
      fmt::format("{} {}:{}:{}\n", style_.dim("  -->"), printable(result_.sources->path(span.file)), p.line, p.column);
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

void Pretty::explain(const facts::Document& document, const gate::Row& row, const ir::Requirement& requirement) {
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

std::string Pretty::exception_words(const eval::Finding& f, const eval::ExceptionTrace& e) const {
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

void Pretty::lines(const char* label, const facts::Document& document, const std::vector<facts::FactId>& ids) {
  std::size_t shown = 0;
  for (facts::FactId id : ids) {
    if (shown == 6 && options_.verbosity <= 0 && ids.size() > 7) {
      out_ += fmt::format("            and {} more (-v)\n", ids.size() - shown);
      return;
    }
    out_ += (shown++ == 0 ? label : "            ") + fact_words(document, id) + "\n";
  }
}

void Pretty::questions(const facts::Document& document, const eval::Finding& f) {
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

std::string Pretty::defeated_by(const facts::Document& document, const eval::Finding& finding) const {
  constexpr std::string_view kUnless = "unless ", kHolds = " holds";
  for (const eval::Step& step : eval::trace(program_, document, result_.options, finding)) {
    if (!step.truth.is_true() || !step.text.starts_with(kUnless) || !step.text.ends_with(kHolds)) continue;
    return ", by " + printable(step.text.substr(kUnless.size(), step.text.size() - kUnless.size() - kHolds.size()));
  }
  return {};
}

}  // namespace writ::report
