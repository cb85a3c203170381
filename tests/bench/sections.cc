#include "tests/bench/sections.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/bench/json_text.h"

namespace writ::bench {

using facts::RawNode;
using model::Type;
using model::TypeKind;

namespace {

constexpr int kDeepest = 5;  // lists of records that hold such lists again end here

Found below(Found map, std::string_view key) {
  if (!map.valid() || map.document->nodes[map.node].kind != RawNode::Kind::map) return {};
  for (const auto& [name, value] : map.document->nodes[map.node].entries) {
    if (map.document->nodes[name].text == key) return {map.document, value};
  }
  return {};
}

/// Through {value: …} and {incomplete: …} to the record or the list itself.
Found contents(Found found) {
  for (const char* form : {"value", "incomplete"}) {
    if (const Found inner = below(found, form); inner.valid()) found = inner;
  }
  return found;
}

bool is_kind(Found found, RawNode::Kind kind) {
  return found.valid() && found.document->nodes[found.node].kind == kind;
}

bool is_number(TypeKind kind) {
  return kind == TypeKind::integer || kind == TypeKind::decimal || kind == TypeKind::ratio ||
         kind == TypeKind::quantity || kind == TypeKind::money;
}

bool is_composite(TypeKind kind) { return kind == TypeKind::record || kind == TypeKind::list; }

}  // namespace

Section Sections::make(const model::Field& field, Found fixture, std::size_t longest) {
  for (const double room : {1.0, 0.7, 0.45, 0.3, 0.2, 0.1, 0.0}) {
    room_ = room;
    section_ = {};
    section_.text = fmt::format("\"{}\":", field.name);
    value(field, fixture);
    if (section_.text.size() <= longest) return std::exchange(section_, {});
  }
  return {};
}

void Sections::value(const model::Field& field, Found fixture) {
  const Type& type = vocabulary_.types[field.type];
  if (type.kind == TypeKind::record) return record(type.record, contents(fixture), element_);
  if (type.kind == TypeKind::list && is_kind(contents(fixture), RawNode::Kind::list))
    return list(field.type, contents(fixture));
  if (may_copy(fixture, type) && chance_.percent(50)) return copy(fixture, type);
  if (special(field)) return;
  std::string& out = section_.text;
  const bool evidence = chance_.percent(forms_.evidence);
  if (evidence) out += R"({"value":)";
  const bool incomplete =
      (type.kind == TypeKind::list || type.kind == TypeKind::set) && chance_.percent(forms_.incomplete);
  if (incomplete) out += R"({"incomplete":)";
  if (field.dated) {
    dated(field);
  } else if (type.kind == TypeKind::list) {
    list(field.type, {});
  } else if (type.kind == TypeKind::set) {
    values_.set(out, field.type);
  } else if (!chance_.percent(forms_.estimate) || !values_.estimate(out, field.type)) {
    values_.scalar(out, field.type, element_);
  }
  if (incomplete) out += "}";
  if (evidence) out += fmt::format(R"(,"evidence":"minutes {}","as_of":"{}"}})", chance_.between(1, 99), values_.day());
}

/// What stands in place of a value.
bool Sections::special(const model::Field& field) {
  const TypeKind kind = vocabulary_.types[field.type].kind;
  std::string& out = section_.text;
  if (kind == TypeKind::reference || (field.optional && chance_.percent(forms_.null))) {
    out += "null";  // references lead to other documents, and these stand alone
  } else if (chance_.percent(forms_.unknown)) {
    constexpr auto kReasons = std::to_array<std::string_view>({"not_assessed", "not_assessed", "disputed", "refused"});
    out += fmt::format(R"({{"unknown":"{}"}})", kReasons[chance_.below(kReasons.size())]);
  } else if (!is_composite(kind) && kind != TypeKind::set && !field.dated && chance_.percent(forms_.placeholder)) {
    out += "\"TBD\"";
  } else {
    return false;
  }
  return true;
}

void Sections::dated(const model::Field& field) {
  std::string& out = section_.text;
  const int year = chance_.between(2021, 2025);
  out += fmt::format(R"([{{"until":"{}-06-30","value":)", year);
  values_.scalar(out, field.type);
  out += fmt::format(R"(}},{{"from":"{}-07-01","value":)", year);
  values_.scalar(out, field.type);
  out += "}]";
}

/// Of every ten facts of a record six to eight are stated; records within it are, where there is room, or stand in the
/// fixture.
void Sections::record(model::RecordId id, Found fixture, std::size_t element) {
  const model::Record& type = vocabulary_.records[id];
  const double stated = chance_.between(62, 80);
  std::vector<std::uint32_t> order(type.fields.size());
  std::iota(order.begin(), order.end(), 0U);
  if (chance_.percent(forms_.shuffled)) chance_.shuffle(order);
  std::string& out = section_.text;
  ++depth_;
  const std::size_t outer = std::exchange(element_, element);
  out += '{';
  bool first = true;
  const auto key = [&](std::string_view name) {
    out += first ? "\"" : ",\"";
    out += name;
    out += "\":";
    first = false;
  };
  for (const std::uint32_t i : order) {
    const model::Field& field = type.fields[i];
    const Type& of = vocabulary_.types[field.type];
    const Found in_fixture = below(fixture, field.name);
    if (of.kind == TypeKind::record) {
      const bool there = fixture.valid() && in_fixture.valid();
      if (depth_ > kDeepest || !chance_.percent((there ? 95 : fixture.valid() ? 10 : 60) * room_)) continue;
      if (of.record == id) continue;
      key(field.name);
      value(field, in_fixture);
      continue;
    }
    if (type.key && *type.key == i) {
      ++section_.declared, ++section_.stated;
      key(field.name);
      out += element_key(type, in_fixture, element);
      continue;
    }
    if (of.kind == TypeKind::reference && !field.optional) continue;
    ++section_.declared;
    if (!chance_.percent(stated)) continue;
    if (of.kind == TypeKind::list && !chance_.percent(std::max(room_ * 100, 10.0))) continue;
    ++section_.stated;
    key(field.name);
    value(field, in_fixture);
  }
  if (chance_.percent(forms_.own_key / 20)) {
    key("x-note");
    append_quoted(out, "kept by the platform, for itself");
  }
  out += '}';
  element_ = outer;
  --depth_;
}

void Sections::list(model::TypeId list_type, Found fixture) {
  const model::RecordId record_type = vocabulary_.types[list_type].record;
  constexpr auto kLengths = std::to_array<std::size_t>({0, 1, 1, 1, 2, 2, 2, 3, 3, 4});
  std::size_t length = kLengths[chance_.below(kLengths.size())];
  if (room_ < 1) length = std::min(length, static_cast<std::size_t>(room_ * 4) + (fixture.valid() ? 1U : 0U));
  if (depth_ >= kDeepest) length = 0;
  std::vector<facts::RawId> items;
  if (fixture.valid()) items = fixture.document->nodes[fixture.node].items;
  chance_.shuffle(items);
  section_.text += '[';
  for (std::size_t i = 0; i < length; ++i) {
    if (i > 0) section_.text += ',';
    record(record_type, i < items.size() ? contents({fixture.document, items[i]}) : Found{}, i);
  }
  section_.text += ']';
}

/// No other element of the list has it.
std::string Sections::element_key(const model::Record& record, Found fixture, std::size_t element) {
  const model::Field& field = record.fields[*record.key];
  const Type& type = vocabulary_.types[field.type];
  std::string out;
  if (type.kind == TypeKind::enumeration) {
    append_quoted(out, vocabulary_.enums[type.enumeration].members[element].name);
  } else if (is_kind(fixture, RawNode::Kind::scalar)) {
    append_quoted(out, fixture.document->nodes[fixture.node].text);
  } else {
    append_quoted(out, fmt::format("e{}", element + 1));
  }
  return out;
}

/// No form of the fixtures comes into documents that are to have none.
bool Sections::may_copy(Found fixture, const Type& type) const {
  if (!fixture.valid() || is_composite(type.kind) || type.kind == TypeKind::reference) return false;
  if (forms_.null > 0) return true;
  const RawNode& node = fixture.document->nodes[fixture.node];
  if (type.kind == TypeKind::set) return node.kind == RawNode::Kind::list;
  return node.kind == RawNode::Kind::scalar && (!is_number(type.kind) || is_json_number(node.text));
}

/// A value of a fixture, in the JSON that means the same.
void Sections::copy(Found fixture, const Type& type) {
  const RawNode& node = fixture.document->nodes[fixture.node];
  std::string& out = section_.text;
  switch (node.kind) {
    case RawNode::Kind::null: out += "null"; return;
    case RawNode::Kind::scalar:
      if ((type.kind == TypeKind::boolean && !node.quoted && (node.text == "true" || node.text == "false")) ||
          (is_number(type.kind) && !node.quoted && is_json_number(node.text))) {
        out += node.text;
      } else {
        append_quoted(out, node.text);
      }
      return;
    case RawNode::Kind::map: {
      out += '{';
      for (std::size_t i = 0; i < node.entries.size(); ++i) {
        const auto& [key, entry] = node.entries[i];
        if (i > 0) out += ',';
        append_quoted(out, fixture.document->nodes[key].text);
        out += ':';
        const std::string& name = fixture.document->nodes[key].text;
        const bool evidence = name == "evidence" || name == "as_of" || name == "by";
        copy({fixture.document, entry}, evidence ? Type{} : type);
      }
      out += '}';
      return;
    }
    case RawNode::Kind::list:
      out += '[';
      for (std::size_t i = 0; i < node.items.size(); ++i) {
        if (i > 0) out += ',';
        copy({fixture.document, node.items[i]}, type);
      }
      out += ']';
      return;
  }
}

}  // namespace writ::bench
