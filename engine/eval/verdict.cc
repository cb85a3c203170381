#include "engine/eval/verdict.h"

#include <algorithm>
#include <bit>

namespace writ::eval {
namespace {

constexpr Outcomes kNotDue{Verdict::not_applicable, Verdict::not_effective, Verdict::not_yet_due};
constexpr Outcomes kMet{Verdict::compliant, Verdict::exempt, Verdict::pending};
constexpr Outcomes kAgainst{Verdict::gap, Verdict::conflict, Verdict::error};

enum class Force : std::uint8_t { effective, not_effective, not_yet_due, error };
enum class Met : std::uint8_t { no, pending, yes, error };

using Sure = Excepted::Sure;
using Doubt = Excepted::Doubt;
using Way = Excepted::Way;

Sure sure_of(Met m) {
  switch (m) {
    case Met::no: return Sure::gap;
    case Met::pending: return Sure::pending;
    case Met::yes: return Sure::compliant;
    case Met::error: return Sure::error;
  }
  return Sure::error;
}

bool favours(Sure s) { return s == Sure::exempt || s == Sure::compliant || s == Sure::pending; }

// Outcomes on one side merge as the table does it: all exempt is exempt, one that is pending makes all of them pending,
// anything else is compliant. On two sides they are a conflict.
Sure join(Sure a, Sure b) {
  if (a == Sure::nothing) return b;
  if (b == Sure::nothing) return a;
  if (a == Sure::error || b == Sure::error) return Sure::error;
  if (favours(a) != favours(b)) return Sure::conflict;
  return std::max(a, b);  // exempt, compliant, pending; gap, conflict
}

Doubt doubt_of(Sure s) {
  switch (s) {
    case Sure::nothing: return Doubt::nothing;
    case Sure::exempt: return Doubt::exempt;
    case Sure::compliant: return Doubt::compliant;
    case Sure::pending: return Doubt::pending;
    case Sure::gap:
    case Sure::conflict:
    case Sure::error: return Doubt::against;
  }
  return Doubt::against;
}

Verdict verdict_of(Sure s) {
  switch (s) {
    case Sure::nothing:
    case Sure::error: return Verdict::error;
    case Sure::exempt: return Verdict::exempt;
    case Sure::compliant: return Verdict::compliant;
    case Sure::pending: return Verdict::pending;
    case Sure::gap: return Verdict::gap;
    case Sure::conflict: return Verdict::conflict;
  }
  return Verdict::error;
}

// One line of the table: every value is definite.
Verdict outcome(Force f, Truth a, Way x, Met r) {
  if (f == Force::not_effective) return Verdict::not_effective;
  if (f == Force::not_yet_due) return Verdict::not_yet_due;
  if (a.is_false()) return Verdict::not_applicable;
  if (f == Force::error || a.is_error()) return Verdict::error;
  const Sure sure = x.sure == Sure::nothing ? sure_of(r) : x.sure;
  if (x.doubt == Doubt::nothing) return verdict_of(sure);
  // Excepted or not: where both are in favour, nothing is held against anybody.
  if (!favours(sure) || x.doubt == Doubt::against) return Verdict::error;
  const Doubt merged = std::max(doubt_of(sure), x.doubt);
  return merged == Doubt::exempt ? Verdict::exempt : merged == Doubt::compliant ? Verdict::compliant : Verdict::pending;
}

std::vector<Force> completions(const Effectiveness& f) {
  if (f.error) return {Force::error};
  std::vector<Force> out;
  if (f.can_be_effective) out.push_back(Force::effective);
  if (f.can_be_not_effective) out.push_back(Force::not_effective);
  if (f.can_be_not_yet_due) out.push_back(Force::not_yet_due);
  if (f.can_be_error) out.push_back(Force::error);
  return out;
}

std::vector<Met> completions(const Requirement& r) {
  switch (r.truth.kind) {
    case Truth::Kind::true_: return {Met::yes};
    case Truth::Kind::false_: return {r.pending ? Met::pending : Met::no};
    case Truth::Kind::error: return {Met::error};
    case Truth::Kind::unknown: break;
  }
  std::vector<Met> out{Met::no, Met::yes};
  if (r.pending) out.push_back(Met::pending);
  if (r.truth.may_error) out.push_back(Met::error);
  return out;
}

}  // namespace

std::vector<Truth> completions(Truth t) {
  if (!t.is_unknown()) return {t};
  if (t.may_error) return {Truth::no(), Truth::yes(), Truth::failed()};
  return {Truth::no(), Truth::yes()};
}

std::vector<Requirement> settled(const Requirement& r) {
  std::vector<Requirement> out;
  for (Met m : completions(r)) {
    if (m == Met::yes) out.push_back({Truth::yes(), false});
    if (m == Met::no) out.push_back({Truth::no(), false});
    if (m == Met::pending) out.push_back({Truth::no(), true});
    if (m == Met::error) out.push_back({Truth::failed(), false});
  }
  return out;
}

const char* to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::compliant: return "compliant";
    case Verdict::gap: return "gap";
    case Verdict::undetermined: return "undetermined";
    case Verdict::pending: return "pending";
    case Verdict::waived: return "waived";
    case Verdict::exempt: return "exempt";
    case Verdict::not_yet_due: return "not_yet_due";
    case Verdict::not_applicable: return "not_applicable";
    case Verdict::not_effective: return "not_effective";
    case Verdict::conflict: return "conflict";
    case Verdict::error: return "error";
  }
  return "error";
}

