// Items of the law inside expressions: terms and scopes with their `unless`, classifications, tables.
#include <algorithm>

#include "engine/eval/machine.h"

namespace writ::eval {

using ir::NodeId;
using model::Candidates;

Value Machine::defeated(NodeId when, const std::vector<ir::Defeater>& but_not) {
  // Operative iff the condition holds and none of its defeaters does.
  std::vector<Value> all{condition(when)};
  Guards held;
  guards(when, true, held);
  for (const ir::Defeater& d : but_not) all.push_back(negated(guarded(held, [&] { return condition(d.when); })));
  return all_of(all);
}

Value Machine::defeasible(NodeId means, const std::vector<ir::Unless>& unless) {
  std::vector<Value> all{strict(means)};
  if (unless.empty()) return all.front();
  Guards held;
  guards(means, true, held);
  for (const ir::Unless& u : unless) all.push_back(negated(guarded(held, [&] { return defeated(u.when, u.but_not); })));
  return all_of(all);
}

Value Machine::scope(ir::ScopeId id) {
  return remembered(Memo::What::scope, id.index, {}, [&](std::span<const Value>) {
    const ir::Scope& scope = program.scopes[id];
    return defeasible(scope.means, scope.unless);
  });
}

Value Machine::call(ir::TermId id, std::vector<Value> arguments) {
  return remembered(Memo::What::term, id.index, std::move(arguments), [&](std::span<const Value> values) {
    const ir::Term& term = program.terms[id];
    WRIT_CHECK(values.size() == term.params.size());
    std::vector<Value> before;
    for (std::size_t i = 0; i < values.size(); ++i) before.push_back(std::exchange(slots_[term.params[i]], values[i]));
    // Only a boolean term has `unless`; any other may be absent, which is for the reader of the term to guard.
    Value out = term.unless.empty() ? eval(term.means) : defeasible(term.means, term.unless);
    for (std::size_t i = values.size(); i-- > 0;) slots_[term.params[i]] = std::move(before[i]);
    return out;
  });
}

Value Machine::classify(ir::ClassId id, std::span<const Value> arguments) {
  return remembered(Memo::What::classification, id.index, {arguments.begin(), arguments.end()},
                    [&](std::span<const Value> values) { return classify(program.classes[id], values); });
}

Value Machine::classify(const ir::Class& classification, std::span<const Value> arguments) {
  WRIT_CHECK(arguments.size() == classification.params.size());
  std::vector<Value> before;
  for (std::size_t i = 0; i < arguments.size(); ++i)
    before.push_back(std::exchange(slots_[classification.params[i]], arguments[i]));

  const std::size_t members = program.vocabulary->enums[classification.enumeration].members.size();
  Candidates possible;
  possible.possible.assign(members, false);
  BlameSum sum;
  bool may_error = false, settled = false, failed = false, any = false;
  // One branch: false drops, unknown is kept and goes on, true is kept and stops; an error is what comes out when the
  // walk gets there.
  const auto branch = [&](std::size_t member, const Value& when) {
    sum.add(when.blame);
    const Truth t = when.truth();
    if (t.is_false()) return;
    if (t.is_error()) {
      failed = settled = true;
      return;
    }
    possible.possible[member] = true;
    any = true;
    may_error = may_error || t.may_error;
    settled = t.is_true();
  };
  if (classification.within.valid()) {
    branch(members - 1, negated(scope(classification.within)));  // out_of_scope is the last member
  }
  for (const ir::Branch& b : classification.branches) {
    const Value when = condition(b.when);  // computed even when settled, so that its errors are seen
    if (!settled) branch(b.member, when);
  }
  if (!settled) {  // the checker wants an `otherwise`
    failed = true;
    report("no branch of `" + classification.name + "` holds", classification.span);
  }
  for (std::size_t i = arguments.size(); i-- > 0;) slots_[classification.params[i]] = std::move(before[i]);
  if (failed && !any) return Value::failed(sum.take());
  return shaped(possible, sum.take(), may_error || failed);
}

Value Machine::lookup(NodeId id, const ir::Node& node) {
  const ir::Table& table = program.tables[ir::TableId(node.a)];
  std::vector<Value> keys;
  for (NodeId n : list(node.b, node.c)) keys.push_back(strict(n));
  BlameSum sum;
  bool unknown = false, error = false, may_error = false;
  for (const Value& k : keys) {
    sum.add(k.blame);
    unknown = unknown || k.unknown();
    error = error || k.error();
    may_error = may_error || k.may_error;
  }
  if (table.supplied.declared && table.supplied.digest.empty()) {
    Blame blame;
    blame.law.push_back({not_supplied(table.name, table.supplied), table.span});
    sum.add(blame);
    Value out = Value::maybe({}, sum.take(), may_error || error);
    out.may_absent = table.otherwise_absent;
    return out;
  }
  if (unknown) {
    Value out = Value::maybe({}, sum.take(), may_error || error);
    out.may_absent = table.otherwise_absent;
    return out;
  }
  if (error) return Value::failed(sum.take());

  const auto matches = [&](const ir::TableRow& row) {
    for (std::size_t i = 0; i < keys.size(); ++i)
      if (!(row.keys[i] == keys[i].scalar)) return false;
    return true;
  };
  std::vector<DayInterval> intervals{table.known};
  for (const ir::TableRow& row : table.rows)
    if (matches(row)) intervals.push_back(row.days);
  Value out = by_day(intervals, [&](Date day) {
    const auto missing = [&](std::string text) {
      Blame blame;
      blame.law.push_back({std::move(text), table.span});
      return Value::maybe({}, std::move(blame));
    };
    if (!table.known.contains(day)) return missing("`" + table.name + "` is not known on " + day.text());
    for (const ir::TableRow& row : table.rows)
      if (matches(row) && row.days.contains(day)) return shaped(row.value, {}, false);
    if (table.otherwise_absent) {
      Value none;
      none.state = Value::State::absent;
      return none;
    }
    if (table.otherwise) return shaped(*table.otherwise, {}, false);
    return missing("`" + table.name + "` has no row for this key on " + day.text());
  });
  sum.add(out.blame);
  out.blame = sum.take();
  (void)id;
  return out;
}

}  // namespace writ::eval
