#include "engine/eval/portfolio.h"

#include <algorithm>

#include "engine/eval/rule.h"

namespace writ::eval {

using model::Money;
using model::NumberRange;
using model::Scalar;

namespace {

constexpr std::size_t kShown = 10;

std::string key_of(const ir::Program& program, const facts::Document& document, const Value& key, ir::NodeId node) {
  if (key.fact.valid() && document[key.fact].target.valid()) {  // by id, however the reference is written
    for (const facts::Linked& l : document.linked)
      if (l.root == document[key.fact].target) return l.id;
  }
  if (const auto* text = std::get_if<std::string>(&key.scalar)) return *text;
  return display(program, key.scalar, program.types[node.index]);
}

}  // namespace

bool PortfolioJudge::add(Rational& to, const Rational& more) {
  auto sum = to.add(more);
  if (!sum) return false;
  to = std::move(*sum);
  return true;
}

void PortfolioJudge::put(Group& group, const NumberRange& weight, bool certain) {
  ++(certain ? group.members : group.perhaps);
  if (certain && weight.lo && !add(group.weight.lo, *weight.lo)) overflow_ = true;
  if (!weight.hi) {
    group.weight.unbounded = true;
  } else if (!add(group.weight.hi, *weight.hi)) {
    overflow_ = true;
  }
}

void PortfolioJudge::add(const facts::Document& document) {
  if (document.kind != rule_.kind) return;
  ++seen_;
  Machine machine(program_, document, options_);
  Value root = machine.read(document.root);
  machine.slot(rule_.var) = root;
  Guards held;
  machine.guards(rule_.where, true, held);
  const Value where = machine.condition(rule_.where);
  if (where.known() && !std::get<bool>(where.scalar)) {
    ++left_out_;
    return;
  }
  Value key, weight;
  machine.guarded(held, [&] {
    key = machine.eval(rule_.key);  // a stated absence is no group: the document may be of any
    if (rule_.weight.valid()) weight = machine.eval(rule_.weight);
    return Value{};
  });
  for (DomainError& e : machine.take_errors()) {
    const auto same = [&](const DomainError& o) { return o.text == e.text && o.span == e.span; };
    if (errors_.size() < kShown && std::none_of(errors_.begin(), errors_.end(), same)) errors_.push_back(std::move(e));
  }

  const bool certain = where.known();
  NumberRange range{Rational(0), {}, false, false};  // anything: a weight is no less than nothing
  bool weighed = true;
  if (!rule_.weight.valid()) {
    range = NumberRange::exactly(Rational(1));
  } else if (!weight.absent() && !weight.error()) {
    NumberRange stated;
    if (const auto* n = std::get_if<NumberRange>(&weight.scalar)) stated = *n;
    if (const auto* m = std::get_if<Money>(&weight.scalar)) {
      stated = m->amount;
      if (currency_.empty()) currency_ = m->currency;
      mixed_ = mixed_ || currency_ != m->currency;
    }
    if (weight.known() && stated.lo && stated.lo->sign() < 0) {
      if (errors_.size() < kShown)
        errors_.push_back({"a weight is less than 0 in document `" + document.id + "`", machine.span_of(rule_.weight)});
      weighed = false;
    } else {
      if (stated.lo && stated.lo->sign() > 0) range.lo = stated.lo;
      range.hi = stated.hi;
      weighed = weight.known();
    }
  } else {
    weighed = false;
  }
  const bool grouped = key.known() && is_exact(key.scalar);
  if (!certain || !weighed || !grouped) {
    ++open_count_;
    if (open_.size() < kShown) open_.push_back(document.id);
  }
  Group& group = grouped ? groups_[key_of(program_, document, key, rule_.key)] : floating_;
  put(group, range, certain);
  if (grouped || !certain) return;
  const auto square = range.lo->mul(*range.lo);
  if (!square || !add(squares_, *square)) overflow_ = true;
}

/// What the groups leave possible, measure by measure. Every bound holds for every way of completing what is not known;
/// with everything known both ends are the measure itself.
struct PortfolioMeasures {
  using Sum = PortfolioJudge::Sum;
  using Exact = std::optional<Rational>;  // nothing: unbounded, or (of a result) too large

  explicit PortfolioMeasures(const PortfolioJudge& of) : judge(of), floating(of.floating_.weight) {
    floating.unbounded = floating.unbounded || judge.unread_ > 0;
    for (const auto& [key, group] : judge.groups_) {
      groups.push_back(&group.weight);
      total.lo = plus(total.lo, group.weight.lo);
      total.hi = plus(total.hi, group.weight.hi);
      total.unbounded = total.unbounded || group.weight.unbounded;
      members += group.members;
      perhaps += group.perhaps;
    }
    members += judge.floating_.members;
    perhaps += judge.floating_.perhaps;
  }

  Rational checked(std::expected<Rational, NumberError> result) {
    failed = failed || !result;
    return result ? std::move(*result) : Rational(0);
  }
  Rational plus(const Rational& a, const Rational& b) { return checked(a.add(b)); }
  Rational minus(const Rational& a, const Rational& b) { return checked(a.sub(b)); }
  Rational times(const Rational& a, const Rational& b) { return checked(a.mul(b)); }

