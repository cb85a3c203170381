// The verdict table with exceptions that exempt, require something else, yield to each other, fail and are unknown:
// against a second writing of the semantics, and the law of supply over every combination.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "engine/eval/excepted.h"
#include "tests/eval/verdicts.h"

namespace writ::eval::table {
namespace {

const std::array<Effectiveness, 6> kForces{Effectiveness{true, false, false, false, false},
                                           {false, true, false, false, false},
                                           {true, true, false, false, false},
                                           {true, false, true, false, false},
                                           {false, false, false, false, true},
                                           {true, true, true, true, false}};

// What one definite exception comes to: nothing where it does not operate.
struct Effect {
  Truth operative;
  std::optional<Truth> instead;
};

// Language semantics §4, word by word, for definite values and a rule that is in force and applies.
Verdict written(const std::vector<Effect>& effects, Truth required) {
  const auto met = [](Truth t) {
    return t.is_true()      ? Verdict::compliant
           : t.is_pending() ? Verdict::pending
           : t.is_false()   ? Verdict::gap
                            : Verdict::error;
  };
  Outcomes sure, doubtful;
  for (const Effect& e : effects) {
    const Verdict v = e.instead ? met(*e.instead) : Verdict::exempt;
    if (e.operative.is_true()) sure.insert(v);
    if (e.operative.is_error()) doubtful.insert(v);
  }
  if (sure.empty()) sure.insert(met(required));
  const auto merged = [](Outcomes all) {
    bool favour = false, against = false;
    for (Verdict v : all.list()) (in_favour(v) ? favour : against) = true;
    if (all.contains(Verdict::error)) return Verdict::error;
    if (favour && against) return Verdict::conflict;
    if (against) return Verdict::gap;
    if (all.contains(Verdict::pending)) return Verdict::pending;
    return all.contains(Verdict::compliant) ? Verdict::compliant : Verdict::exempt;
  };
  if (doubtful.empty()) return merged(sure);
  Outcomes both = sure;
  for (Verdict v : doubtful.list()) both.insert(v);
  const Verdict certain = merged(sure), all = merged(both);
  return in_favour(certain) && in_favour(all) ? all : Verdict::error;
}

TEST(Exceptions, DefiniteValuesAreTheSemantics) {
  const std::array<Truth, 3> operatives{T, F, E};
  const std::array<std::optional<Truth>, 5> effects{std::nullopt, T, P, F, E};
  std::vector<Effect> choices;
  for (Truth o : operatives)
    for (const auto& e : effects) choices.push_back({o, e});
  for (const Effect& a : choices)
    for (const Effect& b : choices)
      for (const Effect& c : choices)
        for (Truth q : {T, P, F, E}) {
          std::vector<ExceptionInput> inputs;
          for (const Effect& e : {a, b, c})
            inputs.push_back({e.operative, e.instead ? std::optional(Requirement::of(*e.instead)) : std::nullopt, {}});
          const Judgement j = judge(Effectiveness::effective(), T, excepted(inputs), Requirement::of(q));
          EXPECT_EQ(j.verdict, written({a, b, c}, q)) << name(a.operative) << name(b.operative) << name(c.operative);
        }
}

TEST(Exceptions, OneThatYieldsDoesNotOperate) {
  const auto operates = [](Truth first, Truth second, Truth third) {
    return operative({{first, {}, {}}, {second, {}, {0}}, {third, {}, {1}}});
  };
  EXPECT_EQ(operates(T, T, T), (std::vector{T, F, T})) << "what yields to nobody that operates does operate";
  EXPECT_EQ(operates(F, T, T), (std::vector{F, T, F}));
  EXPECT_EQ(operates(U, T, T), (std::vector{U, U, U}));
  EXPECT_EQ(operates(E, T, F), (std::vector{E, E, F}));
}

// Rule in force F, applies A; e1 exempts, e2 requires p instead; required q. One supply at a time.
enum Order : std::uint8_t { independent, second_yields, first_yields };
struct Row {
  std::size_t f, a, e1, e2, p, q;
  Order order;
};

class Sweep {
 public:
  Judgement at(const Row& r) {
    const auto key = std::tuple(r.f, r.a, r.e1, r.e2, r.p, r.q, r.order);
    const auto it = seen_.find(key);
    if (it != seen_.end()) return it->second;
    return seen_.emplace(key, judge(kForces[r.f], kTruths[r.a], excepted(inputs(r)), required(r))).first->second;
  }
  static std::vector<ExceptionInput> inputs(const Row& r) {
    std::vector<ExceptionInput> out{{kTruths[r.e1], {}, {}}, {kTruths[r.e2], Requirement::of(kRequired[r.p]), {}}};
    if (r.order == second_yields) out[1].yields_to = {0};
    if (r.order == first_yields) out[0].yields_to = {1};
    return out;
  }
  static Requirement required(const Row& r) { return Requirement::of(kRequired[r.q]); }

