// Dated facts: a list of periods that do not overlap, each with its value. Days that no period covers are unknown.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/base/suggest.h"
#include "engine/facts/binder.h"

namespace writ::facts {
namespace {

constexpr std::string_view kForm = "write a list of periods: `- {from: 2025-01-01, until: 2025-06-30, value: …}`";

}  // namespace

/// The value of a period is optional, unknown or a placeholder like that of a fact without periods.
FactId Binder::period_value(RawId id, Place place) {
  const bool plain = node(id).kind != RawNode::Kind::null && !is_form(id, "unknown", vocabulary_.types[place.type]);
  return plain ? known_or_unknown(id, std::move(place)) : value(id, std::move(place));
}

FactId Binder::dated(RawId id, const Place& place) {
  const RawNode& list = node(id);
  if (list.kind == RawNode::Kind::scalar && is_placeholder(list, place.type, vocabulary_))
    return known_or_unknown(id, place);
  if (list.kind != RawNode::Kind::list ||
      std::any_of(list.items.begin(), list.items.end(), [&](RawId i) { return node(i).kind != RawNode::Kind::map; })) {
    const RawNode* wrong = &list;
    for (const RawId item : list.items) {
      if (node(item).kind != RawNode::Kind::map) {
        wrong = &node(item);
        break;
      }
    }
    const Span span = wrong->kind == RawNode::Kind::scalar
                          ? wrong->span
                          : Span{wrong->span.file, wrong->span.begin, wrong->span.begin + 1};
    error(Code::dated_form, span, fmt::format("{} is dated: it has a value for each period", describe(place)),
          std::string(kForm));
    return unstated(place, State::unknown, model::Reason::not_provided);
  }
  const FactId fact = add(place, State::known, model::Reason::none);
  (*this)[fact].span = list.span;
  std::vector<DatedValue> periods;
  std::vector<RawId> places;
  for (std::size_t i = 0; i < list.items.size() && !enough(); ++i) {
    const RawNode& item = node(list.items[i]);
    DatedValue period;
    RawId value_node;
    bool ended = false;
    Evidence evidence;
    evidence.span = item.span;
    for (const auto& [key, entry] : item.entries) {
      const std::string& name = node(key).text;
      if (name == "value") {
        value_node = entry;
      } else if (name == "from" || name == "until" || name == "before") {
        const auto day = node(entry).kind == RawNode::Kind::scalar ? Date::parse(node(entry).text) : std::nullopt;
        if (!day) {
          error(Code::dated_form, node(entry).span, fmt::format("`{}` is no day", shown(node(entry).text)),
                "write YYYY-MM-DD, a day that exists, or leave the key out");
          continue;
        }
        if (name == "from") {
          period.days.from = *day;
          continue;
        }
        if (std::exchange(ended, true))
          error(Code::dated_form, node(key).span, "a period has either `until` or `before`",
                "`until` includes its day, `before` does not");
        period.days.last = name == "until" ? *day : day->plus_days(-1);
      } else if (!name.starts_with("x-") && !evidence_part(key, entry, evidence)) {
        const std::string near = nearest(name, {"from", "until", "before", "value", "evidence", "as_of", "by"});
        error(Code::dated_form, node(key).span, fmt::format("`{}` is no part of a period", shown(name)),
              near.empty() ? std::string(kForm) : fmt::format("did you mean `{}`?", near));
      }
    }
    if (period.days.last < period.days.from)
      error(Code::dated_form, {item.span.file, item.span.begin, item.span.begin + 1},
            "the period ends before it begins");
    if (!value_node.valid()) {
      error(Code::dated_form, {item.span.file, item.span.begin, item.span.begin + 1}, "the period has no `value`",
            std::string(kForm));
      continue;
    }
    Place below = place;
    below.parent = fact;
    below.pointer = fmt::format("{}/{}/value", place.pointer, i);
    period.value = period_value(value_node, std::move(below));
    if (!evidence.text.empty()) attach(period.value, std::move(evidence));
    periods.push_back(period);
    places.push_back(list.items[i]);
  }
  std::vector<std::size_t> order(periods.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return periods[a].days.from < periods[b].days.from; });
  std::vector<DatedValue> sorted;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i > 0 && periods[order[i]].days.from <= periods[order[i - 1]].days.last) {
      const auto [first, second] = std::minmax(order[i - 1], order[i]);
      Diagnostic* diagnostic =
          error(Code::dated_form, node(places[second]).span, fmt::format("two periods of `{}` overlap", place.path),
                "end one before the other begins");
      if (diagnostic != nullptr) diagnostic->labels.push_back({node(places[first]).span, "the other one"});
    }
    sorted.push_back(periods[order[i]]);
  }
  // What is said of the fact as a whole rests on each of its periods: on the evidence that is oldest, if all have some.
  std::uint32_t weakest = UINT32_MAX;
  for (const DatedValue& period : sorted) {
    const std::uint32_t own = (*this)[period.value].evidence;
    if (own == UINT32_MAX) {
      weakest = UINT32_MAX;
      break;
    }
    const auto age = [&](std::uint32_t e) { return document_.evidence[e].as_of.value_or(Date::min()); };
    if (weakest == UINT32_MAX || age(own) < age(weakest)) weakest = own;
  }
  (*this)[fact].evidence = weakest;
  (*this)[fact].dated = std::move(sorted);
  return fact;
}

}  // namespace writ::facts