  /// a of a + b, at most: all that may be in a, the least that is beside it.
  Rational most(const Exact& a, const Rational& b) {
    if (!a) return Rational(1);
    const Rational all = plus(*a, b);
    return all.is_zero() ? Rational(1) : checked(a->div(all));
  }
  Rational least(const Rational& a, const Exact& b) {
    if (!b) return Rational(0);
    const Rational all = plus(a, *b);
    return all.is_zero() ? Rational(0) : checked(a.div(all));
  }

  Value count(std::uint64_t lo, std::uint64_t hi) {
    NumberRange n{Rational(static_cast<std::int64_t>(lo)), Rational(static_cast<std::int64_t>(hi)), false, false};
    if (judge.unread_ > 0) n.hi.reset();
    return shaped(n, {}, false);
  }

  Value share(Rational lo, Rational hi, const Rational& scale = Rational(1)) {
    if (failed || judge.overflow_) {
      errors.push_back("the number is too large");
      return Value::failed();
    }
    const bool nothing = plus(total.lo, floating.lo).is_zero();
    if (nothing && !total.unbounded && !floating.unbounded && plus(total.hi, floating.hi).is_zero()) {
      errors.push_back("a share of nothing: all weights are 0");
      return Value::failed();
    }
    hi = std::min(hi, scale);
    lo = std::min(lo, hi);
    return shaped(NumberRange{std::move(lo), std::move(hi), false, false}, {}, nothing);
  }

  Value top_share(std::int64_t n) {
    const auto count =
        static_cast<std::size_t>(std::clamp<std::int64_t>(n, 0, static_cast<std::int64_t>(groups.size())));
    auto by_least = groups, by_most = groups;
    std::sort(by_least.begin(), by_least.end(), [](const Sum* a, const Sum* b) { return b->lo < a->lo; });
    std::sort(by_most.begin(), by_most.end(),
              [](const Sum* a, const Sum* b) { return a->unbounded != b->unbounded ? a->unbounded : b->hi < a->hi; });
    Rational certain, possible;
    bool unbounded = floating.unbounded, rest_unbounded = floating.unbounded;
    Rational rest_most = floating.hi;
    for (std::size_t i = 0; i < groups.size(); ++i) {
      if (i < count) {
        certain = plus(certain, by_least[i]->lo);
        possible = plus(possible, by_most[i]->hi);
        unbounded = unbounded || by_most[i]->unbounded;
      } else {
        rest_most = plus(rest_most, by_least[i]->hi);
        rest_unbounded = rest_unbounded || by_least[i]->unbounded;
      }
    }
    if (n <= 0) return share(Rational(0), Rational(0));
    const Rational rest_least = minus(total.lo, certain);
    possible = plus(possible, floating.hi);
    return share(least(certain, rest_unbounded ? Exact() : Exact(rest_most)),
                 most(unbounded ? Exact() : Exact(possible), rest_least));
  }

  Value share_of(const std::string& key) {
    const auto it = judge.groups_.find(key);
    const Sum none;
    const Sum& own = it == judge.groups_.end() ? none : it->second.weight;
    bool rest_unbounded = floating.unbounded;
    for (const Sum* s : groups) rest_unbounded = rest_unbounded || (s != &own && s->unbounded);
    const Rational rest_most = plus(minus(total.hi, own.hi), floating.hi);
    const bool unbounded = own.unbounded || floating.unbounded;
    return share(least(own.lo, rest_unbounded ? Exact() : Exact(rest_most)),
                 most(unbounded ? Exact() : Exact(plus(own.hi, floating.hi)), minus(total.lo, own.lo)));
  }