 private:
  std::map<std::tuple<std::size_t, std::size_t, std::size_t, std::size_t, std::size_t, std::size_t, Order>, Judgement>
      seen_;
};

template <class F>
void each_row(F f) {
  for (Order order : {independent, second_yields, first_yields})
    for (std::size_t force = 0; force < kForces.size(); ++force)
      for (std::size_t a = 0; a < kTruths.size(); ++a)
        for (std::size_t e1 = 0; e1 < kTruths.size(); ++e1)
          for (std::size_t e2 = 0; e2 < kTruths.size(); ++e2)
            for (std::size_t p = 0; p < kRequired.size(); ++p)
              for (std::size_t q = 0; q < kRequired.size(); ++q) f(Row{force, a, e1, e2, p, q, order});
}

template <class Values>
std::vector<std::size_t> next(const Values& values, std::size_t from) {
  std::vector<std::size_t> out;
  for (Truth t : supplied(values[from])) {
    const auto it = std::find(values.begin(), values.end(), t);
    if (it != values.end() && t != values[from]) out.push_back(static_cast<std::size_t>(it - values.begin()));
  }
  return out;
}

std::string show(const Row& r) {
  return "F" + std::to_string(r.f) + " A" + name(kTruths[r.a]) + " e" + name(kTruths[r.e1]) + " i" +
         name(kTruths[r.e2]) + " p" + name(kRequired[r.p]) + " q" + name(kRequired[r.q]) + " order " +
         std::to_string(r.order);
}

TEST(Exceptions, NoSingleSupplyMovesAVerdictAcrossSides) {
  Sweep sweep;
  long supplies = 0;
  std::array<long, 11> verdicts{};
  std::vector<std::string> wrong;
  each_row([&](const Row& row) {
    const Judgement before = sweep.at(row);
    ++verdicts[static_cast<std::size_t>(before.verdict)];
    const auto check = [&](const Row& then) {
      ++supplies;
      const Judgement after = sweep.at(then);
      bool fine = allowed(before.verdict, after.verdict);
      // could_be is never too narrow: what comes out had been announced.
      if (before.verdict == Verdict::undetermined) {
        if (after.verdict != Verdict::undetermined)
          fine = fine && (before.could_be.contains(after.verdict) || in_favour(after.verdict));
        fine = fine && (before.at_risk || !after.at_risk) && (before.at_risk || side(after.verdict) != Side::against);
      }
      if (!fine && wrong.size() < 10)
        wrong.push_back(show(row) + ": " + to_string(before.verdict) + " -> " + show(then) + ": " +
                        to_string(after.verdict));
    };
    const auto vary = [&](std::size_t Row::*member, const auto& values) {
      for (std::size_t n : next(values, row.*member)) {
        Row then = row;
        then.*member = n;
        check(then);
      }
    };
    vary(&Row::a, kTruths);
    vary(&Row::e1, kTruths);
    vary(&Row::e2, kTruths);
    vary(&Row::p, kRequired);
    vary(&Row::q, kRequired);
    if (row.f > 1 && row.f != 4)
      for (std::size_t f : {0, 1}) {
        if ((f == 1 && !kForces[row.f].can_be_not_effective)) continue;
        Row then = row;
        then.f = f;
        check(then);
      }
  });
  EXPECT_TRUE(wrong.empty()) << ::testing::PrintToString(wrong);
  EXPECT_GT(supplies, 500'000);
  for (Verdict v : {Verdict::compliant, Verdict::gap, Verdict::undetermined, Verdict::pending, Verdict::exempt,
                    Verdict::not_applicable, Verdict::not_effective, Verdict::conflict, Verdict::error})
    EXPECT_GT(verdicts[static_cast<std::size_t>(v)], 0) << to_string(v);
}

TEST(Exceptions, WhatIsOpenHasAQuestion) {
  Sweep sweep;
  long rows = 0;
  each_row([&](const Row& row) {
    if (++rows % 11 != 0 || sweep.at(row).verdict != Verdict::undetermined) return;
    const auto inputs = Sweep::inputs(row);
    const Truth a = kTruths[row.a];
    const Relevant r = relevant(kForces[row.f], a, excepted(inputs), Sweep::required(row));
    bool any = r.f || (r.a && a.is_unknown()) || (r.r && Sweep::required(row).truth.is_unknown());
    for (const RelevantException& e : relevant(kForces[row.f], a, inputs, Sweep::required(row)))
      any = any || e.condition || e.instead;
    EXPECT_TRUE(any) << show(row);
  });
}

TEST(Exceptions, ManyThatYieldAreWiderNeverNarrower) {
  // A chain of twelve, all unknown: beyond what is enumerated.
  std::vector<ExceptionInput> chain, few;
  for (std::uint32_t i = 0; i < 12; ++i) {
    ExceptionInput e{U, {}, {}};
    if (i % 2 == 1) e.instead = Requirement::of(F);
    if (i > 0) e.yields_to = {i - 1};
    chain.push_back(e);
    if (i < 4) few.push_back(e);
  }
  const auto outcomes = [](const std::vector<ExceptionInput>& all) {
    return judge(Effectiveness::effective(), T, excepted(all), Requirement::of(T)).could_be;
  };
  EXPECT_TRUE(outcomes(few).subset_of(outcomes(chain)));
  // Of neighbours that yield one to the other never both operate.
  const std::vector<ExceptionInput> two{chain[0], chain[1]};
  EXPECT_FALSE(outcomes(two).contains(Verdict::conflict));
}

}  // namespace
}  // namespace writ::eval::table
