#include "engine/columns/judge.h"

#include <algorithm>
#include <bit>

#include "engine/columns/execute.h"

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

eval::Options with(eval::Options options, const eval::Plan& plan) {
  options.plan = &plan;
  return options;
}

}  // namespace

Judge::Judge(const Plan& plan)
    : plan_(plan), members_(*plan.program), fixed_(*plan.program, with(plan.options, members_)), stage_(plan, fixed_) {
  for (std::size_t w = 1; w < 8; ++w) {
    eval::Effectiveness force;
    force.can_be_effective = (w & kEffective) != 0;
    force.can_be_not_effective = (w & kNotEffective) != 0;
    force.can_be_not_yet_due = (w & kNotYetDue) != 0;
    for (std::size_t a = 0; a < kTruths; ++a)
      for (std::size_t x = 0; x < kTruths; ++x)
        for (std::size_t r = 0; r < kTruths; ++r) {
          const eval::Judgement j = eval::judge(force, truth_of(a), truth_of(x), eval::Requirement::of(truth_of(r)));
          table_[((w * 4 + a) * 4 + x) * 4 + r] = {j.verdict, j.at_risk};
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

Judge::Ways Judge::ways_of(const RulePlan& rule, Rows& rows, std::uint32_t word) const {
  Ways out;
  const ForcePlan& f = rule.force;
  const std::uint64_t live = rows.live(word);
  switch (f.kind) {
    case ForcePlan::Kind::same: out.rows[f.ways] = live; break;
    case ForcePlan::Kind::ask: out.ask = live; break;
    case ForcePlan::Kind::masks: {
      // As the machine combines transitional clauses: one that defers outweighs one that runs, and that the rule's own
      // spans (engine/eval/effect.cc).
      const Mask* masks = rows.masks(word);
      const Mask own = masks[f.own];
      std::uint64_t none = live, running = 0, deferred = 0;
      out.ask = own.ask;
      for (const ForcePlan::Clause& c : f.clauses) {
        const Mask a = masks[c.applies], s = masks[c.runs];
        out.ask |= a.ask | (s.ask & ~a.no);
        const std::uint64_t none2 = ~a.yes, running2 = ~a.no & ~s.no, deferred2 = ~a.no & ~s.yes;
        const std::uint64_t new_deferred = deferred | deferred2;
        running = (running & (none2 | running2)) | (running2 & (none | running));
        none &= none2;
        deferred = new_deferred;
      }
      const std::uint64_t effective = running | (none & ~own.no), not_effective = none & ~own.yes;
      for (std::size_t w = 1; w < 8; ++w) {
        std::uint64_t is = live & ~out.ask;
        is &= (w & kEffective) != 0 ? effective : ~effective;
        is &= (w & kNotEffective) != 0 ? not_effective : ~not_effective;
        is &= (w & kNotYetDue) != 0 ? deferred : ~deferred;
        out.rows[w] = is;
      }
      break;
    }
    case ForcePlan::Kind::day:
      each(live, [&](std::uint32_t i) {
        Date day;
        const Stated stated = day_of(plan_, rule.table, rows, f.on, word * kRows + i, day);
        const std::uint64_t row = std::uint64_t{1} << i;
        if (stated == Stated::absent) {
          out.ask |= row;
        } else if (stated == Stated::unknown) {
          out.rows[f.unknown_day] |= row;
        } else {
          std::uint8_t ways = kNotEffective;
          for (const auto& [from, w] : f.from)
            if (from <= day) ways = w;
          out.rows[ways] |= row;
        }
      });
      break;
  }
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
  if (s.verdict != Verdict::gap && s.verdict != Verdict::undetermined) return;
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
    const Ways ways = ways_of(rule, rows, word);
    std::uint64_t rest = sound_[rule.table][word];
    Mask a = masks[rule.applies];
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
    for (const RequirementPlan& r : rule.requirements) {
      const Mask e = r.excepted == kNone ? Mask{0, ~std::uint64_t{0}, 0} : masks[r.excepted];
      const Mask h = masks[r.holds];
      ask |= act & (e.ask | (h.ask & ~e.yes));
      if (rule.presumes) ask |= act & ~(sure & (e.yes | (e.no & (h.yes | h.no))));
    }
    ask = (ask & rest) | element_or_none;
    if (!listed) {
      ask_documents = ask;
    } else {
      each(ask, [&](std::uint32_t i) { ask_documents |= std::uint64_t{1} << rows.document(word * kRows + i); });
    }
  }
  if (listed && rule.nothing_listed == 0) ask_documents |= block.sound & ~any_documents;
  if (rule.table == 0 && rule.force.kind == ForcePlan::Kind::ask) ask_documents |= block.sound;
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
    const Ways ways = ways_of(rule, rows, word);
    Mask a = masks[rule.applies];
    if (listed) a.yes &= ~rows.unstated(word);  // it may not be there: unknown
    const Parts as = parts(a);
    for (std::size_t w = 1; w < 8; ++w) {
      const std::uint64_t in = rest & ways.rows[w];
      if (in == 0) continue;
      if (w == kNotEffective) {
        for (std::uint32_t r = 0; r < rule.requirements.size(); ++r)
          add(rule, index, r, table(w, kNo, kNo, kNo), in, word, rows, out);
        continue;
      }
      for (std::uint32_t r = 0; r < rule.requirements.size(); ++r) {
        add(rule, index, r, table(w, kNo, kNo, kNo), in & as[kNo], word, rows, out);
        const std::uint64_t act = in & ~as[kNo];
        if (act == 0) continue;
        const RequirementPlan& plan = rule.requirements[r];
        const Parts es = plan.excepted == kNone ? Parts{~std::uint64_t{0}, 0, 0, 0} : parts(masks[plan.excepted]);
        const Mask& h = masks[plan.holds];
        // Whoever is certainly excepted is so whatever the requirement comes to.
        const Parts rs{h.no, h.yes, ~(h.no | h.yes | h.risky), h.risky};
        for (std::size_t i : {kYes, kUnknown, kRisky})
          for (std::size_t x = 0; x < kTruths; ++x) {
            const std::uint64_t both = act & as[i] & es[x];
            if (both == 0) continue;
            for (std::size_t k = 0; k < kTruths; ++k)
              add(rule, index, r, table(w, i, x, k), both & rs[k], word, rows, out);
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
  const Short none = table(rule.nothing_listed, kNo, kNo, kNo);
  if (none.verdict == Verdict::not_applicable) inapplicable_[index] |= block.sound & ~any_documents & ~ask_documents;
  each(block.sound & ~any_documents & ~ask_documents, [&](std::uint32_t d) {
    (gates_[index] ? out[d].binding : out[d].other)[static_cast<std::size_t>(none.verdict)] +=
        static_cast<std::uint32_t>(rule.requirements.size());
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
