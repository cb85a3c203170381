#include "engine/columns/execute.h"

#include <algorithm>
#include <bit>

namespace writ::columns {

using ir::Op;

namespace {

constexpr std::uint64_t kAll = ~std::uint64_t{0};

Mask of(Say say, std::uint64_t rows = kAll) {
  switch (say) {
    case Say::yes: return {rows, 0, 0};
    case Say::no: return {0, rows, 0};
    case Say::ask: return {0, 0, rows};
    case Say::risky: return {0, 0, 0, rows};
    case Say::unknown: break;
  }
  return {};
}

void add(Mask& mask, const Mask& more) {
  mask.yes |= more.yes;
  mask.no |= more.no;
  mask.ask |= more.ask;
  mask.risky |= more.risky;
}

Mask opposite(Mask m) { return {m.no, m.yes, m.ask, m.risky}; }

bool holds(Op op, std::strong_ordering order) {
  switch (op) {
    case Op::lt: return order < 0;
    case Op::le: return order <= 0;
    case Op::gt: return order > 0;
    case Op::ge: return order >= 0;
    case Op::ne: return order != 0;
    default: return order == 0;
  }
}

/// Runs `body(row)` for each set bit.
template <class F>
void each(std::uint64_t rows, F body) {
  for (; rows != 0; rows &= rows - 1) body(static_cast<std::uint32_t>(std::countr_zero(rows)));
}

class Executor {
 public:
  Executor(const Plan& plan, eval::Fixed& fixed, Stage& stage, Block& block)
      : plan_(plan), fixed_(fixed), block_(block), stage_(stage) {}

  void run() {
    stage_.begin(block_);
    for (const Step& step : plan_.steps) {
      Rows& rows = block_.tables[step.table];
      const std::uint32_t* args = plan_.args.data() + step.args;
      if (step.op == Do::some || step.op == Do::every) {
        quantify(step, rows, args[0]);
        continue;
      }
      for (std::uint32_t word = 0; word < rows.words(); ++word) {
        Mask* masks = rows.masks(word);
        masks[step.out] = one(step, rows, word, masks, args);
      }
    }
  }

 private:
  Mask one(const Step& step, Rows& rows, std::uint32_t word, const Mask* masks, const std::uint32_t* args) {
    switch (step.op) {
      case Do::fixed: return of(step.say);
      case Do::all: {
        Mask out{kAll, 0, 0};
        for (std::uint32_t i = 0; i < step.count; ++i) {
          const Mask& m = masks[args[i]];
          out.yes &= m.yes;
          out.no |= m.no;
          out.ask |= m.ask;
          out.risky |= m.risky;
        }
        out.ask &= ~out.no;
        out.risky &= ~(out.no | out.ask);
        return out;
      }
      case Do::any: {
        Mask out{0, kAll, 0};
        for (std::uint32_t i = 0; i < step.count; ++i) {
          const Mask& m = masks[args[i]];
          out.yes |= m.yes;
          out.no &= m.no;
          out.ask |= m.ask;
          out.risky |= m.risky;
        }
        out.ask &= ~out.yes;
        out.risky &= ~(out.yes | out.ask);
        return out;
      }
      case Do::opposite: return opposite(masks[args[0]]);
      case Do::flag: {
        const Bits& b = rows.bits(word, step.slot);
        Mask out{b.known & b.yes, b.known & ~b.yes, 0};
        if (b.absent != 0) add(out, of(step.say, b.absent));
        return out;
      }
      case Do::present: {
        const Bits& b = rows.bits(word, step.slot);
        return {b.known, b.absent, 0};
      }
      case Do::answered: {
        const Bits& b = rows.bits(word, step.slot);
        return {b.known | b.absent, b.stated & ~b.known & ~b.absent & b.yes, 0};
      }
      case Do::test: return test(plan_.leaves[step.slot], step.table, rows, word);
      case Do::wide: return wide(step, rows, word, args[0]);
      case Do::agreed: {
        Mask out{kAll, kAll, 0};
        for (std::uint32_t i = 0; i < step.count; ++i) {
          const Mask& m = masks[args[i]];
          out.yes &= m.yes;
          out.no &= m.no;
          out.ask |= m.ask;
          out.risky |= m.risky;
        }
        out.risky &= ~out.ask;
        return out;
      }
      case Do::first_match: {
        // As Machine::classify: what is possible, until something certainly holds; an error that may come of one of
        // them may come of all.
        std::uint64_t open = kAll, in = 0, out = 0, ask = 0, risky = 0;
        for (std::uint32_t i = 0; i < step.count; ++i) {
          const Mask& m = masks[args[i]];
          const std::uint64_t possible = open & ~m.no;
          ((step.bits >> i & 1U) != 0 ? in : out) |= possible;
          ask |= open & m.ask;
          risky |= open & m.risky;
          open &= ~m.yes;
        }
        ask |= open;  // no branch certainly holds
        risky &= ~ask;
        const std::uint64_t sure = ~(ask | risky);
        return {in & ~out & sure, out & ~in & sure, ask, risky};
      }
      case Do::some:
      case Do::every: break;
    }
    return {};
  }

