// Estimates: what is known of a number or a member that is not known exactly. {between: [8e24, 3e25]}, a lower and an
// upper bound, {one_of: [a, b]}. A range that is empty, or that says nothing, is an error with its place.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "engine/base/suggest.h"
#include "engine/facts/binder.h"

namespace writ::facts {

using model::Candidates;
using model::Money;
using model::NumberRange;
using model::Reason;
using model::Scalar;
using model::Type;
using model::TypeKind;

namespace {

constexpr auto kEstimates =
    std::to_array<std::string_view>({"between", "at_least", "more_than", "at_most", "less_than", "one_of"});

bool is_number(TypeKind kind) {
  return kind == TypeKind::integer || kind == TypeKind::decimal || kind == TypeKind::ratio ||
         kind == TypeKind::quantity || kind == TypeKind::money;
}

/// What to write where an estimate is not read.
std::string instead(TypeKind kind) {
  switch (kind) {
    case TypeKind::date:
    case TypeKind::instant: return "write the day on which it happened, or {unknown: not_assessed} until it is known";
    case TypeKind::duration: return "write the duration, or {unknown: not_assessed} until it is known";
    case TypeKind::boolean: return "either is possible: write {unknown: not_assessed}";
    case TypeKind::country: return "write the country, or {unknown: not_assessed} until it is known";
    default: return "write the value, or {unknown: not_assessed} until it is known";
  }
}

std::string_view form_of(TypeKind kind) {
  return is_number(kind) ? "write {between: [least, greatest]}, or a bound: {at_least: …}, {more_than: …}, "
                           "{at_most: …}, {less_than: …}"
                         : "write {one_of: [one, another]}";
}

const NumberRange& numbers(const Scalar& scalar) {
  const auto* money = std::get_if<Money>(&scalar);
  return money != nullptr ? money->amount : std::get<NumberRange>(scalar);
}

}  // namespace

/// A record where a single value is expected can only be meant as an estimate when one of its keys is, or nearly is,
/// the name of one.
bool Binder::is_estimate(RawId id, const Type& type) const {
  if (!is_scalar(type.kind) || node(id).kind != RawNode::Kind::map) return false;
  return std::any_of(node(id).entries.begin(), node(id).entries.end(), [&](const auto& entry) {
    const std::string& name = node(entry.first).text;
    return std::find(kEstimates.begin(), kEstimates.end(), name) != kEstimates.end() ||
           !nearest(name, {kEstimates.begin(), kEstimates.end()}).empty();
  });
}

FactId Binder::estimate(RawId id, Place place) {
  const Type& type = vocabulary_.types[place.type];
  Scalar scalar;
  std::string written;
  bool good = false;
  if (is_number(type.kind)) {
    good = range(id, place, scalar, written);
  } else if (type.kind == TypeKind::enumeration) {
    good = candidates(id, place, scalar, written);
  } else {
    error(Code::not_read_yet, node(id).span, fmt::format("{} has no estimates", describe(place)), instead(type.kind));
  }
  if (!good) return unstated(std::move(place), State::unknown, Reason::not_provided);
  const FactId fact = add(place, State::known, Reason::none);
  (*this)[fact].scalar = std::move(scalar);
  (*this)[fact].written = std::move(written);
  (*this)[fact].span = node(id).span;
  return fact;
}

void Binder::misplaced(RawId key, const Place& place) {
  const std::string& name = node(key).text;
  const TypeKind kind = vocabulary_.types[place.type].kind;
  if (std::find(kEstimates.begin(), kEstimates.end(), name) != kEstimates.end()) {
    error(Code::estimate_form, node(key).span, fmt::format("{} takes no `{}`", describe(place), name),
          std::string(form_of(kind)));
    return;
  }
  const std::string near = nearest(name, {kEstimates.begin(), kEstimates.end()});
  error(Code::estimate_form, node(key).span, fmt::format("`{}` is no part of an estimate", shown(name)),
        near.empty() ? std::string(form_of(kind)) : fmt::format("did you mean `{}`?", near));
}

std::optional<Scalar> Binder::bound(RawId id, const Place& place) {
  const RawNode& raw = node(id);
  if (raw.kind == RawNode::Kind::null || (raw.kind == RawNode::Kind::scalar && is_placeholder_text(raw.text))) {
    error(Code::estimate_form, raw.span, fmt::format("{}: the bound has no value", describe(place)),
          "leave it out, or write {unknown: not_assessed} if nothing is known");
    return std::nullopt;
  }
  if (raw.kind != RawNode::Kind::scalar) {
    error(Code::estimate_form, {raw.span.file, raw.span.begin, raw.span.begin + 1},
          fmt::format("{}: a bound is a single value", describe(place)), std::string(form_of(TypeKind::integer)));
    return std::nullopt;
  }
  ScalarReading reading = read_scalar(raw, place.type, vocabulary_);
  if (reading) return std::move(*reading);
  error(reading.error().code, raw.span, fmt::format("{}: {}", describe(place), reading.error().message),
        reading.error().help);
  return std::nullopt;
}

bool Binder::range(RawId id, const Place& place, Scalar& scalar, std::string& written) {
  const Type& type = vocabulary_.types[place.type];
  struct Bound {
    RawId key, node;
    bool open = false;
    std::string words;
  };
  std::optional<Bound> lower, upper;
  RawId both;
  const std::size_t errors = errors_;
  for (const auto& [key, entry] : node(id).entries) {
    const std::string& name = node(key).text;
    const auto take = [&](std::optional<Bound>& side, bool open, std::string words) {
      if (side) {
        Diagnostic* diagnostic = error(Code::estimate_form, node(key).span,
                                       fmt::format("`{}` bounds the same side as `{}`", name, node(side->key).text),
                                       "leave one of them out");
        if (diagnostic != nullptr) diagnostic->labels.push_back({node(side->key).span, "the other one"});
      }
      side = Bound{key, entry, open, std::move(words)};
    };
    if (name == "between") {
      both = key;
      const RawNode& pair = node(entry);
      if (pair.kind == RawNode::Kind::list && pair.items.size() == 2) {
        lower = Bound{key, pair.items[0], false, "between "};
        upper = Bound{key, pair.items[1], false, ""};
      } else {
        const Span span =
            pair.kind == RawNode::Kind::scalar ? pair.span : Span{pair.span.file, pair.span.begin, pair.span.begin + 1};
        error(Code::estimate_form, span, fmt::format("{}: `between` takes two bounds", describe(place)),
              "write the least and the greatest value: `{between: [1, 2]}`");
      }
    } else if (name == "at_least" || name == "more_than") {
      if (!both.valid()) take(lower, name == "more_than", name == "more_than" ? "more than " : "at least ");
    } else if (name == "at_most" || name == "less_than") {
      if (!both.valid()) take(upper, name == "less_than", name == "less_than" ? "less than " : "at most ");
    } else if (!name.starts_with("x-")) {
      misplaced(key, place);
    }
  }
  if (both.valid()) {
    for (const auto& [key, entry] : node(id).entries) {
      if (key == both || node(key).text.starts_with("x-")) continue;
      if (std::find(kEstimates.begin(), kEstimates.end(), node(key).text) != kEstimates.end() &&
          node(key).text != "one_of")
        error(Code::estimate_form, node(key).span, fmt::format("`{}` stands beside `between`", node(key).text),
              "`between` has both bounds");
    }
  }
  std::optional<Scalar> lo, hi;
  if (lower) lo = bound(lower->node, place);
  if (upper) hi = bound(upper->node, place);
  if (errors != errors_ || (!lo && !hi)) return false;

  NumberRange out;
  if (lo) out = {numbers(*lo).lo, std::nullopt, lower->open, false};
  if (hi) {
    out.hi = numbers(*hi).hi;
    out.hi_open = upper->open;
  }
  std::string currency;
  if (type.kind == TypeKind::money) {
    currency = std::get<Money>(lo ? *lo : *hi).currency;
    if (lo && hi && currency != std::get<Money>(*hi).currency) {
      error(Code::estimate_form, node(upper->node).span,
            fmt::format("{}: the bounds are in different currencies", describe(place)),
            fmt::format("write both in {}", currency));
      return false;
    }
  }
  if (type.kind == TypeKind::integer) {  // whole numbers: more than 3 is at least 4
    if (out.lo_open)
      if (const auto next = out.lo->add(Rational(1))) out = {*next, out.hi, false, out.hi_open};
    if (out.hi_open)
      if (const auto next = out.hi->sub(Rational(1))) out = {out.lo, *next, out.lo_open, false};
  }
  if (out.lo && out.hi && (*out.lo > *out.hi || (*out.lo == *out.hi && (out.lo_open || out.hi_open)))) {
    const std::string& least = node(lower->node).text;
    const std::string& most = node(upper->node).text;
    const bool inverted = numbers(*lo).lo > numbers(*hi).lo;
    Diagnostic* diagnostic =
        error(Code::estimate_form, node(upper->node).span,
              fmt::format("{}: no value lies {}{} and {}{}", describe(place), lower->words, shown(least), upper->words,
                          shown(most)),
              inverted && both.valid() ? fmt::format("write `{{between: [{}, {}]}}`", shown(most), shown(least))
              : inverted               ? "the lower bound lies above the upper one"
                         : "`at_least` and `at_most` include their bound, `more_than` and `less_than` do not");
    if (diagnostic != nullptr) diagnostic->labels.push_back({node(lower->node).span, "the lower bound"});
    return false;
  }
  // In words, with the unit where the document left it out.
  const auto text = [&](RawId bound_node) {
    const std::string& as_written = node(bound_node).text;
    const bool bare = type.kind == TypeKind::quantity && as_written.find_first_of(" %") == std::string::npos;
    return bare ? as_written + " " + type.name : as_written;
  };
  if (lower) written = lower->words + text(lower->node);
  if (upper) written += (lower ? " and " : "") + upper->words + text(upper->node);
  scalar = type.kind == TypeKind::money ? Scalar(Money{out, currency}) : Scalar(out);
  return true;
}

bool Binder::candidates(RawId id, const Place& place, Scalar& scalar, std::string& written) {
  const model::Enum& enumeration = vocabulary_.enums[vocabulary_.types[place.type].enumeration];
  const std::size_t errors = errors_;
  Candidates out;
  out.possible.assign(enumeration.members.size(), false);
  for (const auto& [key, entry] : node(id).entries) {
    if (node(key).text.starts_with("x-")) continue;
    if (node(key).text != "one_of") {
      misplaced(key, place);
      continue;
    }
    const RawNode& list = node(entry);
    const Span begin = list.kind == RawNode::Kind::scalar || list.kind == RawNode::Kind::null
                           ? list.span
                           : Span{list.span.file, list.span.begin, list.span.begin + 1};
    if (list.kind != RawNode::Kind::list || list.items.empty()) {
      error(Code::estimate_form, begin,
            fmt::format("{}: `one_of` takes the members that are possible", describe(place)),
            "write {one_of: [one, another]}");
      continue;
    }
    for (const RawId item : list.items) {
      const std::optional<Scalar> member = bound(item, place);
      if (!member) continue;
      const auto index = static_cast<std::size_t>(std::get<Candidates>(*member).single());
      if (out.possible[index])
        error(Code::duplicate_member, node(item).span, fmt::format("`{}` stands twice in `one_of`", node(item).text),
              "leave one of them out");
      out.possible[index] = true;
      written += (written.empty() ? "" : " or ") + node(item).text;
    }
    if (errors != errors_) continue;
    if (list.items.size() == 1)
      error(Code::estimate_form, begin, fmt::format("{}: one member alone is no estimate", describe(place)),
            fmt::format("write `{}`", written));
    if (list.items.size() == enumeration.members.size())
      error(Code::estimate_form, begin, fmt::format("{}: every member is possible", describe(place)),
            "write {unknown: not_assessed}");
  }
  scalar = std::move(out);
  return errors == errors_;
}

}  // namespace writ::facts
