// Open norms: a criterion is met or not as those say who have assessed it. What is missing, nobody's, too old, older
// than the text, not independent or contradicted leaves it to a human. Nothing that is supplied later turns a finding
// that counts, because every fact that could is asked for first.
#include <algorithm>
#include <map>

#include "engine/eval/machine.h"

namespace writ::eval {

using facts::Fact;
using facts::FactId;
using facts::State;
using ir::NodeId;

bool too_old(Date made, const Duration& max_age, Date as_of) {
  const Date months = max_age.months == 0 ? made : made.plus_months(max_age.months);
  return months.plus_days(static_cast<int>(max_age.seconds / 86'400)) < as_of;
}

namespace {

// One assessment, as far as it is stated.
struct Stated {
  FactId record, finding, by, on, independent;
  bool known = false;  // the record itself
};

// What an assessment comes to: dropped (for a certain reason), not to be told yet, or a finding that counts.
struct Outcome {
  Assessed state = Assessed::missing;
  std::vector<FactId> missing;  // empty: certain
};

class Norms {
 public:
  Norms(const ir::Program& program, const facts::Document& document, const ir::Norm& norm, Date as_of)
      : program_(program), document_(document), norm_(norm), as_of_(as_of) {}

  Stated stated(FactId id) const {
    Stated out;
    out.record = id;
    const Fact& fact = document_[id];
    if (fact.children.empty()) return out;
    const model::Record& record = program_.vocabulary->records[program_.vocabulary->types[fact.type].record];
    const auto child = [&](const char* name) {
      const int i = record.find(name);
      return i < 0 ? FactId{} : fact.children[static_cast<std::size_t>(i)];
    };
    out.finding = child("finding");
    out.by = child("by");
    out.on = child("on");
    out.independent = child("independent");
    out.known = fact.state == State::known;
    return out;
  }

  /// Whether its day, assessor and finding let it count at all; independence is asked of the latest only.
  Outcome basic(const Stated& s) const {
    const auto day = on(s);
    if (day && *day > as_of_) return {Assessed::missing, {}};  // not made yet
    if (day && norm_.worded && *day < *norm_.worded) return {Assessed::reworded, {}};
    if (day && norm_.max_age && too_old(*day, *norm_.max_age, as_of_)) return {Assessed::stale, {}};
    if (!s.known) return {Assessed::missing, document_[s.record].state == State::absent ? none() : one(s.record)};
    for (FactId f : {s.by, s.on})
      if (f.valid() && document_[f].state == State::absent) return {Assessed::unattributed, {}};
    Outcome out{Assessed::missing, {}};
    for (FactId f : {s.finding, s.by, s.on})
      if (f.valid() && is_open(f)) out.missing.push_back(f);
    if (!out.missing.empty()) {
      if (!is_open(s.finding)) out.state = Assessed::unattributed;
      return out;
    }
    if (document_[s.finding].state == State::absent) return {Assessed::missing, {}};
    return {met(s) ? Assessed::met : Assessed::not_met, {}};
  }

  Outcome independence(const Stated& s) const {
    const Assessed finding = met(s) ? Assessed::met : Assessed::not_met;
    if (!norm_.independent) return {finding, {}};
    if (!s.independent.valid()) return {Assessed::dependent, {}};
    const Fact& fact = document_[s.independent];
    if (fact.state == State::unknown) return {Assessed::dependent, one(s.independent)};
    const bool* yes = std::get_if<bool>(&fact.scalar);
    return {yes != nullptr && *yes ? finding : Assessed::dependent, {}};
  }

  std::optional<Date> on(const Stated& s) const {
    if (!s.on.valid() || document_[s.on].state != State::known) return std::nullopt;
    if (const auto* date = std::get_if<Date>(&document_[s.on].scalar)) return *date;
    return std::nullopt;
  }
  std::string by(const Stated& s) const { return std::get<std::string>(document_[s.by].scalar); }
  bool met(const Stated& s) const {
    const Fact& fact = document_[s.finding];
    const model::Enum& members = program_.vocabulary->enums[program_.vocabulary->types[fact.type].enumeration];
    const auto* value = std::get_if<model::Candidates>(&fact.scalar);
    return value != nullptr && value->single() == members.find("met");
  }

 private:
  /// Nobody has said, or only that it is one of several.
  bool is_open(FactId f) const {
    const Fact& fact = document_[f];
    if (fact.state == State::unknown) return true;
    const auto* several = std::get_if<model::Candidates>(&fact.scalar);
    return fact.state == State::known && several != nullptr && several->single() < 0;
  }
  static std::vector<FactId> none() { return {}; }
  static std::vector<FactId> one(FactId f) { return {f}; }

  const ir::Program& program_;
  const facts::Document& document_;
  const ir::Norm& norm_;
  Date as_of_;
};

// Of the reasons for which assessments do not count, the one that says most.
Assessed tell(Assessed a, Assessed b) {
  constexpr Assessed kOrder[] = {Assessed::missing, Assessed::unattributed, Assessed::reworded, Assessed::stale,
                                 Assessed::dependent};
  const auto rank = [&](Assessed x) { return std::find(std::begin(kOrder), std::end(kOrder), x); };
  return rank(a) < rank(b) ? b : a;
}

void append(std::vector<FactId>& to, FactId f) {
  if (f.valid() && std::find(to.begin(), to.end(), f) == to.end()) to.push_back(f);
}

}  // namespace

Value Machine::judged(const ir::Node& node) {
  const ir::NormId id(node.b);
  const ir::Norm& norm = program.norms[id];
  const Value base = eval(NodeId(node.a));
  if (base.error()) return Value::failed(base.blame);
  const Norms norms(program, document, norm, options.as_of);
  const bool is_list = kind_of(NodeId(node.a)) == model::TypeKind::list;

  NormTrace trace{id, Assessed::missing, base.fact};
  const auto open = [&](Assessed state, std::vector<FactId> missing, Blame blame) {
    trace.state = state;
    for (FactId f : missing) append(blame.missing, f);
    blame.norms.push_back(trace);
    return Value::maybe({}, std::move(blame), base.may_error);
  };
  if (!base.fact.valid()) return open(Assessed::missing, {}, base.blame);
  if (base.absent()) return open(Assessed::missing, {base.fact}, {});

  std::vector<Stated> all;
  if (!is_list) {
    all.push_back(norms.stated(base.fact));
  } else {
    const Fact& list = document[base.fact];
    if (!base.known() || list.incomplete) return open(Assessed::missing, {base.fact}, base.blame);
    for (FactId child : list.children) all.push_back(norms.stated(child));
  }

  // What certainly does not count is left out; what may count must be known before anything is decided.
  Assessed why = Assessed::missing;
  std::vector<FactId> missing;
  std::map<std::string, Stated> latest;  // by assessor
  for (const Stated& s : all) {
    const Outcome o = norms.basic(s);
    if (o.state != Assessed::met && o.state != Assessed::not_met) {
      why = tell(why, o.state);
      for (FactId f : o.missing) append(missing, f);
      continue;
    }
    const auto [it, fresh] = latest.try_emplace(norms.by(s), s);
    if (!fresh && *norms.on(it->second) < *norms.on(s)) it->second = s;
  }
  if (!missing.empty()) return open(why, std::move(missing), {});

  Blame because;
  bool met = false, not_met = false;
  for (const auto& [by, s] : latest) {
    const Outcome o = norms.independence(s);
    if (o.state == Assessed::dependent) {
      why = tell(why, o.state);
      for (FactId f : o.missing) append(missing, f);
      continue;
    }
    (o.state == Assessed::met ? met : not_met) = true;
    append(because.because, s.finding);
    append(because.because, s.by);
    append(because.because, s.on);
    if (norm.independent) append(because.because, s.independent);
  }
  if (!missing.empty()) return open(why, std::move(missing), std::move(because));
  if (met && not_met) return open(Assessed::contradicting, {base.fact}, std::move(because));
  if (!met && !not_met) return open(why, {base.fact}, {});
  trace.state = met ? Assessed::met : Assessed::not_met;
  because.norms.push_back(trace);
  return Value::of(Truth::of(met), std::move(because));
}

Value Machine::evidenced(const ir::Node& node) {
  const Value v = eval(NodeId(node.a));
  if (v.error()) return Value::failed(v.blame);
  if (!v.fact.valid()) return Value::maybe({}, v.blame, v.may_error);
  const Fact& fact = document[v.fact];
  const facts::Evidence* evidence =
      fact.evidence < document.evidence.size() ? &document.evidence[fact.evidence] : nullptr;
  const auto open = [&] {
    Blame blame = v.blame;
    blame.missing = {v.fact};
    return Value::maybe({}, std::move(blame), v.may_error);
  };
  if (fact.state == State::unknown || evidence == nullptr || evidence->text.empty()) return open();
  Blame blame;
  blame.because = {v.fact};
  const NodeId age(node.b);
  if (!age.valid()) return Value::of(Truth::yes(), std::move(blame));
  const Value limit = strict(age);
  const auto* max_age = std::get_if<Duration>(&limit.scalar);
  WRIT_CHECK(max_age != nullptr);  // the checker wants a constant
  if (!evidence->as_of || *evidence->as_of > options.as_of) return open();
  return Value::of(Truth::of(!too_old(*evidence->as_of, *max_age, options.as_of)), std::move(blame));
}

std::string words(const ir::Norm& norm, const NormTrace& trace) {
  if (trace.state == Assessed::met) return "judged to be met: " + norm.criterion;
  if (trace.state == Assessed::not_met) return "judged not to be met: " + norm.criterion;
  std::string why;
  switch (trace.state) {
    case Assessed::missing: why = "nobody has"; break;
    case Assessed::unattributed: why = "the assessment does not say by whom and when"; break;
    case Assessed::stale:
      why = "the assessment is older than " + (norm.max_age ? norm.max_age->text() : "allowed");
      break;
    case Assessed::reworded:
      why = "the assessment is older than the text" + (norm.worded ? " of " + norm.worded->text() : std::string());
      break;
    case Assessed::dependent: why = "the assessment is not independent"; break;
    case Assessed::contradicting: why = "the assessments contradict each other"; break;
    case Assessed::met:
    case Assessed::not_met: break;
  }
  return "a human must judge: " + norm.criterion + " (" + why + ")";
}

}  // namespace writ::eval
