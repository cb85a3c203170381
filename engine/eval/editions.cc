// Law in several texts: editions, of which the governing day selects one, and contested readings, of which only what
// all share is certain.
#include <algorithm>

#include "engine/eval/machine.h"

namespace writ::eval {

using ir::NodeId;

namespace {

std::string cited(const ir::Program& program, const ir::Readings::Reading& reading) {
  std::string out = "`" + reading.name + "`";
  if (!reading.cites.empty()) out += " (" + ir::text(program, reading.cites.front()) + ")";
  return out;
}

}  // namespace

std::vector<Edition> Machine::editions(const ir::Node& node) const {
  std::vector<Edition> out;
  for (std::uint32_t i = 0; i < node.b; ++i) {
    const std::uint32_t* at = program.lists.data() + node.a + 3 * static_cast<std::size_t>(i);
    out.push_back({{Date{static_cast<std::int32_t>(at[0])}, Date{static_cast<std::int32_t>(at[1])}}, NodeId(at[2])});
  }
  return out;
}

std::vector<NodeId> Machine::texts(const ir::Node& node) const {
  std::vector<NodeId> out;
  for (const Edition& e : editions(node)) {
    if (day_.known() && !e.days.contains(std::get<Date>(day_.scalar))) continue;
    if (std::find(out.begin(), out.end(), e.text) == out.end()) out.push_back(e.text);
  }
  return out;
}

Value Machine::edition(const ir::Node& node) {
  const std::vector<Edition> all = editions(node);
  std::vector<DayInterval> intervals;
  for (const Edition& e : all) intervals.push_back(e.days);
  // One text is computed once, on however many days it is in force: an unknown day stays unknown inside it.
  std::map<NodeId, Value> values;
  for (NodeId text : texts(node)) values.emplace(text, eval(text));
  return by_day(intervals, [&](Date day) {
    for (const Edition& e : all)
      if (e.days.contains(day)) return values.at(e.text);
    WRIT_CHECK(!"editions cover every day");
    return Value::failed();
  });
}

std::optional<NodeId> Machine::chosen_reading(const ir::Node& node) const {
  const auto it = readings_.find(ir::ReadingsId(node.a));
  if (it == readings_.end() || it->second >= node.c) return std::nullopt;
  return NodeId(program.lists[node.b + it->second]);
}

Value Machine::contested(const ir::Node& node) {
  if (const auto chosen = chosen_reading(node)) return eval(*chosen);
  std::vector<Value> values;
  for (NodeId reading : list(node.b, node.c)) values.push_back(eval(reading));
  BlameSum sum;
  for (const Value& v : values) sum.add(v.blame);
  const Value& first = values.front();
  const auto agrees = [&](const Value& v) { return !v.unknown() && same_value(v, first); };
  if (std::all_of(values.begin(), values.end(), agrees)) {
    Value out = first;
    for (const Value& v : values)
      if (v.fact != out.fact) out.fact = {};
    out.blame = sum.take();
    return out;
  }
  Value out;
  out.exists = true;
  bool begun = false;
  for (const Value& v : values) {
    out.may_error = out.may_error || v.may_error || v.error();
    out.may_absent = out.may_absent || v.absent() || (v.unknown() && v.may_absent);
    out.exists = out.exists && (v.known() || v.exists);
    if (v.pending && (!out.due || (v.due && *v.due < *out.due))) out.due = v.due;
    out.pending = out.pending || v.pending;
    if (v.error() || v.absent()) continue;
    out.scalar = begun ? hull(out.scalar, v.scalar) : v.scalar;
    begun = true;
  }
  out.blame = sum.take();
  const ir::ReadingsId id(node.a);
  const ir::Readings& item = program.readings[id];
  std::string text = "`" + item.name + "` is contested: ";
  for (std::size_t i = 0; i < item.readings.size(); ++i)
    text += (i == 0 ? "" : i + 1 == item.readings.size() ? " or " : ", ") + cited(program, item.readings[i]);
  out.blame.law.push_back({std::move(text), item.span});
  out.blame.contested.push_back(id);
  return out;
}

}  // namespace writ::eval
