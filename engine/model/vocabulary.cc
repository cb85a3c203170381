#include "engine/model/vocabulary.h"

#include <fmt/format.h>

namespace writ::model {
namespace {

template <class Items, class Matches>
int index_of(const Items& items, Matches matches) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (matches(items[i])) return static_cast<int>(i);
  }
  return -1;
}

template <class T>
Id<T> find_named(const Pool<T>& pool, std::string_view name) {
  for (std::uint32_t i = 0; i < pool.size(); ++i) {
    if (pool[Id<T>(i)].name == name) return Id<T>(i);
  }
  return {};
}

}  // namespace

int Enum::find(std::string_view member) const {
  return index_of(members, [&](const EnumMember& m) { return m.name == member; });
}

int Record::find(std::string_view field) const {
  return index_of(fields, [&](const Field& f) { return f.name == field; });
}

int Record::find_formerly(std::string_view field) const {
  if (field.empty()) return -1;
  return index_of(fields, [&](const Field& f) { return f.formerly == field; });
}

EnumId Vocabulary::find_enum(std::string_view name) const { return find_named(enums, name); }
RecordId Vocabulary::find_record(std::string_view name) const { return find_named(records, name); }

std::string Vocabulary::describe(TypeId id) const {
  if (!id.valid()) return "nothing";
  const Type& type = types[id];
  switch (type.kind) {
    case TypeKind::error: return "unknown type";
    case TypeKind::boolean: return "bool";
    case TypeKind::integer: return "int";
    case TypeKind::decimal: return "decimal";
    case TypeKind::ratio: return "ratio";
    case TypeKind::quantity:
      return fmt::format("quantity[{}]", type.name.empty() ? units.describe(type.dimension) : type.name);
    case TypeKind::money: return "money";
    case TypeKind::date: return "date";
    case TypeKind::instant: return "instant";
    case TypeKind::duration: return "duration";
    case TypeKind::text: return "text";
    case TypeKind::country: return "country";
    case TypeKind::party: return "party";
    case TypeKind::enumeration: return enums[type.enumeration].name;
    case TypeKind::record: return records[type.record].name;
    case TypeKind::set: return fmt::format("set of {}", describe(type.element));
    case TypeKind::map: return fmt::format("map[{}] of {}", describe(type.key), describe(type.element));
    case TypeKind::list: return fmt::format("list of {}", records[type.record].name);
    case TypeKind::reference: return fmt::format("reference to {}", type.name);
  }
  return "unknown type";
}

}  // namespace writ::model