  Mask wide(const Step& step, const Rows& rows, std::uint32_t word, std::uint32_t mask) {
    Rows& above = block_.tables[plan_.layout.tables[step.table].parent];
    const std::uint32_t* parents = rows.parents(word);
    const auto count = static_cast<std::uint32_t>(std::popcount(rows.live(word)));
    Mask out;
    for (std::uint32_t i = 0; i < count; ++i) {
      const Mask& m = above.masks(parents[i] / kRows)[mask];
      const std::uint32_t bit = parents[i] % kRows;
      out.yes |= (m.yes >> bit & 1U) << i;
      out.no |= (m.no >> bit & 1U) << i;
      out.ask |= (m.ask >> bit & 1U) << i;
      out.risky |= (m.risky >> bit & 1U) << i;
    }
    return out;
  }

  // Over the rows of a list, for each row that holds one. A row that nobody has stated may be there or not.
  void quantify(const Step& step, Rows& rows, std::uint32_t mask) {
    const bool every = step.op == Do::every;
    for (std::uint32_t word = 0; word < rows.words(); ++word)
      rows.masks(word)[step.out] = every ? Mask{kAll, 0, 0} : Mask{0, kAll, 0};
    Rows& below = block_.tables[plan_.layout.slots[step.table][step.slot].below];
    for (std::uint32_t word = 0; word < below.words(); ++word) {
      const Mask m = every ? opposite(below.masks(word)[mask]) : below.masks(word)[mask];
      const std::uint64_t live = below.live(word), stated = live & ~below.unstated(word);
      // As `some`: yes decides, no leaves things as they are.
      each(live & ~m.no, [&](std::uint32_t i) {
        const std::uint32_t parent = below.parents(word)[i];
        const std::uint64_t bit = std::uint64_t{1} << (parent % kRows), row = std::uint64_t{1} << i;
        Mask& out = rows.masks(parent / kRows)[step.out];
        std::uint64_t& decided = every ? out.no : out.yes;
        (every ? out.yes : out.no) &= ~bit;
        if ((m.yes & stated & row) != 0) decided |= bit;
        if ((m.ask & row) != 0) out.ask |= bit;
        if ((m.risky & row) != 0) out.risky |= bit;
      });
    }
    for (std::uint32_t word = 0; word < rows.words(); ++word) {
      Mask& out = rows.masks(word)[step.out];
      out.ask &= ~(every ? out.no : out.yes);
      out.risky &= ~((every ? out.no : out.yes) | out.ask);
    }
  }

  Mask test(const Leaf& leaf, std::uint32_t table, Rows& rows, std::uint32_t word) {
    if (leaf.test == Test::machine) return for_machine(leaf, table, rows, word);
    if (leaf.test == Test::days || leaf.test == Test::in_time) return days(leaf, table, rows, word);
    if (leaf.test == Test::piece) return pieces(leaf, table, rows, word);
    const Bits& b = rows.bits(word, leaf.slot);
    const std::uint64_t live = rows.live(word);
    if (leaf.test == Test::size) return size(leaf, table, rows, word);
    Mask out;
    const std::uint64_t* values = rows.values(word, plan_.layout.slots[table][leaf.slot].column);
    const std::uint64_t plain = b.known & ~b.aside & live;
    switch (leaf.test) {
      case Test::by_value:
        each(plain, [&](std::uint32_t i) { add(out, of(leaf.says[values[i]], std::uint64_t{1} << i)); });
        break;
      case Test::number: {
        std::uint64_t yes = 0;
        each(plain, [&](std::uint32_t i) {
          yes |= std::uint64_t{holds(leaf.op, compare(Decimal::unpack(values[i]), leaf.decimal))} << i;
        });
        out = {yes, plain & ~yes, 0};
        break;
      }
      case Test::exact:
        each(plain, [&](std::uint32_t i) {
          const std::optional<Rational> value = Decimal::unpack(values[i]).rational();
          const std::uint64_t row = std::uint64_t{1} << i;
          if (!value) {
            out.ask |= row;
          } else {
            (holds(leaf.op, value->compare(leaf.rational)) ? out.yes : out.no) |= row;
          }
        });
        break;
      case Test::any_of:
      case Test::all_of: members(leaf, table, plain, values, out); break;
      case Test::size:
      case Test::piece:
      case Test::days:
      case Test::in_time:
      case Test::machine: break;
    }
    if (b.aside != 0) each(b.aside & live, [&](std::uint32_t i) { consult(leaf, table, word * kRows + i, out); });
    if (leaf.unknown != Say::unknown) add(out, of(leaf.unknown, live & ~(b.known | b.absent)));
    if (b.absent != 0) add(out, of(leaf.absent, b.absent));
    return out;
  }

