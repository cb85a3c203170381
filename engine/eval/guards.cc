// Presence: `x is present`, `x otherwise y`, and which reads are covered by a guard. A guarded read cannot fail: where
// x is absent the guard has already decided, so neither an error nor the possibility of one is counted.
#include <algorithm>

#include "engine/eval/machine.h"

namespace writ::eval {

using ir::NodeId;
using ir::Op;

bool Machine::is_guarded(facts::FactId fact, NodeId node) const {
  return std::any_of(guards_.begin(), guards_.end(), [&](const Guard& g) {
    // The node of a term is the same for every argument: where both facts are known, they decide.
    if (fact.valid() && g.fact.valid()) return g.fact == fact;
    return g.node.valid() && g.node == node;
  });
}

void Machine::guards(NodeId id, bool holds, Guards& out) {
  if (!id.valid() || (options.plan != nullptr && !options.plan->may_guard(id, holds))) return;
  step();
  const ir::Node& node = program.nodes[id];
  switch (node.op) {
    case Op::present:
      if (holds) {
        const std::size_t before = errors_.size();
        out.push_back({eval(NodeId(node.a)).fact, NodeId(node.a)});
        errors_.resize(before);  // a guard is found, not judged
      }
      return;
    case Op::not_: return guards(NodeId(node.a), !holds, out);
    case Op::and_:
      if (holds)
        for (NodeId operand : list(node.a, node.b)) guards(operand, true, out);
      return;
    case Op::or_:
      if (!holds)
        for (NodeId operand : list(node.a, node.b)) guards(operand, false, out);
      return;
    case Op::call: {
      const ir::Term& term = program.terms[ir::TermId(node.a)];
      // A defeated term says nothing about its `means`.
      if (!holds && !term.unless.empty()) return;
      const std::size_t reported = errors_.size();
      const std::vector<Value> values = arguments(node.b, node.c);
      errors_.resize(reported);
      std::vector<Value> before;
      for (std::size_t i = 0; i < values.size(); ++i) before.push_back(std::exchange(slot(term.params[i]), values[i]));
      guards(term.means, holds, out);
      for (std::size_t i = values.size(); i-- > 0;) slot(term.params[i]) = std::move(before[i]);
      return;
    }
    case Op::edition: return common_guards(texts(node), holds, out);
    case Op::contested: {
      const auto chosen = chosen_reading(node);
      return common_guards(chosen ? std::vector{*chosen} : list(node.b, node.c), holds, out);
    }
    default: return;
  }
}

// Present whichever of them is the law.
void Machine::common_guards(const std::vector<NodeId>& texts, bool holds, Guards& out) {
  std::optional<Guards> common;
  for (NodeId text : texts) {
    Guards mine;
    guards(text, holds, mine);
    if (!common) {
      common = std::move(mine);
      continue;
    }
    std::erase_if(*common, [&](const Guard& g) {
      return std::none_of(mine.begin(), mine.end(), [&](const Guard& o) {
        return (g.fact.valid() && g.fact == o.fact) || (g.node.valid() && g.node == o.node);
      });
    });
  }
  if (common) out.insert(out.end(), common->begin(), common->end());
}

Value Machine::present(const ir::Node& node) {
  Value v = eval(NodeId(node.a));
  switch (v.state) {
    case Value::State::known: return Value::of(Truth::yes(), std::move(v.blame));
    case Value::State::absent: return Value::of(Truth::no(), std::move(v.blame));
    case Value::State::error: return Value::failed(std::move(v.blame));
    case Value::State::unknown: break;
  }
  if (v.exists && !v.may_error) return Value::of(Truth::yes(), std::move(v.blame));
  return Value::of(Truth::maybe(v.may_error), std::move(v.blame));
}

Value Machine::answered(const ir::Node& node) {
  Value v = eval(NodeId(node.a));
  switch (v.state) {
    case Value::State::known:
    case Value::State::absent: return Value::of(Truth::yes(), std::move(v.blame));
    case Value::State::error: return Value::failed(std::move(v.blame));
    case Value::State::unknown: break;
  }
  if (v.exists) return Value::of(Truth::yes(), std::move(v.blame));
  if (v.fact.valid() && document[v.fact].reason == model::Reason::refused) {
    Blame blame;
    blame.because.push_back(v.fact);
    return Value::of(Truth::no(), std::move(blame));
  }
  return Value::of(Truth::maybe(v.may_error), std::move(v.blame));
}

Value Machine::otherwise(const ir::Node& node) {
  Value x = eval(NodeId(node.a));
  Value y = eval(NodeId(node.b));
  if (x.absent()) {
    y.blame = together(x, y);
    return y;
  }
  if (!x.unknown() || !x.may_absent) return x;
  // It may turn out absent: then it is y.
  Blame blame = together(x, y);
  blame.because = x.blame.because;
  Value out = Value::maybe(y.absent() || y.error() ? model::Scalar{} : hull(x.scalar, y.scalar), std::move(blame),
                           x.may_error || y.may_error || y.error());
  out.may_absent = y.absent() || (y.unknown() && y.may_absent);
  out.exists = !out.may_absent && x.exists && (y.known() || y.exists);
  return out;
}

}  // namespace writ::eval
