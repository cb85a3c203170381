// Presumptions: what law supposes of facts that nobody has stated. A rule is judged without them first; only what that
// leaves undetermined is judged again under them.
#include <algorithm>

#include "engine/eval/rule.h"

namespace writ::eval {

namespace {

// Nobody has said. What is disputed or refused has been answered in a way, and is not for a presumption to settle.
bool is_open(const facts::Fact& fact) {
  if (fact.state != facts::State::unknown) return false;
  return fact.reason != model::Reason::disputed && fact.reason != model::Reason::refused &&
         fact.reason != model::Reason::law;
}

}  // namespace

Presumptions RuleJudge::active(const std::vector<ir::PresumptionId>& presumptions, const Case& shared) {
  Presumptions out;
  for (ir::PresumptionId id : presumptions) {
    const ir::Presumption& p = m_.program.presumptions[id];
    m_.on(shared.day, [&] {
      return m_.guarded(shared.guards, [&] {
        const Value fact = m_.eval(p.fact);
        if (!fact.unknown() || !fact.fact.valid() || !is_open(m_.document[fact.fact])) return Value{};
        if (!m_.condition(p.when).truth().is_true()) return Value{};
        Value value = m_.strict(p.value);
        if (value.known()) out.emplace(fact.fact, Presumed{std::move(value), id});  // the first that acts
        return Value{};
      });
    });
  }
  (void)m_.take_errors();
  return out;
}

bool RuleJudge::presume(const Case& shared, std::uint32_t requirement) {
  const ir::Requirement& r = rule_.requirements[requirement];
  rule_presumes_ = active(rule_.presumptions, shared);
  requirement_presumes_ = active(r.presumptions, shared);
  bool any = !rule_presumes_.empty() || !requirement_presumes_.empty();
  for (ir::ExceptionId id : rule_.exceptions) {
    const ir::Exception& e = m_.program.exceptions[id];
    if (e.presumptions.empty() || !covers(e, r.label)) continue;
    if (e.var) m_.slot(*e.var) = element_;
    Presumptions own = active(e.presumptions, shared);
    if (own.empty()) continue;
    any = true;
    exception_presumes_.emplace(id, std::move(own));
  }
  return any;
}

void RuleJudge::under_presumptions(const std::function<void()>& body) {
  m_.presuming(rule_presumes_, [&] {
    body();
    return Value{};
  });
  rule_presumes_.clear();
  requirement_presumes_.clear();
  exception_presumes_.clear();
}

std::vector<ir::PresumptionId> RuleJudge::presumed() const {
  std::vector<ir::PresumptionId> out;
  const auto add = [&](const Presumptions& all) {
    for (const auto& [fact, p] : all)
      if (std::find(out.begin(), out.end(), p.by) == out.end()) out.push_back(p.by);
  };
  add(rule_presumes_);
  add(requirement_presumes_);
  for (const auto& [exception, all] : exception_presumes_) add(all);
  std::sort(out.begin(), out.end());
  return out;
}

void RuleJudge::judge_again(Finding& f, const Subject& subject, const Case& shared) {
  if (f.judgement.verdict != Verdict::undetermined || !presume(shared, f.requirement)) return;
  const std::vector<ir::PresumptionId> all = presumed();
  under_presumptions([&] {
    std::vector<ir::ReadingsId> contested;
    Finding again = judge_requirement(subject, prepare(subject), f.requirement, contested);
    if (again.judgement.verdict == Verdict::undetermined) return;
    f = std::move(again);
    f.basis = Basis::presumed;
    if (f.presumptions.empty()) f.presumptions = all;  // whichever of them it was
  });
}

}  // namespace writ::eval