  void members(const Leaf& leaf, std::uint32_t table, std::uint64_t rows, const std::uint64_t* values, Mask& out) {
    const bool bits = plan_.layout.slots[table][leaf.slot].cell == Cell::members;
    const Say decides = leaf.test == Test::any_of ? Say::yes : Say::no;
    each(rows, [&](std::uint32_t i) {
      bool decided = false, open = false, ask = false, risky = false;
      const auto look = [&](Say say) {
        decided = decided || say == decides;
        open = open || say == Say::unknown;
        ask = ask || say == Say::ask;
        risky = risky || say == Say::risky;
      };
      if (bits) {
        each(values[i], [&](std::uint32_t member) { look(leaf.says[member]); });
      } else {
        const std::uint64_t begin = values[i] >> 16U, count = values[i] & 0xFFFFU;
        for (std::uint64_t k = begin; k < begin + count; ++k) look(leaf.says[block_.countries[k]]);
      }
      const Say other = decides == Say::yes ? Say::no : Say::yes;
      add(out, of(decided ? decides
                  : ask   ? Say::ask
                  : risky ? Say::risky
                  : open  ? Say::unknown
                          : other,
                  std::uint64_t{1} << i));
    });
  }

  Mask size(const Leaf& leaf, std::uint32_t table, Rows& rows, std::uint32_t word) {
    const Slot& slot = plan_.layout.slots[table][leaf.slot];
    const Bits& b = rows.bits(word, leaf.slot);
    std::array<std::int64_t, kRows> counts{};
    if (slot.cell == Cell::list) {
      const Rows& below = block_.tables[slot.below];
      for (std::uint32_t i = 0; i < below.size(); ++i)
        if (below.parent(i) / kRows == word && (below.unstated(i / kRows) >> (i % kRows) & 1U) == 0)
          ++counts[below.parent(i) % kRows];
    } else {
      const std::uint64_t* values = rows.values(word, slot.column);
      each(b.known & ~b.aside, [&](std::uint32_t i) {
        counts[i] =
            slot.cell == Cell::members ? std::popcount(values[i]) : static_cast<std::int64_t>(values[i] & 0xFFFFU);
      });
    }
    Mask out;
    each(b.aside & rows.live(word), [&](std::uint32_t i) { consult(leaf, table, word * kRows + i, out); });
    each(((b.known & ~b.aside) | b.absent) & rows.live(word), [&](std::uint32_t i) {
      (holds(leaf.op, compare(Decimal{counts[i], 0}, leaf.decimal)) ? out.yes : out.no) |= std::uint64_t{1} << i;
    });
    add(out, of(leaf.unknown, rows.live(word) & ~(b.known | b.absent)));
    return out;
  }

  Mask days(const Leaf& leaf, std::uint32_t table, Rows& rows, std::uint32_t word) {
    Mask out;
    each(rows.live(word), [&](std::uint32_t i) {
      Date left, right;
      const Stated a = day_of(plan_, table, rows, leaf.left, word * kRows + i, left);
      const Stated b = day_of(plan_, table, rows, leaf.right, word * kRows + i, right);
      Say say = Say::unknown;
      if (leaf.test == Test::in_time) {
        say = in_time(a, left, b, right, leaf.day);
      } else if (a == Stated::absent || b == Stated::absent) {
        say = leaf.absent;
      } else if (a == Stated::known && b == Stated::known) {
        say = holds(leaf.op, left.days <=> right.days) ? Say::yes : Say::no;
      }
      add(out, of(say, std::uint64_t{1} << i));
    });
    return out;
  }

  Mask pieces(const Leaf& leaf, std::uint32_t table, Rows& rows, std::uint32_t word) {
    Mask out;
    each(rows.live(word), [&](std::uint32_t i) {
      Date day;
      const Stated stated = day_of(plan_, table, rows, leaf.left, word * kRows + i, day);
      Say say = stated == Stated::absent ? Say::ask : leaf.unknown;
      if (stated == Stated::known) {
        const auto after = std::upper_bound(leaf.days.begin(), leaf.days.end(), day);
        say = leaf.says[static_cast<std::size_t>(after - leaf.days.begin()) - 1];
      }
      add(out, of(say, std::uint64_t{1} << i));
    });
    return out;
  }

