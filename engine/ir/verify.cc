#include "engine/ir/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace writ::ir {

using model::TypeKind;

Family family_of(TypeKind kind) {
  switch (kind) {
    case TypeKind::error: return Family::other;
    case TypeKind::boolean: return Family::boolean;
    case TypeKind::integer:
    case TypeKind::decimal:
    case TypeKind::ratio:
    case TypeKind::quantity: return Family::number;
    case TypeKind::money: return Family::money;
    case TypeKind::date:
    case TypeKind::instant: return Family::moment;
    case TypeKind::duration: return Family::duration;
    case TypeKind::text:
    case TypeKind::party:
    case TypeKind::reference: return Family::text;
    case TypeKind::country: return Family::country;
    case TypeKind::enumeration: return Family::member;
    case TypeKind::record: return Family::record;
    case TypeKind::set: return Family::set;
    case TypeKind::map: return Family::map;
    case TypeKind::list: return Family::list;
  }
  return Family::other;
}

bool fits(const model::Vocabulary& vocabulary, model::TypeId type, const model::Scalar& scalar) {
  const auto exact = [](const model::NumberRange& range) { return range.exact(); };
  switch (family_of(vocabulary.types[type].kind)) {
    case Family::boolean: return std::holds_alternative<bool>(scalar);
    case Family::number: {
      const auto* number = std::get_if<model::NumberRange>(&scalar);
      return number != nullptr && exact(*number);
    }
    case Family::money: {
      const auto* money = std::get_if<model::Money>(&scalar);
      return money != nullptr && exact(money->amount);
    }
    case Family::moment: return std::holds_alternative<Date>(scalar) || std::holds_alternative<Instant>(scalar);
    case Family::duration: return std::holds_alternative<Duration>(scalar);
    case Family::text: return std::holds_alternative<std::string>(scalar);
    case Family::country: return std::holds_alternative<model::Country>(scalar);
    case Family::member: {
      const auto* member = std::get_if<model::Candidates>(&scalar);
      const auto count = vocabulary.enums[vocabulary.types[type].enumeration].members.size();
      return member != nullptr && member->possible.size() == count && member->single() >= 0;
    }
    case Family::set:
    case Family::other:
    case Family::record:
    case Family::map:
    case Family::list: return false;
  }
  return false;
}

namespace {

/// Records hold one another directly without end: no document could be read.
bool endless(const model::Vocabulary& v) {
  std::vector<std::uint8_t> state(v.records.size(), 0);  // 1: on the path, 2: done
  for (std::uint32_t start = 0; start < v.records.size(); ++start) {
    std::vector<std::pair<std::uint32_t, std::size_t>> path;
    if (state[start] == 0) path.emplace_back(start, 0);
    while (!path.empty()) {
      auto& [record, next] = path.back();
      state[record] = 1;
      const auto& fields = v.records[model::RecordId(record)].fields;
      if (next == fields.size()) {
        state[record] = 2;
        path.pop_back();
        continue;
      }
      const model::Type& type = v.types[fields[next++].type];
      if (type.kind != TypeKind::record || state[type.record.index] == 2) continue;
      if (state[type.record.index] == 1) return true;
      path.emplace_back(type.record.index, 0);
    }
  }
  return false;
}

std::optional<std::string> verify_type(const model::Vocabulary& v, std::uint32_t i) {
  const model::Type& type = v.types[model::TypeId(i)];
  const auto& bases = v.units.bases();
  for (const auto& [base, power] : type.dimension.powers)
    if (base >= bases.size() || power == 0) return "its dimension has no unit";
  // Types are made from the inside out, so that none holds itself.
  for (model::TypeId part : {type.element, type.key})
    if (part.valid() && part.index >= i) return "it holds a type that was made after it";
  switch (type.kind) {
    case TypeKind::enumeration: return type.enumeration ? std::nullopt : std::optional("no enumeration");
    case TypeKind::record: return type.record ? std::nullopt : std::optional("no record");
    case TypeKind::list: {
      if (!type.record) return "no record";
      if (!v.types.find(model::TypePool::record_type(type.record))) return "its elements have no type";
      return std::nullopt;
    }
    case TypeKind::set: return type.element ? std::nullopt : std::optional("no element");
    case TypeKind::map: return type.element && type.key ? std::nullopt : std::optional("no key or value");
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
    case TypeKind::reference: return std::nullopt;
  }
  return "no kind of type";
}

}  // namespace

std::optional<std::string> verify_vocabulary(const model::Vocabulary& v) {
  for (std::uint32_t i = 0; i < v.types.size(); ++i)
    if (const auto wrong = verify_type(v, i)) return fmt::format("type {}: {}", i, *wrong);
  for (const model::Record& record : v.records) {
    if (record.key && *record.key >= record.fields.size()) return "record `" + record.name + "`: its key is no field";
    for (const model::Field& field : record.fields)
      if (!field.type) return "field `" + field.name + "` has no type";
  }
  if (!v.root) return "there is no root record";
  if (endless(v)) return "a record holds itself";
  return std::nullopt;
}

std::optional<std::string> verify(const Program& program) {
  if (program.vocabulary == nullptr) return "there is no vocabulary";
  if (auto wrong = verify_vocabulary(*program.vocabulary)) return wrong;
  if (auto wrong = verify_nodes(program)) return wrong;
  if (auto wrong = verify_law(program)) return wrong;
  return verify_calls(program);
}

}  // namespace writ::ir
