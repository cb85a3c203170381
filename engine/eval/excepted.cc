#include "engine/eval/excepted.h"

#include <algorithm>

#include "engine/base/check.h"

namespace writ::eval {
namespace {

// So many assignments are enumerated before the exceptions that yield are taken for independent.
constexpr std::size_t kMostAssignments = 729;

using Inputs = std::vector<ExceptionInput>;

// The exceptions whose conditions decide about others, or are decided about by others.
std::vector<bool> linked(const Inputs& all) {
  std::vector<bool> out(all.size(), false);
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::uint32_t j : all[i].yields_to) out[i] = out[j] = true;
  return out;
}

void fold(Excepted& into, const Inputs& all, const std::vector<Truth>& operates) {
  for (std::size_t i = 0; i < all.size(); ++i) into.add(operates[i], all[i].instead ? &*all[i].instead : nullptr);
}

// Calls f with every combination of one choice for each exception. False, and nothing is called, where there are too
// many.
template <class F>
bool each_choice(const std::vector<Inputs>& choices, F f) {
  std::size_t count = 1;
  for (const Inputs& c : choices) {
    count *= c.size();
    if (count > kMostAssignments) return false;
  }
  for (std::size_t n = 0; n < count; ++n) {
    Inputs chosen;
    std::size_t rest = n;
    for (const Inputs& c : choices) {
      chosen.push_back(c[rest % c.size()]);
      rest /= c.size();
    }
    f(chosen);
  }
  return true;
}

// Calls f with every assignment of definite truths to the conditions of linked exceptions; the others keep theirs.
// False, and nothing is called, where there are too many.
template <class F>
bool each_assignment(const Inputs& all, F f) {
  const std::vector<bool> in = linked(all);
  std::vector<Inputs> choices;
  for (std::size_t i = 0; i < all.size(); ++i) {
    choices.emplace_back();
    for (Truth t : in[i] ? completions(all[i].condition) : std::vector<Truth>{all[i].condition})
      choices.back().push_back({t, all[i].instead, all[i].yields_to});
  }
  return each_choice(choices, f);
}

// What the exceptions come to with every question but one completed: one set for each way to complete them. `instead`:
// the open question is whether what exception `open` requires is met; otherwise whether it operates.
std::vector<Excepted> with_open(const Inputs& all, std::size_t open, bool instead) {
  // The exceptions that are linked with nobody are folded first, so that they cost no combinations.
  const std::vector<bool> in = linked(all);
  Excepted others;
  Inputs rest;
  std::vector<std::uint32_t> place(all.size(), 0);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i != open && !in[i]) {
      others.add(all[i].condition, all[i].instead ? &*all[i].instead : nullptr);
    } else {
      place[i] = static_cast<std::uint32_t>(rest.size());
      rest.push_back(all[i]);
    }
  }
  for (ExceptionInput& e : rest)
    for (std::uint32_t& j : e.yields_to) j = place[j];

  std::vector<Inputs> choices;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    const bool mine = i == place[open];
    std::vector<std::optional<Requirement>> met{rest[i].instead};
    if (rest[i].instead && !(mine && instead)) {
      met.clear();
      for (const Requirement& r : settled(*rest[i].instead)) met.emplace_back(r);
    }
    choices.emplace_back();
    for (Truth t : mine && !instead ? std::vector<Truth>{rest[i].condition} : completions(rest[i].condition))
      for (const auto& m : met) choices.back().push_back({t, m, rest[i].yields_to});
  }
  std::vector<Excepted> out;
  const bool few = each_choice(choices, [&](const Inputs& chosen) {
    for (Excepted::Way w : others.ways()) {
      Excepted x = Excepted::none_yet();
      Inputs definite = chosen;
      for (Truth t : completions(chosen[place[open]].condition)) {
        Excepted one = Excepted::none_yet();
        one.insert(w);
        definite[place[open]].condition = t;
        fold(one, definite, operative(definite));
        x.merge(one);
      }
      if (std::find(out.begin(), out.end(), x) == out.end()) out.push_back(x);
    }
  });
  return few ? out : std::vector<Excepted>{excepted(all)};
}

}  // namespace

std::vector<Truth> operative(const Inputs& all) {
  std::vector<Truth> out(all.size());
  std::vector<bool> done(all.size(), false);
  // Few exceptions in few steps: whoever waits for nobody is settled, until all are.
  for (std::size_t left = all.size(); left > 0;) {
    const std::size_t before = left;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (done[i]) continue;
      bool ready = true;
      for (std::uint32_t j : all[i].yields_to) ready = ready && done[j];
      if (!ready) continue;
      out[i] = all[i].condition;
      for (std::uint32_t j : all[i].yields_to) out[i] = and_(out[i], not_(out[j]));
      done[i] = true;
      --left;
    }
    WRIT_CHECK(left < before);  // the checker has refused circles
  }
  return out;
}

Excepted excepted(const Inputs& all) {
  Excepted out = Excepted::none_yet();
  const bool exact = each_assignment(all, [&](const Inputs& chosen) {
    Excepted one;
    fold(one, chosen, operative(chosen));
    out.merge(one);
  });
  if (exact) return out;
  Excepted wide;
  fold(wide, all, operative(all));
  return wide;
}

std::vector<RelevantException> relevant(const Effectiveness& f, Truth a, const Inputs& all, const Requirement& r) {
  std::vector<RelevantException> out(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].condition.is_unknown()) out[i].condition = matters(f, a, with_open(all, i, false), r);
    if (all[i].instead && all[i].instead->truth.is_unknown())
      out[i].instead = matters(f, a, with_open(all, i, true), r);
  }
  return out;
}

}  // namespace writ::eval