  // As Machine::within. A deadline that has not passed is pending, which is for the machine.
  static Say in_time(Stated done, Date done_on, Stated due, Date due_on, Date as_of) {
    if (due == Stated::absent) return Say::ask;
    if (due == Stated::unknown) return Say::unknown;
    if (done == Stated::known && done_on <= as_of) return done_on <= due_on ? Say::yes : Say::no;
    if (as_of <= due_on) return Say::ask;
    return done == Stated::unknown ? Say::unknown : Say::no;
  }

  Mask for_machine(const Leaf& leaf, std::uint32_t table, Rows& rows, std::uint32_t word) {
    const std::uint64_t live = rows.live(word);
    std::uint64_t stated = 0;
    for (const Place& place : leaf.reads) {
      if (place.table == table) {
        stated |= rows.bits(word, place.slot).stated;
        continue;
      }
      each(live & ~stated, [&](std::uint32_t i) {
        const std::uint32_t row = stage_.above(table, word * kRows + i, place.table);
        if ((block_.tables[place.table].bits(row / kRows, place.slot).stated >> (row % kRows) & 1U) != 0)
          stated |= std::uint64_t{1} << i;
      });
    }
    stated = leaf.always ? live : stated & live;
    Mask out = of(leaf.unknown, live & ~stated);
    if (leaf.whole) {
      each(stated, [&](std::uint32_t i) { consult(leaf, table, word * kRows + i, out); });
      return out;
    }
    out.ask |= stated;
    if (leaf.may_fail)
      each(stated, [&](std::uint32_t i) {
        const std::uint32_t row = word * kRows + i;
        block_.failing[static_cast<std::size_t>(&leaf - plan_.leaves.data())] |=
            std::uint64_t{1} << (table == 0 ? row : rows.document(row));
      });
    return out;
  }

  /// Asks the machine about one row: the condition with these facts alone.
  void consult(const Leaf& leaf, std::uint32_t table, std::uint32_t row, Mask& out) {
    Say say = Say::ask;
    std::optional<Date> day;
    bool no_day = false, good = leaf.whole;
    if (leaf.on_day) {
      Date on;
      const std::uint32_t day_table = leaf.day_term.slot == kNone ? table : leaf.reads.back().table;
      const Stated stated =
          day_of(plan_, day_table, block_.tables[day_table], leaf.day_term, stage_.above(table, row, day_table), on);
      good = good && stated != Stated::absent;
      no_day = stated == Stated::unknown;
      if (stated == Stated::known) day = on;
    }
    if (good && stage_.set(leaf, table, row)) {
      const eval::Truth t =
          fixed_.truth(leaf.node, stage_.bindings(), eval::Given{{}, stage_.guarded(), day, no_day, &leaf.readings});
      // An error that does not decide here is still said of the verdict. Absence is caught by a guard elsewhere.
      if (fixed_.troubled() && !stage_.absent()) {
        const std::uint64_t document = std::uint64_t{1} << (table == 0 ? row : block_.tables[table].document(row));
        (leaf.may_fail ? block_.failing[static_cast<std::size_t>(&leaf - plan_.leaves.data())] : block_.troubled) |=
            document;
      }
      say = t.is_true()       ? Say::yes
            : t.is_false()    ? Say::no
            : !t.is_unknown() ? Say::ask
            : t.may_error     ? Say::risky
                              : Say::unknown;
    }
    add(out, of(say, std::uint64_t{1} << (row % kRows)));
  }

  const Plan& plan_;
  eval::Fixed& fixed_;
  Block& block_;
  Stage& stage_;
};

}  // namespace

Stated day_of(const Plan& plan, std::uint32_t table, Rows& rows, const DayTerm& term, std::uint32_t row, Date& day) {
  day = term.day;
  if (term.slot != kNone) {
    const Bits& b = rows.bits(row / kRows, term.slot);
    const std::uint64_t bit = std::uint64_t{1} << (row % kRows);
    if ((b.absent & bit) != 0) return Stated::absent;
    if ((b.known & bit) == 0) return Stated::unknown;
    const std::uint64_t* values = rows.values(row / kRows, plan.layout.slots[table][term.slot].column);
    day.days = static_cast<std::int32_t>(static_cast<std::uint32_t>(values[row % kRows]));
  }
  if (term.months != 0) day = day.plus_months(term.months);
  if (term.days != 0) day = day.plus_days(term.days);
  return Stated::known;
}

void execute(const Plan& plan, eval::Fixed& fixed, Stage& stage, Block& block) {
  Executor(plan, fixed, stage, block).run();
}

}  // namespace writ::columns
