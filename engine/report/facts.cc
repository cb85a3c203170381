#include "engine/report/facts.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/names.h"
#include "engine/eval/evaluate.h"

namespace writ::report {

namespace {

using eval::NotEffective;
using eval::Verdict;

std::string days_text(const DayInterval& days) {
  const bool open_start = days.from == Date::min();
  const bool open_end = days.last == Date::max();
  if (open_start && open_end) return "at all times";
  if (open_end) return "from " + days.from.text();
  if (open_start) return "until " + days.last.text();
  return days.from.text() + " to " + days.last.text();
}

std::string not_effective_text(const eval::Finding& finding, const ir::Rule& rule) {
  const std::string date = finding.effective_date ? finding.effective_date->text() : std::string();
  switch (finding.not_effective) {
    case NotEffective::not_yet: return "not yet in force: applies from " + date;
    case NotEffective::ended: return "no longer in force: ended on " + date;
    case NotEffective::between: return "not in force on that day: applies again from " + date;
    case NotEffective::never: return "never in force";
    case NotEffective::suspended:
      return "suspended from " + date + (finding.until_date ? " until " + finding.until_date->text() : "");
    case NotEffective::unpublished: return "not published on the day of knowledge: published on " + date;
    case NotEffective::none: break;
  }
  return rule.effective.empty() ? "never in force" : "not in force on that day";
}

std::string due_words(Date due, Date as_of) {
  const int left = due.days - as_of.days;
  if (left == 0) return fmt::format("due {}, the last day", due.text());
  return fmt::format("due {} ({} {} left as of {})", due.text(), left, left == 1 ? "day" : "days", as_of.text());
}

std::string readings_text(const ir::Program& program, const eval::Finding& finding) {
  std::string out;
  ir::ReadingsId of;
  for (const eval::ReadingOutcome& o : finding.readings) {
    const ir::Readings& law = program.readings[o.readings];
    const ir::Readings::Reading& r = law.readings[o.reading];
    if (o.readings != of) out += (out.empty() ? "the law is contested: `" : "; `") + law.name + "` read as ";
    if (o.readings == of) out += ", as ";
    of = o.readings;
    out += "`" + r.name + "`";
    if (!r.cites.empty()) out += " (" + ir::text(program, r.cites.front()) + ")";
    out += std::string(" gives ") + eval::words(o.judgement.verdict);
  }
  return out;
}

}  // namespace

std::string later_text(const gate::Result& result, const eval::Finding& finding) {
  if (!finding.later) return {};
  const ir::Program& program = *result.program;
  std::string out = std::string(eval::words(finding.later->judgement.verdict)) + " by the text published on " +
                    finding.later->published.text();
  std::string names;
  for (ir::AmendmentId id : finding.later->amendments) {
    const ir::Amendment& a = program.amendments[id];
    names += (names.empty() ? "" : ", ") + (a.title.empty() ? citation_in_full(program, {a.by, {}}) : a.title);
  }
  return names.empty() ? out : out + " (" + names + ")";
}

Span requirement_span(const ir::Program& program, const ir::Requirement& requirement, std::optional<Date> day) {
  const ir::NodeId top = requirement.holds;
  const ir::Node& outer = program.nodes[top];
  const ir::NodeId at = requirement.forbids && outer.op == ir::Op::not_ ? ir::NodeId(outer.a) : top;
  const ir::Node& node = program.nodes[at];
  if (node.op != ir::Op::edition) return program.spans[top.index];
  for (std::uint32_t i = 0; i < node.b; ++i) {
    const std::size_t first = node.a + 3 * static_cast<std::size_t>(i);
    const DayInterval days{{static_cast<std::int32_t>(program.lists[first])},
                           {static_cast<std::int32_t>(program.lists[first + 1])}};
    if (day ? days.contains(*day) : i + 1 == node.b) return program.spans[program.lists[first + 2]];
  }
  return program.spans[top.index];
}

std::string citation_in_full(const ir::Program& program, const ir::Citation& citation) {
  const ir::Instrument& instrument = program.instruments[citation.instrument];
  const std::string& name = instrument.title.empty() ? instrument.name : instrument.title;
  return citation.provision.empty() ? name : name + ", " + citation.provision;
}

std::string finding_name(const ir::Program& program, const eval::Finding& finding) {
  const ir::Rule& rule = program.rules[finding.rule];
  std::string name = rule.id();
  const std::string& label = rule.requirements[finding.requirement].label;
  if (!label.empty()) name += "." + label;
  if (finding.phantom) return name + "[?]";
  if (!finding.element_key.empty()) name += "[" + finding.element_key + "]";
  return name;
}

std::string fact_value(const gate::Result& result, const facts::Document& document, facts::FactId id) {
  const facts::Fact& fact = document[id];
  if (fact.state == facts::State::absent) return "absent";
  if (fact.state == facts::State::unknown && fact.reason == model::Reason::refused) return "refused to answer";
  if (fact.state == facts::State::unknown) return fmt::format("unknown ({})", model::to_string(fact.reason));
  const model::Type& type = result.program->vocabulary->types[fact.type];
  if (!fact.dated.empty())
    return fmt::format("{} dated {}", fact.dated.size(), fact.dated.size() == 1 ? "value" : "values");
  switch (type.kind) {
    case model::TypeKind::list:
      if (fact.children.empty()) return fact.incomplete ? "incomplete, no entry known" : "empty";
      return fmt::format("{} {}{}", fact.children.size(), fact.children.size() == 1 ? "entry" : "entries",
                         fact.incomplete ? ", perhaps more" : "");
    case model::TypeKind::set: {
      std::string out = "{";
      for (facts::FactId c : fact.children) out += (out.size() > 1 ? ", " : "") + fact_value(result, document, c);
      return out + "}" + (fact.incomplete ? ", perhaps more" : "");
    }
    case model::TypeKind::map:
    case model::TypeKind::record: return "stated";
    default: return fact.written.empty() ? eval::display(*result.program, fact.scalar, fact.type) : fact.written;
  }
}

std::vector<Supplied> supplied_lists(const ir::Program& program) {
  std::vector<Supplied> out;
  const auto add = [&](const auto& list) {
    if (!list.supplied.digest.empty()) out.push_back({list.package + "." + list.name, &list.supplied});
  };
  for (const ir::Set& set : program.sets) add(set);
  for (const ir::Table& table : program.tables) add(table);
  std::sort(out.begin(), out.end(), [](const Supplied& a, const Supplied& b) { return a.name < b.name; });
  return out;
}

std::string near_listed(const ir::Program& program, const facts::Fact& fact) {
  const auto* name = std::get_if<std::string>(&fact.scalar);
  if (fact.state != facts::State::known || name == nullptr) return {};
  for (const ir::Set& set : program.sets) {
    if (set.supplied.digest.empty()) continue;
    for (const ir::SetEntry& entry : set.entries) {
      const auto* listed = std::get_if<std::string>(&entry.member);
      if (listed == nullptr || folded_name(*listed) == folded_name(*name) || !near_names(*listed, *name)) continue;
      return fmt::format("is `{}` the `{}` of `{}`? If it is, write the name as the list spells it", *name, *listed,
                         set.name);
    }
  }
  return {};
}

bool is_estimate(const facts::Fact& fact) {
  if (fact.state != facts::State::known) return false;
  if (const auto* n = std::get_if<model::NumberRange>(&fact.scalar)) return !n->exact();
  if (const auto* m = std::get_if<model::Money>(&fact.scalar)) return !m->amount.exact();
  if (const auto* c = std::get_if<model::Candidates>(&fact.scalar)) return c->single() < 0;
  return false;
}

std::string evidence_text(const facts::Document& document, facts::FactId fact) {
  const std::uint32_t index = document[fact].evidence;
  if (index == UINT32_MAX) return {};
  const facts::Evidence& e = document.evidence[index];
  return e.text + (e.as_of ? ", as of " + e.as_of->text() : "") + (e.by.empty() ? "" : ", by " + e.by);
}

std::string effective_text(const ir::Rule& rule, Date day) {
  for (const ir::Effective& e : rule.effective) {
    if (e.days.contains(day) && e.days.last == Date::max()) return "applies since " + e.days.from.text();
    if (e.days.contains(day)) return "applied " + days_text(e.days);
  }
  std::string out;
  for (const ir::Effective& e : rule.effective) out += (out.empty() ? "" : ", ") + days_text(e.days);
  return out.empty() ? "never applies" : "applies " + out;
}

std::string exception_text(const ir::Program& program, const ir::Exception& exception) {
  std::string out = exception.title.empty() ? exception.name : exception.title;
  if (!exception.cites.empty()) out += " (" + ir::text(program, exception.cites.front()) + ")";
  return out;
}

std::string presumption_text(const gate::Result& result, ir::PresumptionId id) {
  const ir::Presumption& p = result.program->presumptions[id];
  std::string out = source_text(result, result.program->spans[p.fact.index]) + " = " +
                    source_text(result, result.program->spans[p.value.index]);
  std::string cites;
  for (const ir::Citation& c : p.cites) cites += (cites.empty() ? "" : ", ") + ir::text(*result.program, c);
  return cites.empty() ? out : out + " (" + cites + ")";
}

namespace {

// The exceptions on either side: who is excepted by one is held to the other.
std::string conflict_text(const gate::Result& result, const eval::Finding& f) {
  std::string out;
  for (const eval::ExceptionTrace& e : f.exceptions) {
    if (!e.operative.is_true()) continue;
    const ir::Exception& exception = result.program->exceptions[e.exception];
    out += (out.empty() ? "" : ", but ") + exception_text(*result.program, exception);
    if (!exception.instead) {
      out += " exempts";
    } else {
      out += std::string(" requires instead what is ") + (e.instead.is_true()      ? "met"
                                                          : e.instead.is_pending() ? "still in time"
                                                                                   : "not met");
    }
  }
  return out.empty() ? out : out + "; neither yields to the other";
}

}  // namespace

std::string reason_text(const gate::Result& result, const gate::Row& row) {
  const eval::Finding& f = row.finding;
  const ir::Rule& rule = result.program->rules[f.rule];
  switch (f.judgement.verdict) {
    case Verdict::not_effective: return not_effective_text(f, rule);
    case Verdict::not_yet_due: {
      const ir::Transitional* t = f.transitional ? &result.program->transitionals[f.transitional] : nullptr;
      std::string out = "not before " + (f.effective_date ? f.effective_date->text() : std::string("a later date"));
      if (t != nullptr) {
        out += " (" + (t->title.empty() ? t->name : t->title);
        if (!t->cites.empty()) out += ", " + ir::text(*result.program, t->cites.front());
        out += ")";
      }
      return out;
    }
    case Verdict::not_applicable:
      if (f.out_of_scope && rule.scope) {
        const ir::Scope& scope = result.program->scopes[rule.scope];
        return "out of scope: " + (scope.title.empty() ? scope.name : scope.title);
      }
      return {};
    case Verdict::undetermined: {
      std::string out;
      if (!f.readings.empty()) return readings_text(*result.program, f);
      for (const eval::MissingLaw& law : f.law) out += (out.empty() ? "the law is not known: " : "; ") + law.text;
      for (const eval::NormTrace& n : f.norms) {
        if (n.state == eval::Assessed::met || n.state == eval::Assessed::not_met) continue;
        out += (out.empty() ? "" : "; ") + eval::words(result.program->norms[n.norm], n);
      }
      return out;
    }
    case Verdict::error: {
      std::string out;
      for (const eval::DomainError& e : f.errors) out += (out.empty() ? "" : "; ") + e.text;
      return out;
    }
    case Verdict::exempt:
      for (const eval::ExceptionTrace& e : f.exceptions) {
        if (e.operative.is_true()) return exception_text(*result.program, result.program->exceptions[e.exception]);
      }
      return {};
    case Verdict::conflict: return conflict_text(result, f);
    case Verdict::pending: return f.due ? due_words(*f.due, result.as_of) : std::string();
    case Verdict::compliant:
    case Verdict::gap:
    case Verdict::waived: return {};
  }
  return {};
}

std::string source_text(const gate::Result& result, Span span) {
  if (!span.valid()) return {};
  std::string out;
  bool space = false;
  for (char c : result.sources->text(span)) {
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
      space = !out.empty();
      continue;
    }
    if (space) out += ' ';
    space = false;
    out += c;
  }
  return out;
}

facts::FactId place_of(const facts::Document& document, const eval::Finding& finding) {
  for (auto it = finding.because.rbegin(); it != finding.because.rend(); ++it) {
    if (document[*it].span.valid()) return *it;
  }
  return {};
}

}  // namespace writ::report
