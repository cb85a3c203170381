#include "engine/columns/judge.h"

#include <algorithm>
#include <bit>

#include "engine/columns/execute.h"
#include "engine/eval/excepted.h"

namespace writ::columns {

using eval::Truth;
using eval::Verdict;

namespace {

constexpr std::size_t kNo = 0, kYes = 1, kUnknown = 2, kRisky = 3, kTruths = 4;

using Parts = std::array<std::uint64_t, kTruths>;

Truth truth_of(std::size_t i) { return i == kNo ? Truth::no() : i == kYes ? Truth::yes() : Truth::maybe(i == kRisky); }

Parts parts(const Mask& m) { return {m.no, m.yes, m.unknown(), m.risky}; }

template <class F>
void each(std::uint64_t rows, F body) {
  for (; rows != 0; rows &= rows - 1) body(static_cast<std::uint32_t>(std::countr_zero(rows)));
}

}  // namespace

namespace {

eval::Effectiveness effectiveness(std::size_t ways) {
  eval::Effectiveness out;
  out.can_be_effective = (ways & kEffective) != 0;
  out.can_be_not_effective = (ways & kNotEffective) != 0;
  out.can_be_not_yet_due = (ways & kNotYetDue) != 0;
  return out;
}

std::size_t truth_in(const Mask& m, std::uint32_t row) {
  return (m.no >> row & 1U) != 0      ? kNo
         : (m.yes >> row & 1U) != 0   ? kYes
         : (m.risky >> row & 1U) != 0 ? kRisky
                                      : kUnknown;
}

eval::Options with(eval::Options options, const eval::Plan& plan) {
  options.plan = &plan;
  return options;
}

}  // namespace

Judge::Judge(const Plan& plan)
    : plan_(plan), members_(*plan.program), fixed_(*plan.program, with(plan.options, members_)), stage_(plan, fixed_) {
  table_.resize(8 * 64);
  for (std::size_t w = 1; w < 8; ++w) {
    const eval::Effectiveness force = effectiveness(w);
    for (std::size_t a = 0; a < kTruths; ++a)
      for (std::size_t x = 0; x < kTruths; ++x)
        for (std::size_t r = 0; r < kTruths; ++r) {
          table_[((w * 4 + a) * 4 + x) * 4 + r] =
              eval::judge(force, truth_of(a), truth_of(x), eval::Requirement::of(truth_of(r)));
        }
  }
  for (const Table& table : plan.layout.tables) readers_.emplace_back(table.slots);
  for (std::uint32_t i = 0; i < plan.rules.size(); ++i) {
    const RulePlan& rule = plan.rules[i];
    gates_.push_back(plan.program->rules[rule.rule].status == ir::Status::binding);
    for (const Place& p : rule.reads) readers_[p.table][p.slot].push_back(i);
    if (rule.opaque) opaque_.push_back(i);
    if (rule.evidence) evidence_.push_back(i);
  }
  odd_.assign(plan.rules.size(), 0);
}

void Judge::find_odd(const Block& block) {
  std::fill(odd_.begin(), odd_.end(), 0);
  std::uint64_t any = block.evidenced;
  for (const Odd& odd : block.odd) {
    any |= odd.documents;
    for (std::uint32_t rule : readers_[odd.place.table][odd.place.slot]) odd_[rule] |= odd.documents;
  }
  if (any == 0) return;
  for (std::uint32_t rule : opaque_) odd_[rule] |= any;
  for (std::uint32_t rule : evidence_) odd_[rule] |= block.evidenced;
}

Judge::Ways Judge::ways_of(const ForcePlan& f, std::uint32_t table, Rows& rows, std::uint32_t word) const {
  Ways out;
  const std::uint64_t live = rows.live(word);
  if (f.kind == ForcePlan::Kind::same) out.rows[f.ways] = live;
  if (f.kind == ForcePlan::Kind::ask) out.ask = live;
  if (f.kind != ForcePlan::Kind::spans) return out;
  // The rows of each piece: those of which the day is known, and those that may lie in any.
  std::array<Date, kRows> days;
  std::uint64_t known = live, unknown = 0;
  if (f.on.slot != kNone)
    each(live, [&](std::uint32_t i) {
      const Stated stated = day_of(plan_, table, rows, f.on, word * kRows + i, days[i]);
      const std::uint64_t row = std::uint64_t{1} << i;
      if (stated == Stated::absent) out.ask |= row;
      if (stated == Stated::unknown) unknown |= row;
      if (stated != Stated::known) known &= ~row;
    });
  const Mask* masks = rows.masks(word);
  std::uint64_t effective = 0, not_effective = 0, deferred = 0;
  for (std::size_t p = f.pieces.size(); p-- > 0;) {
    const ForcePlan::Piece& piece = f.pieces[p];
    std::uint64_t in = 0;
    if (f.on.slot == kNone) {
      if (p == 0 || piece.from <= f.on.day) in = std::exchange(known, 0);
    } else {
      each(known, [&](std::uint32_t i) { in |= std::uint64_t{piece.from <= days[i]} << i; });
      known &= ~in;
    }
    in |= unknown;
    if (in == 0) continue;
    if (piece.taken) {
      not_effective |= in;
      continue;
    }
    const auto any = [&](const std::vector<std::uint32_t>& conditions) {
      Mask m{0, ~std::uint64_t{0}, 0};
      for (std::uint32_t c : conditions) {
        m.yes |= masks[c].yes;
        m.no &= masks[c].no;
        m.ask |= masks[c].ask | masks[c].risky;
      }
      m.ask &= ~m.yes;
      return m;
    };
    // As the machine combines transitional clauses: one that defers outweighs one that runs, and that the rule's own
    // spans (engine/eval/effect.cc).
    std::uint64_t none = live, running = 0, deferring = 0, ask = 0;
    for (const ForcePlan::Clause& c : piece.clauses) {
      const Mask a = masks[c.applies], s = any(c.runs);
      ask |= a.ask | a.risky | (s.ask & ~a.no);
      const std::uint64_t none2 = ~a.yes, running2 = ~a.no & ~s.no;
      deferring |= ~a.no & ~s.yes;
      running = (running & (none2 | running2)) | (running2 & (none | running));
      none &= none2;
    }
    const Mask own = any(piece.own);
    out.ask |= in & (ask | own.ask);
    effective |= in & (running | (none & ~own.no));
    not_effective |= in & none & ~own.yes;
    deferred |= in & deferring;
  }
  for (std::size_t w = 1; w < 8; ++w) {
    std::uint64_t is = live & ~out.ask;
    is &= (w & kEffective) != 0 ? effective : ~effective;
    is &= (w & kNotEffective) != 0 ? not_effective : ~not_effective;
    is &= (w & kNotYetDue) != 0 ? deferred : ~deferred;
    out.rows[w] = is;
  }
  return out;
}

std::uint64_t Judge::ask_of(const RequirementPlan& requirement, const Mask* masks, std::uint64_t act) const {
  const Mask& h = masks[requirement.holds];
  std::uint64_t ask = 0, excepted = 0;
  if (requirement.excepted != kNone) {
    ask = masks[requirement.excepted].ask;
    excepted = masks[requirement.excepted].yes;
  }
  for (const ExceptionPlan& e : requirement.exceptions) {
    ask |= masks[e.condition].ask;
    if (e.instead != kNone) ask |= masks[e.instead].ask & ~masks[e.condition].no;
  }
  return act & (ask | (h.ask & ~excepted));
}

eval::Judgement Judge::judge(const Inputs& inputs, std::size_t requirement, std::size_t ways, std::size_t applies,
                             const Mask* masks, std::uint32_t row) {
  const RequirementPlan& r = inputs.requirements[requirement];
  const std::size_t holds = truth_in(masks[r.holds], row);
  if (r.exceptions.empty())
    return table(ways, applies, r.excepted == kNone ? kNo : truth_in(masks[r.excepted], row), holds);
  states_.clear();
  for (const ExceptionPlan& e : r.exceptions) {
    states_.push_back(static_cast<std::uint8_t>(truth_in(masks[e.condition], row)));
    states_.push_back(e.instead == kNone ? kTruths : static_cast<std::uint8_t>(truth_in(masks[e.instead], row)));
    states_.push_back(static_cast<std::uint8_t>(e.yields_to.size()));
    for (std::uint32_t other : e.yields_to) states_.push_back(static_cast<std::uint8_t>(other));
  }
  constexpr std::size_t kMostKept = 1U << 14;  // many documents must not fill the memory
  if (excepted_.size() > kMostKept) excepted_.clear();
  auto it = excepted_.find(states_);
  if (it == excepted_.end()) {
    std::vector<eval::ExceptionInput> all;
    for (const ExceptionPlan& e : r.exceptions) {
      all.push_back({truth_of(truth_in(masks[e.condition], row)), std::nullopt, e.yields_to});
      if (e.instead != kNone) all.back().instead = eval::Requirement::of(truth_of(truth_in(masks[e.instead], row)));
    }
    it = excepted_.emplace(states_, eval::excepted(all)).first;
  }
  return eval::judge(effectiveness(ways), truth_of(applies), it->second, eval::Requirement::of(truth_of(holds)));
}

std::uint64_t Judge::agreed(const RulePlan& rule, const Ways& ways, Rows& rows, std::uint32_t word, std::uint64_t act) {
  const Mask* masks = rows.masks(word);
  const std::uint64_t unstated = rule.table == 0 ? 0 : rows.unstated(word);
  const auto applies = [&](const Inputs& inputs, std::uint32_t i) {
    const std::size_t a = truth_in(masks[inputs.applies], i);
    return a == kYes && (unstated >> i & 1U) != 0 ? kUnknown : a;
  };
  std::vector<Ways> by_reading;
  for (const Inputs& inputs : rule.readings) by_reading.push_back(ways_of(inputs.force, rule.table, rows, word));
  std::uint64_t out = 0;
  each(act, [&](std::uint32_t i) {
    const std::uint64_t row = std::uint64_t{1} << i;
    for (std::size_t r = 0; r < rule.inputs.requirements.size() && (out & row) == 0; ++r) {
      const eval::Judgement base = judge(rule.inputs, r, ways.of(i), applies(rule.inputs, i), masks, i);
      if (base.verdict != Verdict::undetermined) continue;
      eval::Outcomes all;
      std::vector<eval::Judgement> each_reading;
      for (std::size_t k = 0; k < rule.readings.size() && (out & row) == 0; ++k) {
        const Inputs& inputs = rule.readings[k];
        if (((by_reading[k].ask | masks[inputs.applies].ask | ask_of(inputs.requirements[r], masks, row)) & row) != 0) {
          out |= row;
          break;
        }
        each_reading.push_back(judge(inputs, r, by_reading[k].of(i), applies(inputs, i), masks, i));
        if (each_reading.back().verdict != Verdict::undetermined) all.insert(each_reading.back().verdict);
        for (Verdict v : each_reading.back().could_be.list()) all.insert(v);
      }
      if ((out & row) != 0) break;
      // As RuleJudge::under_readings: one verdict under all of them stands, if the quarrel is what left it open.
      const eval::Judgement settled = eval::settle(all);
      const bool one =
          settled.verdict != Verdict::undetermined ||
          std::all_of(each_reading.begin(), each_reading.end(), [&](const eval::Judgement& j) { return j == settled; });
      if (one && (settled.verdict != base.verdict || settled.at_risk != base.at_risk)) out |= row;
    }
  });
  return out;
}

void Judge::add(const RulePlan& rule, std::uint32_t index, std::uint32_t requirement, Short s, std::uint64_t rows,
                std::uint32_t word, Rows& table, std::array<Judged, kRows>& out) {
  if (rows == 0) return;
  const auto v = static_cast<std::size_t>(s.verdict);
  const bool gates = gates_[index];
  const bool inapplicable = s.verdict == Verdict::not_applicable;
  if (rule.table == 0) {
    counters_[gates ? 0 : 1][v].add(rows);
    if (inapplicable) inapplicable_[index] |= rows;
  } else {
    each(rows, [&](std::uint32_t i) {
      const std::uint32_t document = table.document(word * kRows + i);
      Judged& j = out[document];
      ++(gates ? j.binding : j.other)[v];
      if (inapplicable) inapplicable_[index] |= std::uint64_t{1} << document;
    });
  }
  if (s.verdict != Verdict::gap && s.verdict != Verdict::undetermined && s.verdict != Verdict::conflict) return;
  each(rows, [&](std::uint32_t i) {
    const std::uint32_t row = word * kRows + i;
    out[rule.table == 0 ? i : table.document(row)].adverse.push_back(
        {index, requirement, rule.table == 0 ? kNone : row, s.verdict, s.at_risk});
  });
}

void Judge::rule(std::uint32_t index, Block& block, std::array<Judged, kRows>& out) {
  const RulePlan& rule = plan_.rules[index];
  Rows& rows = block.tables[rule.table];
  const std::uint32_t words = rows.words();
  const bool listed = rule.table != 0;

  // First what the machine must be asked about: of such a document nothing is taken from here.
  std::uint64_t ask_documents = 0, any_documents = 0;
  for (std::uint32_t word = 0; word < words; ++word) {
    const Mask* masks = rows.masks(word);
    const Ways ways = ways_of(rule.inputs.force, rule.table, rows, word);
    std::uint64_t rest = sound_[rule.table][word];
    Mask a = masks[rule.inputs.applies];
    std::uint64_t ask = 0, element_or_none = 0;
    if (rule.where != kNone) {
      element_or_none = rest & masks[rule.where].ask;
      rest &= ~masks[rule.where].no;
    }
    if (listed)
      each(rest, [&](std::uint32_t i) { any_documents |= std::uint64_t{1} << rows.document(word * kRows + i); });
    rest &= ~ways.rows[kNotEffective];
    ask |= a.ask | ways.ask;
    const std::uint64_t act = rest & ~a.no;
    const std::uint64_t certain = ways.rows[kEffective] | ways.rows[kNotYetDue];
    const std::uint64_t sure = certain & (listed ? a.yes & ~rows.unstated(word) : a.yes);
    for (const RequirementPlan& r : rule.inputs.requirements) {
      ask |= ask_of(r, masks, act);
      if (!rule.presumes) continue;
      const Mask none{0, ~std::uint64_t{0}, 0};
      const Mask e = !r.exceptions.empty() ? Mask{} : r.excepted == kNone ? none : masks[r.excepted];
      const Mask h = masks[r.holds];
      ask |= act & ~(sure & (e.yes | (e.no & (h.yes | h.no))));
    }
    if (!rule.readings.empty()) ask |= agreed(rule, ways, rows, word, act & ~ask);
    ask = (ask & rest) | element_or_none;
    if (!listed) {
      ask_documents = ask;
    } else {
      each(ask, [&](std::uint32_t i) { ask_documents |= std::uint64_t{1} << rows.document(word * kRows + i); });
    }
  }
  if (listed && rule.nothing_listed == 0) ask_documents |= block.sound & ~any_documents;
  if (rule.table == 0 && rule.inputs.force.kind == ForcePlan::Kind::ask) ask_documents |= block.sound;
  ask_documents |= odd_[index] & block.sound;
  for (std::uint32_t leaf : rule.may_fail) ask_documents |= block.failing[leaf] & block.sound;
  each(ask_documents, [&](std::uint32_t d) {
    out[d].ask.push_back({index, !rule.opaque && (odd_[index] >> d & 1U) == 0});
  });
  std::array<std::size_t, kRows> before{};
  if (listed) each(block.sound, [&](std::uint32_t d) { before[d] = out[d].adverse.size(); });

  for (std::uint32_t word = 0; word < words; ++word) {
    const Mask* masks = rows.masks(word);
    std::uint64_t rest = sound_[rule.table][word];
    if (!listed) {
      rest &= ~ask_documents;
    } else if (ask_documents != 0) {
      std::uint64_t without = 0;
      each(rest, [&](std::uint32_t i) {
        if ((ask_documents >> rows.document(word * kRows + i) & 1U) != 0) without |= std::uint64_t{1} << i;
      });
      rest &= ~without;
    }
    if (rule.where != kNone) rest &= ~masks[rule.where].no;
    if (rest == 0) continue;
    const Ways ways = ways_of(rule.inputs.force, rule.table, rows, word);
    Mask a = masks[rule.inputs.applies];
    if (listed) a.yes &= ~rows.unstated(word);  // it may not be there: unknown
    const Parts as = parts(a);
    for (std::size_t w = 1; w < 8; ++w) {
      const std::uint64_t in = rest & ways.rows[w];
      if (in == 0) continue;
      if (w == kNotEffective) {
        for (std::uint32_t r = 0; r < rule.inputs.requirements.size(); ++r)
          add(rule, index, r, brief(table(w, kNo, kNo, kNo)), in, word, rows, out);
        continue;
      }
      for (std::uint32_t r = 0; r < rule.inputs.requirements.size(); ++r) {
        add(rule, index, r, brief(table(w, kNo, kNo, kNo)), in & as[kNo], word, rows, out);
        const std::uint64_t act = in & ~as[kNo];
        if (act == 0) continue;
        const RequirementPlan& plan = rule.inputs.requirements[r];
        if (!plan.exceptions.empty()) {
          each(act, [&](std::uint32_t i) {
            add(rule, index, r, brief(judge(rule.inputs, r, w, truth_in(a, i), masks, i)), std::uint64_t{1} << i, word,
                rows, out);
          });
          continue;
        }
        const Parts es = plan.excepted == kNone ? Parts{~std::uint64_t{0}, 0, 0, 0} : parts(masks[plan.excepted]);
        const Mask& h = masks[plan.holds];
        // Whoever is certainly excepted is so whatever the requirement comes to.
        const Parts rs{h.no, h.yes, ~(h.no | h.yes | h.risky), h.risky};
        for (std::size_t i : {kYes, kUnknown, kRisky})
          for (std::size_t x = 0; x < kTruths; ++x) {
            const std::uint64_t both = act & as[i] & es[x];
            if (both == 0) continue;
            for (std::size_t k = 0; k < kTruths; ++k)
              add(rule, index, r, brief(table(w, i, x, k)), both & rs[k], word, rows, out);
          }
      }
    }
  }
  if (!listed) return;
  each(any_documents, [&](std::uint32_t d) {
    const auto first = out[d].adverse.begin() + static_cast<std::ptrdiff_t>(before[d]);
    std::sort(first, out[d].adverse.end(), [](const Outcome& x, const Outcome& y) {
      return x.row != y.row ? x.row < y.row : x.requirement < y.requirement;
    });
  });
  if (rule.nothing_listed == 0) return;
  // Nothing is listed, or nothing that the rule is about.
  const Short none = brief(table(rule.nothing_listed, kNo, kNo, kNo));
  if (none.verdict == Verdict::not_applicable) inapplicable_[index] |= block.sound & ~any_documents & ~ask_documents;
  each(block.sound & ~any_documents & ~ask_documents, [&](std::uint32_t d) {
    (gates_[index] ? out[d].binding : out[d].other)[static_cast<std::size_t>(none.verdict)] +=
        static_cast<std::uint32_t>(rule.inputs.requirements.size());
  });
}

void Judge::run(Block& block, std::array<Judged, kRows>& out) {
  for (Judged& j : out) {
    j.binding.fill(0);
    j.other.fill(0);
    j.adverse.clear();
    j.ask.clear();
  }
  execute(plan_, fixed_, stage_, block);
  block.sound &= ~block.troubled;
  counters_ = {};
  sound_.resize(block.tables.size());
  for (std::size_t t = 0; t < block.tables.size(); ++t) {
    const Rows& rows = block.tables[t];
    sound_[t].assign(rows.words(), 0);
    for (std::uint32_t word = 0; word < rows.words(); ++word)
      each(rows.live(word), [&](std::uint32_t i) {
        const std::uint32_t document = t == 0 ? i : rows.document(word * kRows + i);
        if ((block.sound >> document & 1U) != 0) sound_[t][word] |= std::uint64_t{1} << i;
      });
  }
  find_odd(block);
  inapplicable_.assign(plan_.rules.size(), 0);
  for (std::uint32_t i = 0; i < plan_.rules.size(); ++i) rule(i, block, out);
  each(block.sound, [&](std::uint32_t d) {
    for (std::size_t v = 0; v < kVerdicts; ++v) {
      out[d].binding[v] += counters_[0][v].of(d);
      out[d].other[v] += counters_[1][v].of(d);
    }
  });
}

}  // namespace writ::columns
