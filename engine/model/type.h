// Types of facts, expressions and values. A Type is a small value; composite types refer to their parts in the
// TypePool.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/id.h"
#include "engine/base/unit.h"

namespace writ::model {

struct Enum;
struct Record;
struct Field;
struct Type;
using EnumId = Id<Enum>;  // enumerations of the vocabulary and classifications alike
using RecordId = Id<Record>;
using FieldId = Id<Field>;
using TypeId = Id<Type>;

enum class TypeKind : std::uint8_t {
  error,  // already reported; agrees with everything
  boolean,
  integer,
  decimal,
  ratio,
  quantity,
  money,
  date,
  instant,
  duration,
  text,
  country,
  party,
  enumeration,
  record,
  set,
  map,
  list,
  reference
};

struct Type {
  TypeKind kind = TypeKind::error;
  Dimension dimension;  // quantity
  EnumId enumeration;   // enumeration
  RecordId record;      // record; list: the element record
  TypeId element;       // set: element; map: value
  TypeId key;           // map
  std::string name;  // reference: the kind; quantity: the unit as declared ("FLOP"), the default unit of bare numbers
  friend bool operator==(const Type&, const Type&) = default;
};

/// Interned: equal types have equal ids. With a list, the type of its elements is interned too.
class TypePool {
 public:
  TypeId intern(Type type);
  /// Invalid when no equal type was interned.
  [[nodiscard]] TypeId find(const Type& type) const;
  [[nodiscard]] static Type record_type(RecordId record);
  [[nodiscard]] const Type& operator[](TypeId id) const { return types_[id]; }
  [[nodiscard]] std::uint32_t size() const { return types_.size(); }
  /// A stored pool: types in the order of their ids, each once.
  static TypePool of(std::vector<Type> types);
  friend bool operator==(const TypePool&, const TypePool&) = default;

 private:
  Pool<Type> types_;
};

}  // namespace writ::model