const char* words(Verdict verdict) {
  switch (verdict) {
    case Verdict::not_yet_due: return "not yet due";
    case Verdict::not_applicable: return "not applicable";
    case Verdict::not_effective: return "not effective";
    case Verdict::compliant:
    case Verdict::gap:
    case Verdict::undetermined:
    case Verdict::pending:
    case Verdict::waived:
    case Verdict::exempt:
    case Verdict::conflict:
    case Verdict::error: return to_string(verdict);
  }
  return "error";
}

bool in_favour(Verdict verdict) {
  switch (verdict) {
    case Verdict::compliant:
    case Verdict::exempt:
    case Verdict::pending:
    case Verdict::not_yet_due:
    case Verdict::not_applicable:
    case Verdict::not_effective: return true;
    case Verdict::gap:
    case Verdict::undetermined:
    case Verdict::waived:
    case Verdict::conflict:
    case Verdict::error: return false;
  }
  return false;
}

int Outcomes::size() const { return std::popcount(bits_); }

std::vector<Verdict> Outcomes::list() const {
  std::vector<Verdict> out;
  for (int i = 0; i <= static_cast<int>(Verdict::error); ++i)
    if (contains(static_cast<Verdict>(i))) out.push_back(static_cast<Verdict>(i));
  return out;
}

void Excepted::add(Truth operative, const Requirement* instead) {
  std::vector<Sure> outcomes;
  if (instead == nullptr) {
    outcomes.push_back(Sure::exempt);
  } else {
    for (Met m : completions(*instead)) outcomes.push_back(sure_of(m));
  }
  Excepted out = none_yet();
  for (Way before : ways())
    for (Truth t : completions(operative)) {
      if (t.is_false()) out.insert(before);
      if (t.is_true())
        for (Sure s : outcomes) out.insert({join(before.sure, s), before.doubt});
      if (t.is_error())
        for (Sure s : outcomes) out.insert({before.sure, std::max(before.doubt, doubt_of(s))});
    }
  *this = out;
}

std::vector<Excepted::Way> Excepted::ways() const {
  std::vector<Way> out;
  for (unsigned i = 0; i < 35; ++i)
    if ((ways_ >> i) & 1u) out.push_back({static_cast<Sure>(i / 5), static_cast<Doubt>(i % 5)});
  return out;
}