  Value herfindahl() {
    const Rational scale(10'000);
    Rational squares_least = judge.squares_, squares_most, largest;
    for (const Sum* s : groups) {
      squares_least = plus(squares_least, times(s->lo, s->lo));
      squares_most = plus(squares_most, times(s->hi, s->hi));
      largest = std::max(largest, s->hi);
    }
    // Weights without a group make the sum largest where they all join the largest group, and smallest each alone.
    squares_most = plus(squares_most, times(floating.hi, plus(floating.hi, plus(largest, largest))));
    const Rational least_total = plus(total.lo, floating.lo), most_total = plus(total.hi, floating.hi);
    const bool unbounded = total.unbounded || floating.unbounded;
    Rational lo(0), hi = scale;
    if (!unbounded && !most_total.is_zero())
      lo = checked(times(scale, squares_least).div(times(most_total, most_total)));
    if (!unbounded && !least_total.is_zero())
      hi = checked(times(scale, squares_most).div(times(least_total, least_total)));
    return share(std::move(lo), std::move(hi), scale);
  }

  Value measure(ir::Measure which, Machine& machine, const ir::Node& node) {
    const ir::NodeId argument(node.b);
    if (judge.mixed_ && which != ir::Measure::members && which != ir::Measure::groups) {
      Blame blame;
      blame.law.push_back(
          {"no table of exchange rates between the currencies of the weights", machine.span_of(judge.rule_.weight)});
      return Value::maybe({}, std::move(blame));
    }
    switch (which) {
      case ir::Measure::members: return count(members, members + perhaps);
      case ir::Measure::groups: {
        std::uint64_t certain = 0;
        for (const auto& [key, group] : judge.groups_) certain += group.members > 0 ? 1 : 0;
        if (certain == 0 && judge.floating_.members > 0) certain = 1;
        return count(certain, groups.size() + judge.floating_.members + judge.floating_.perhaps);
      }
      case ir::Measure::total: {
        NumberRange sum{plus(total.lo, floating.lo), plus(total.hi, floating.hi), false, false};
        if (total.unbounded || floating.unbounded) sum.hi.reset();
        if (failed || judge.overflow_) {
          errors.push_back("the number is too large");
          return Value::failed();
        }
        if (!judge.currency_.empty()) return shaped(Money{sum, judge.currency_}, {}, false);
        return shaped(sum, {}, false);
      }
      case ir::Measure::top_share: {
        const Value n = machine.strict(argument);
        std::int64_t groups_asked = 0;
        const auto* range = std::get_if<NumberRange>(&n.scalar);
        if (range == nullptr || !range->exact() || !range->lo->to_int64(groups_asked)) return Value::failed();
        return top_share(groups_asked);
      }
      case ir::Measure::share_of: {
        const Value key = machine.strict(argument);
        if (!key.known()) return Value::failed();
        const auto* text = std::get_if<std::string>(&key.scalar);
        return share_of(text != nullptr ? *text
                                        : display(machine.program, key.scalar, machine.program.types[argument.index]));
      }
      case ir::Measure::herfindahl: return herfindahl();
    }
    return Value::failed();
  }

  const PortfolioJudge& judge;
  std::vector<const Sum*> groups;
  Sum total;  // of the groups
  Sum floating;
  std::uint64_t members = 0, perhaps = 0;
  bool failed = false;
  std::vector<std::string> errors;
};

PortfolioResult PortfolioJudge::finish() const {
  PortfolioResult out;
  out.portfolio = id_;
  PortfolioMeasures measures(*this);
  out.members = measures.members;
  out.perhaps = measures.perhaps;
  out.left_out = left_out_;
  out.unread = unread_;
  out.open = open_;
  out.open_count = open_count_;
  out.errors = errors_;
  out.group_count = groups_.size();
  std::vector<const std::pair<const std::string, Group>*> order;
  for (const auto& group : groups_) order.push_back(&group);
  std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
    if (a->second.weight.hi != b->second.weight.hi) return b->second.weight.hi < a->second.weight.hi;
    return b->second.members + b->second.perhaps < a->second.members + a->second.perhaps;
  });
  for (std::size_t i = 0; i < order.size() && i < kShown; ++i) {
    const Group& g = order[i]->second;
    NumberRange range{g.weight.lo, g.weight.hi, false, false};
    if (g.weight.unbounded) range.hi.reset();
    out.groups.push_back(
        {order[i]->first, currency_.empty() ? Scalar(range) : Scalar(Money{range, currency_}), g.members, g.perhaps});
  }

  facts::Document nothing;  // a portfolio is judged apart from any document
  nothing.root = nothing.facts.add({});
  Machine machine(program_, nothing, options_);
  const Force force = force_of(machine, {rule_.effective, {}, {}}, nullptr);
  // Nobody to judge is not applicable where documents of the kind were seen, and an open question where none was.
  Truth applies = Truth::yes();
  if (out.members == 0) applies = out.perhaps > 0 || unread_ > 0 ? Truth::maybe() : Truth::no();
  const bool none_seen = seen_ == 0 && unread_ == 0;
  for (std::uint32_t r = 0; r < rule_.requirements.size(); ++r) {
    PortfolioFinding f;
    f.requirement = r;
    machine.measure = [&](ir::NodeId node) {
      const ir::Node& n = program_.nodes[node];
      Value v = measures.measure(static_cast<ir::Measure>(n.a), machine, n);
      f.measures.push_back({node, v.scalar});
      return v;
    };
    const Value holds = machine.condition(rule_.requirements[r].holds);
    f.holds = none_seen ? Truth::maybe() : holds.truth();
    f.judgement = judge(force.state, none_seen ? Truth::yes() : applies, Truth::no(), Requirement::of(f.holds));
    if (f.judgement.verdict == Verdict::not_effective) {
      f.not_effective = force.kind;
      f.effective_date = force.date;
    }
    if (!none_seen && !applies.is_false()) {
      for (const MissingLaw& law : holds.blame.law) out.law.push_back(law);
      for (const std::string& error : std::exchange(measures.errors, {}))
        out.errors.push_back({error, machine.span_of(rule_.requirements[r].holds)});
      for (DomainError& e : machine.take_errors()) out.errors.push_back(std::move(e));
    }
    measures.errors.clear();
    measures.failed = false;
    out.findings.push_back(std::move(f));
  }
  return out;
}

}  // namespace writ::eval
