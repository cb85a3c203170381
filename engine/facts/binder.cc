#include "engine/facts/binder.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "engine/base/suggest.h"
#include "engine/facts/raw_forms.h"

namespace writ::facts {

using model::Reason;
using model::Type;
using model::TypeKind;

namespace {

std::string escaped(std::string_view key) {  // RFC 6901
  std::string result;
  for (const char c : key) {
    if (c == '~') {
      result += "~0";
    } else if (c == '/') {
      result += "~1";
    } else {
      result += c;
    }
  }
  return result;
}

}  // namespace

const model::Field* Binder::field_of(const Place& place) const {
  return place.record.valid() ? &vocabulary_.records[place.record].fields[place.field] : nullptr;
}

FactId Binder::value(RawId id, Place place) {
  const RawNode& raw = node(id);
  const model::Field* field = field_of(place);
  const Type& type = vocabulary_.types[place.type];
  if (raw.kind == RawNode::Kind::null && raw.text.empty()) {  // a key with nothing behind it: a template not filled in
    const FactId fact = unstated(std::move(place), State::unknown, Reason::placeholder);
    (*this)[fact].span = raw.span;
    return fact;
  }
  if (raw.kind == RawNode::Kind::null) {
    if (field != nullptr && field->optional) {
      const FactId fact = unstated(std::move(place), State::absent, Reason::none);
      (*this)[fact].span = raw.span;
      (*this)[fact].written = raw.text;
      return fact;
    }
    error(Code::null_stated, raw.span, fmt::format("{} is not optional: there must be a value", describe(place)),
          "write {unknown: not_assessed} if nobody has assessed it, or leave the key out");
    return unstated(std::move(place), State::unknown, Reason::not_provided);
  }
  if (is_form(id, "unknown", type)) return unknown_form(id, std::move(place));
  if (field != nullptr && field->dated) {
    if (!is_evidence(raw_, id, type, vocabulary_)) return dated(id, place);
    return evidenced(id, std::move(place), [this](RawId inner, const Place& below) { return value(inner, below); });
  }
  return known_or_unknown(id, std::move(place));
}

FactId Binder::known_or_unknown(RawId id, Place place) {
  const Type& type = vocabulary_.types[place.type];
  if (is_evidence(raw_, id, type, vocabulary_)) {
    return evidenced(id, std::move(place),
                     [this](RawId inner, Place below) { return period_value(inner, std::move(below)); });
  }
  if (is_estimate(id, type)) return estimate(id, std::move(place));
  if (is_incomplete(raw_, id, type)) return incomplete(id, std::move(place));
  return stated(id, std::move(place));
}

FactId Binder::stated(RawId id, Place place) {
  const RawNode& raw = node(id);
  if (raw.kind == RawNode::Kind::scalar && is_placeholder(raw, place.type, vocabulary_)) {
    const FactId fact = unstated(std::move(place), State::unknown, Reason::placeholder);
    (*this)[fact].span = raw.span;
    (*this)[fact].written = raw.text;
    return fact;
  }
  const TypeKind kind = vocabulary_.types[place.type].kind;
  if (kind == TypeKind::record && raw.kind == RawNode::Kind::map) return record(id, std::move(place));
  if (kind == TypeKind::map && raw.kind == RawNode::Kind::map) return map(id, std::move(place));
  if (kind == TypeKind::list && raw.kind == RawNode::Kind::list) return list(id, std::move(place));
  if (kind == TypeKind::set && raw.kind == RawNode::Kind::list) return set(id, std::move(place));
  if (is_scalar(kind) && raw.kind == RawNode::Kind::scalar) return scalar(id, std::move(place));
  if (kind == TypeKind::error) return unstated(std::move(place), State::unknown, Reason::not_provided);
  return wrong_shape(id, std::move(place));
}

FactId Binder::record(RawId id, Place place) {
  const bool is_root = id == raw_.root;
  const model::RecordId declared = is_root ? vocabulary_.root : vocabulary_.types[place.type].record;
  const model::Record& type = vocabulary_.records[declared];
  const FactId fact = add(place, State::known, Reason::none);
  (*this)[fact].span = node(id).span;
  if (enough()) return fact;
  std::vector<RawId> stated(type.fields.size());
  for (const auto& [key, value_node] : node(id).entries) {
    const std::string& name = node(key).text;
    if (const int field = type.find(name); field >= 0) {
      stated[static_cast<std::size_t>(field)] = value_node;
    } else if (!name.starts_with("x-") && !(is_root && (name == "writ" || name == "id"))) {
      undeclared(key, type, place);
    }
  }
  std::vector<FactId> children;
  children.reserve(type.fields.size());
  for (std::uint32_t i = 0; i < type.fields.size(); ++i) {
    Place below = child(place, fact, declared, i, stated[i].valid() || options_.name_unstated);
    children.push_back(stated[i].valid() ? value(stated[i], std::move(below))
                                         : unstated(std::move(below), State::unknown, Reason::not_provided));
  }
  (*this)[fact].children = std::move(children);
  return fact;
}

std::string Binder::element_key(RawId element, const model::Record& record) {
  const std::string& name = record.fields[*record.key].name;
  for (const auto& [key, value_node] : node(element).entries) {
    if (node(key).text != name) continue;
    const RawNode& raw = node(value_node);
    if (raw.kind != RawNode::Kind::scalar || is_placeholder(raw, record.fields[*record.key].type, vocabulary_)) {
      error(Code::list_key_missing, raw.span, fmt::format("`{}` is the key of this element and has no value", name),
            "write a short name that no other element has");
      return {};
    }
    return raw.text;
  }
  const Span& span = node(element).span;
  error(Code::list_key_missing, {span.file, span.begin, span.begin + 1},
        fmt::format("this element has no `{}`, which is its key", name),
        fmt::format("add `{}:` and a short name that no other element has", name));
  return {};
}

FactId Binder::list(RawId id, Place place) {
  const model::RecordId record_id = vocabulary_.types[place.type].record;
  const model::Record& type = vocabulary_.records[record_id];
  const FactId fact = add(place, State::known, Reason::none);
  (*this)[fact].span = node(id).span;
  const model::TypeId element_type = vocabulary_.types.find(model::TypePool::record_type(record_id));
  std::unordered_map<std::string, RawId> keys;
  std::vector<FactId> children;
  const std::vector<RawId>& items = node(id).items;
  for (std::size_t i = 0; i < items.size() && !enough(); ++i) {
    std::string key;
    const bool wrapped = is_evidence(raw_, items[i], vocabulary_.types[element_type], vocabulary_);
    const RawId inner = contents(raw_, items[i], vocabulary_.types[element_type], vocabulary_);
    if (type.key && node(inner).kind == RawNode::Kind::map) {
      key = element_key(inner, type);
      const auto [known, fresh] = keys.emplace(key, items[i]);
      if (!fresh && !key.empty()) {
        Diagnostic* diagnostic = error(Code::list_key_repeated, node(items[i]).span,
                                       fmt::format("two elements of `{}` have the key `{}`", place.path, shown(key)),
                                       "give each element a key of its own");
        if (diagnostic != nullptr) diagnostic->labels.push_back({node(known->second).span, "first here"});
      }
    }
    Place element;
    element.type = element_type;
    element.parent = fact;
    element.path = fmt::format("{}[{}]", place.path, key.empty() ? std::to_string(i) : key);
    element.pointer = fmt::format("{}/{}", place.pointer, i);
    if (node(inner).kind != RawNode::Kind::map) {
      children.push_back(wrong_shape(inner, std::move(element)));
      continue;
    }
    const auto read = [this](RawId e, Place below) { return record(e, std::move(below)); };
    const FactId child_fact =
        wrapped ? evidenced(items[i], std::move(element), read) : record(items[i], std::move(element));
    (*this)[child_fact].key = std::move(key);
    children.push_back(child_fact);
  }
  (*this)[fact].children = std::move(children);
  return fact;
}

/// {incomplete: […]}: what is stated is there, and there may be more. Of that more nothing is known: a phantom.
FactId Binder::incomplete(RawId id, Place place) {
  const Type& type = vocabulary_.types[place.type];
  RawId inner;
  for (const auto& [key, entry] : node(id).entries) {
    const std::string& name = node(key).text;
    if (name == "incomplete") {
      inner = entry;
    } else if (!name.starts_with("x-")) {
      const bool evidence = std::find(kEvidenceKeys.begin(), kEvidenceKeys.end(), name) != kEvidenceKeys.end();
      error(Code::incomplete_form, node(key).span, fmt::format("`{}` stands beside `incomplete`", shown(name)),
            evidence ? "evidence stands around the list: `{value: {incomplete: […]}, evidence: …}`"
                     : "the list has its members and nothing else; other keys begin with `x-`");
    }
  }
  const RawNode& raw = node(inner);
  const bool nothing = raw.kind == RawNode::Kind::null ||
                       (raw.kind == RawNode::Kind::scalar && is_placeholder(raw, place.type, vocabulary_));
  if (raw.kind != RawNode::Kind::list) {
    const Span span = raw.kind == RawNode::Kind::scalar || nothing
                          ? raw.span
                          : Span{raw.span.file, raw.span.begin, raw.span.begin + 1};
    error(Code::incomplete_form, span,
          fmt::format("{}: `incomplete` takes the members that are known", describe(place)),
          nothing ? "write `{incomplete: []}` if none is known, or {unknown: not_assessed}"
                  : "write a list: `{incomplete: […]}`");
    return unstated(std::move(place), State::unknown, Reason::not_provided);
  }
  place.pointer += "/incomplete";
  const Place around = place;
  const FactId fact = type.kind == TypeKind::set ? set(inner, std::move(place)) : list(inner, std::move(place));
  (*this)[fact].span = node(id).span;
  (*this)[fact].incomplete = true;
  if (type.kind == TypeKind::list && !enough()) {
    const FactId more = phantom(around, fact, Reason::incomplete);
    (*this)[fact].phantom = more;
  }
  return fact;
}

/// Equal for equal values, whatever their type writes: 80 % and 0.8.
std::string Binder::member_key(const model::Scalar& scalar) {
  struct Writer {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(const model::NumberRange& value) const {
      return value.lo ? value.lo->exact() : std::string();
    }
    std::string operator()(const model::Money& value) const { return (*this)(value.amount) + " " + value.currency; }
    std::string operator()(const Date& value) const { return value.text(); }
    std::string operator()(const Instant& value) const { return value.text(); }
    std::string operator()(const Duration& value) const { return value.text(); }
    std::string operator()(const std::string& value) const { return value; }
    std::string operator()(const model::Country& value) const { return value.code; }
    std::string operator()(const model::Candidates& value) const { return std::to_string(value.single()); }
  };
  return std::visit(Writer{}, scalar);
}

FactId Binder::set(RawId id, Place place) {
  const model::TypeId element_type = vocabulary_.types[place.type].element;
  const std::vector<RawId>& items = node(id).items;
  // A member that nobody has filled in leaves the set open: nobody has said what is in it.
  const bool open = std::any_of(items.begin(), items.end(), [&](RawId item) {
    const RawNode& raw = node(item);
    return (raw.kind == RawNode::Kind::null && raw.text.empty()) ||
           (raw.kind == RawNode::Kind::scalar && is_placeholder(raw, element_type, vocabulary_));
  });
  const FactId fact = add(place, open ? State::unknown : State::known, Reason::placeholder);
  (*this)[fact].span = node(id).span;
  std::unordered_map<std::string, RawId> seen;
  std::vector<FactId> children;
  for (std::size_t i = 0; i < items.size() && !enough(); ++i) {
    Place member;
    member.type = element_type;
    member.parent = fact;
    member.path = fmt::format("{}[{}]", place.path, i);
    member.pointer = fmt::format("{}/{}", place.pointer, i);
    const RawNode& raw = node(items[i]);
    if (raw.kind == RawNode::Kind::null && !raw.text.empty()) {
      error(Code::null_stated, raw.span, fmt::format("a member of `{}` cannot be null", place.path),
            "write `[]` if there are none");
      continue;
    }
    if (raw.kind != RawNode::Kind::scalar || is_placeholder(raw, element_type, vocabulary_)) {
      if (raw.kind == RawNode::Kind::map || raw.kind == RawNode::Kind::list)
        (void)wrong_shape(items[i], std::move(member));
      continue;
    }
    const FactId child_fact = scalar(items[i], std::move(member));
    if ((*this)[child_fact].state != State::known) continue;
    const auto [known, fresh] = seen.emplace(member_key((*this)[child_fact].scalar), items[i]);
    if (!fresh) {
      Diagnostic* diagnostic =
          error(Code::duplicate_member, raw.span, fmt::format("`{}` stands twice in `{}`", shown(raw.text), place.path),
                "leave one of them out");
      if (diagnostic != nullptr) diagnostic->labels.push_back({node(known->second).span, "first here"});
    }
    children.push_back(child_fact);
  }
  if (!open) (*this)[fact].children = std::move(children);
  return fact;
}

FactId Binder::map(RawId id, Place place) {
  const Type& type = vocabulary_.types[place.type];
  const FactId fact = add(place, State::known, Reason::none);
  (*this)[fact].span = node(id).span;
  std::unordered_map<std::string, RawId> seen;
  std::vector<FactId> children;
  std::vector<model::Scalar> keys;
  for (const auto& [key, value_node] : node(id).entries) {
    if (enough()) break;
    const RawNode& raw = node(key);
    if (raw.text.starts_with("x-")) continue;
    RawNode plain = raw;
    plain.quoted = false;  // JSON has no other keys
    const ScalarReading reading = read_scalar(plain, type.key, vocabulary_);
    if (!reading) {
      error(reading.error().code, raw.span, fmt::format("key of `{}`: {}", place.path, reading.error().message),
            reading.error().help);
      continue;
    }
    const auto [known, fresh] = seen.emplace(member_key(*reading), key);
    if (!fresh) {
      Diagnostic* diagnostic = error(Code::duplicate_member, raw.span,
                                     fmt::format("key `{}` stands twice in `{}`", shown(raw.text), place.path));
      if (diagnostic != nullptr) diagnostic->labels.push_back({node(known->second).span, "first here"});
    }
    Place below;
    below.type = type.element;
    below.parent = fact;
    below.path = fmt::format("{}[{}]", place.path, raw.text);
    below.pointer = fmt::format("{}/{}", place.pointer, escaped(raw.text));
    keys.push_back(*reading);
    children.push_back(value(value_node, std::move(below)));
  }
  (*this)[fact].children = std::move(children);
  (*this)[fact].keys = std::move(keys);
  return fact;
}

FactId Binder::scalar(RawId id, Place place) {
  const RawNode& raw = node(id);
  ScalarReading reading = read_scalar(raw, place.type, vocabulary_);
  if (!reading) {
    const model::Field* field = field_of(place);
    if (field != nullptr && field->optional && (raw.text == "none" || raw.text == "None"))
      reading.error().help = "write null if there is none";
    return refuse(id, std::move(place), std::move(reading.error()));
  }
  const Type& type = vocabulary_.types[place.type];
  if (type.kind == TypeKind::party && has_parties_ && !parties_.contains(raw.text)) {
    const std::vector<std::string> keys(parties_.begin(), parties_.end());
    const std::string near = nearest(raw.text, keys);
    return refuse(id, std::move(place),
                  {Code::unknown_party, fmt::format("no party `{}` stands in `parties`", shown(raw.text)),
                   near.empty() ? "add it to `parties` with its `key`" : fmt::format("did you mean `{}`?", near)});
  }
  const FactId fact = add(place, State::known, Reason::none);
  (*this)[fact].scalar = std::move(*reading);
  (*this)[fact].written = raw.text;
  (*this)[fact].span = raw.span;
  return fact;
}

}  // namespace writ::facts