Judgement settle(Outcomes all) {
  if (all.size() == 1) return {all.list().front(), {}, false};
  if (all.subset_of(kNotDue)) return {Verdict::not_applicable, {}, false};
  if (all.subset_of(kMet)) return {all.contains(Verdict::pending) ? Verdict::pending : Verdict::compliant, {}, false};
  bool at_risk = false;
  for (Verdict v : kAgainst.list()) at_risk = at_risk || all.contains(v);
  return {Verdict::undetermined, all, at_risk};
}

Judgement judge(const Effectiveness& f, Truth a, Excepted x, const Requirement& r) {
  Outcomes all;
  const std::vector<Way> xs = x.ways();
  const std::vector<Met> rs = completions(r);
  for (Force cf : completions(f))
    for (Truth ca : completions(a))
      for (Way cx : xs)
        for (Met cr : rs) all.insert(outcome(cf, ca, cx, cr));
  return settle(all);
}

namespace {

Excepted exempting(Truth x) {
  Excepted out;
  out.add(x);
  return out;
}

// The completions again, as inputs of judge().
std::vector<Effectiveness> settled(const Effectiveness& f) {
  std::vector<Effectiveness> out;
  for (Force c : completions(f)) {
    Effectiveness e;
    e.can_be_effective = c == Force::effective;
    e.can_be_not_effective = c == Force::not_effective;
    e.can_be_not_yet_due = c == Force::not_yet_due;
    e.error = c == Force::error;
    out.push_back(e);
  }
  return out;
}

std::vector<Excepted> settled(Excepted x) {
  std::vector<Excepted> out;
  for (Way w : x.ways()) {
    out.push_back(Excepted::none_yet());
    out.back().insert(w);
  }
  return out;
}

bool open(const Judgement& j) { return j.verdict == Verdict::undetermined; }

}  // namespace

Judgement judge(const Effectiveness& f, Truth a, Truth x, const Requirement& r) { return judge(f, a, exempting(x), r); }

bool matters(const Effectiveness& f, Truth a, const std::vector<Excepted>& candidates, const Requirement& r) {
  for (const Effectiveness& cf : settled(f))
    for (Truth ca : completions(a))
      for (const Requirement& cr : settled(r))
        for (Excepted x : candidates)
          if (open(judge(cf, ca, x, cr))) return true;
  return false;
}

Relevant relevant(const Effectiveness& f, Truth a, Excepted x, const Requirement& r) {
  const std::vector<Effectiveness> fs = settled(f);
  const std::vector<Truth> as = completions(a);
  const std::vector<Excepted> xs = settled(x);
  const std::vector<Requirement> rs = settled(r);
  Relevant out;
  out.x = matters(f, a, {x}, r);
  for (const Effectiveness& cf : fs)
    for (Truth ca : as)
      for (Excepted cx : xs) {
        out.r = out.r || open(judge(cf, ca, cx, r));
        for (const Requirement& cr : rs) {
          out.f = out.f || open(judge(f, ca, cx, cr));
          out.a = out.a || open(judge(cf, a, cx, cr));
        }
      }
  return out;
}

Relevant relevant(const Effectiveness& f, Truth a, Truth x, const Requirement& r) {
  return relevant(f, a, exempting(x), r);
}

Truth operative(Truth when, const std::vector<Truth>& defeaters) {
  Truth out = when;
  for (Truth d : defeaters) out = and_(out, not_(d));
  return out;
}

int badness(Verdict verdict, bool at_risk) {
  switch (verdict) {
    case Verdict::error: return 5;
    case Verdict::conflict: return 4;
    case Verdict::gap: return 3;
    case Verdict::undetermined: return at_risk ? 2 : 0;
    case Verdict::waived: return 1;
    case Verdict::compliant:
    case Verdict::pending:
    case Verdict::exempt:
    case Verdict::not_yet_due:
    case Verdict::not_applicable:
    case Verdict::not_effective: return 0;
  }
  return 0;
}

}  // namespace writ::eval
