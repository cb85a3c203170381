// What stands in a document in place of a value ({unknown: …}, estimates, evidence), and the words for what is wrong.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include "engine/base/suggest.h"
#include "engine/facts/binder.h"

namespace writ::facts {

using model::Reason;
using model::Type;
using model::TypeKind;

namespace {

constexpr std::size_t kMostErrors = 100;

/// What a document may give as the reason why a fact is unknown.
constexpr std::array<Reason, 3> unknown_reasons() { return {Reason::not_assessed, Reason::disputed, Reason::refused}; }

std::string example(const Type& type, const model::Vocabulary& vocabulary) {
  switch (type.kind) {
    case TypeKind::record: return "write a record of facts: `name: value`, indented below";
    case TypeKind::list:
      return fmt::format("write a list of {} records, `[]` if there are none", vocabulary.records[type.record].name);
    case TypeKind::set: return "write a list: `[one, two]`, `[]` if there are none";
    case TypeKind::map: return "write a record: `key: value`";
    case TypeKind::error:
    case TypeKind::boolean:
    case TypeKind::integer:
    case TypeKind::decimal:
    case TypeKind::ratio:
    case TypeKind::quantity:
    case TypeKind::money:
    case TypeKind::date:
    case TypeKind::instant:
    case TypeKind::duration:
    case TypeKind::text:
    case TypeKind::country:
    case TypeKind::party:
    case TypeKind::enumeration:
    case TypeKind::reference: break;
  }
  return "write a single value";
}

}  // namespace

bool Binder::enough() const { return errors_ > kMostErrors || too_many_facts_; }

Diagnostic* Binder::error(Code code, Span span, std::string message, std::string help) {
  if (++errors_ > kMostErrors) {
    if (errors_ == kMostErrors + 1)
      out_.report(Code::too_many_errors, span,
                  fmt::format("more than {} errors in this document; the rest is not shown", kMostErrors));
    return nullptr;
  }
  Diagnostic& diagnostic = out_.report(code, span, std::move(message));
  diagnostic.help = std::move(help);
  return &diagnostic;
}

std::string Binder::describe(const Place& place) const {
  if (place.path.empty()) return "the document";
  return fmt::format("`{}` ({})", place.path, vocabulary_.describe(place.type));
}

bool Binder::is_form(RawId id, std::string_view key, const Type& type) const {
  const RawNode& map = node(id);
  if (map.kind != RawNode::Kind::map) return false;
  if (type.kind == TypeKind::map) {  // any key may be one of the map's own: only the complete form is meant
    const auto reasons = unknown_reasons();
    const auto states = [&](const auto& entry) {
      return std::any_of(reasons.begin(), reasons.end(),
                         [&](Reason r) { return node(entry.second).text == to_string(r); });
    };
    return key == "unknown" && map.entries.size() == 1 && node(map.entries[0].first).text == key &&
           states(map.entries[0]);
  }
  if (type.kind == TypeKind::record && vocabulary_.records[type.record].find(key) >= 0) return false;
  return std::any_of(map.entries.begin(), map.entries.end(),
                     [&](const auto& entry) { return node(entry.first).text == key; });
}

FactId Binder::unknown_form(RawId id, Place place) {
  Reason reason = Reason::not_assessed;
  const Span span = node(id).span;
  for (const auto& [key, value] : node(id).entries) {
    if (node(key).text.starts_with("x-")) continue;
    if (node(key).text != "unknown") {
      error(Code::unknown_form, node(key).span, fmt::format("`{}` stands beside `unknown`", shown(node(key).text)),
            "an unknown fact has a reason and nothing else; other keys begin with `x-`");
      continue;
    }
    const std::string_view word =
        node(value).kind == RawNode::Kind::scalar ? std::string_view(node(value).text) : std::string_view();
    const auto allowed = unknown_reasons();
    const auto found = std::find_if(allowed.begin(), allowed.end(), [&](Reason r) { return word == to_string(r); });
    if (found != allowed.end()) {
      reason = *found;
      continue;
    }
    const std::string near = nearest(word, {"not_assessed", "disputed", "refused"});
    std::string help =
        near.empty() ? "one of not_assessed, disputed, refused" : fmt::format("did you mean `{}`?", near);
    if (word == "not_provided") help = "leave the key out: a fact that is not stated is unknown";
    error(Code::unknown_form, node(value).span,
          word.empty() ? std::string("`unknown` takes one word, the reason")
                       : fmt::format("`{}` is no reason why a fact is unknown", shown(word)),
          help);
  }
  const FactId fact = unstated(std::move(place), State::unknown, reason);
  (*this)[fact].span = span;
  return fact;
}

FactId Binder::wrong_shape(RawId id, Place place) {
  static constexpr std::array kNames = {"null", "a single value", "a record", "a list"};
  const RawNode& raw = node(id);
  std::string help = example(vocabulary_.types[place.type], vocabulary_);
  const Type& type = vocabulary_.types[place.type];
  if (type.kind == TypeKind::set && raw.kind == RawNode::Kind::scalar)
    help = fmt::format("write a list: `[{}]`", shown(raw.text));
  if ((type.kind == TypeKind::set || type.kind == TypeKind::list) && raw.kind == RawNode::Kind::map) {
    for (const auto& [key, entry] : raw.entries)
      if (!nearest(node(key).text, {"incomplete"}).empty()) help = "did you mean `incomplete`?";
  }
  const Span span =
      raw.kind == RawNode::Kind::scalar ? raw.span : Span{raw.span.file, raw.span.begin, raw.span.begin + 1};
  error(Code::wrong_shape, span,
        fmt::format("{}: {} stands here", describe(place), kNames[static_cast<std::size_t>(raw.kind)]),
        std::move(help));
  return unstated(std::move(place), State::unknown, Reason::not_provided);
}

FactId Binder::refuse(RawId id, Place place, ScalarProblem problem) {
  error(problem.code, node(id).span, fmt::format("{}: {}", describe(place), problem.message), std::move(problem.help));
  return unstated(std::move(place), State::unknown, Reason::not_provided);
}

std::string Binder::elsewhere(std::string_view key) {
  if (names_.empty()) {
    std::vector<model::RecordId> above;
    const std::function<void(model::RecordId, const std::string&)> walk = [&](model::RecordId record,
                                                                              const std::string& path) {
      if (std::find(above.begin(), above.end(), record) != above.end()) return;
      above.push_back(record);
      for (const model::Field& field : vocabulary_.records[record].fields) {
        const std::string here = path.empty() ? field.name : path + "." + field.name;
        names_.emplace_back(field.name, here);
        const Type& type = vocabulary_.types[field.type];
        if (type.kind == TypeKind::record) walk(type.record, here);
        if (type.kind == TypeKind::list) walk(type.record, here + "[]");
      }
      above.pop_back();
    };
    walk(vocabulary_.root, "");
  }
  std::vector<std::string> names;
  for (const auto& [name, path] : names_) {
    if (name == key || path == key) return path;
    names.push_back(name);
  }
  const std::string near = nearest(key, names);
  const auto found = std::find_if(names_.begin(), names_.end(), [&](const auto& row) { return row.first == near; });
  return near.empty() || found == names_.end() ? std::string() : found->second;
}

void Binder::undeclared(RawId id, const model::Record& record, const Place& place) {
  const std::string& key = node(id).text;
  const Span span = node(id).span;
  const std::string within = place.path.empty() ? key : place.path + "." + key;
  if (enough()) return;  // a did-you-mean costs a walk over the vocabulary
  if (const int field = record.find_formerly(key); field >= 0) {
    const std::string& name = record.fields[static_cast<std::size_t>(field)].name;
    error(Code::renamed_fact, span, fmt::format("`{}` is now called `{}`", shown(within), name),
          fmt::format("write `{}`", name));
    return;
  }
  const auto& terms = vocabulary_.term_names;
  const auto is_term = [&](const std::string& term) {
    return term == key || (term.ends_with(key) && term[term.size() - key.size() - 1] == '.');
  };
  if (!key.empty() && std::any_of(terms.begin(), terms.end(), is_term)) {
    error(Code::derived_stated, span, fmt::format("`{}` is derived by the rules and cannot be stated", shown(key)),
          "state the facts it depends on; `writ explain` lists them");
    return;
  }
  std::vector<std::string> siblings;
  for (const model::Field& field : record.fields) siblings.push_back(field.name);
  std::string near = nearest(key, siblings);
  if (near.empty()) near = elsewhere(key);
  const bool nested = near == key;  // a dotted path stands as one key
  const std::string owner = place.path.empty() ? "the document" : fmt::format("`{}`", place.path);
  error(Code::unknown_fact, span, fmt::format("no fact `{}` is declared in {}", shown(key), owner),
        near.empty() ? "`writ facts` lists what can be stated; keys of your own begin with `x-`"
                     : fmt::format(fmt::runtime(nested ? "write the path `{}` as records, one below the other"
                                                       : "did you mean `{}`?"),
                                   near));
}

}  // namespace writ::facts
