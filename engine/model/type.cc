#include "engine/model/type.h"

namespace writ::model {

TypeId TypePool::find(const Type& type) const {
  for (std::uint32_t i = 0; i < types_.size(); ++i) {
    if (types_[TypeId(i)] == type) return TypeId(i);
  }
  return {};
}

TypeId TypePool::intern(Type type) {
  // A vocabulary has tens of types, not thousands: a scan is the index.
  if (const TypeId known = find(type); known.valid()) return known;
  if (type.kind == TypeKind::list) (void)intern(record_type(type.record));  // elements have a type of their own
  return types_.add(std::move(type));
}

TypePool TypePool::of(std::vector<Type> types) {
  TypePool out;
  for (Type& type : types) out.types_.add(std::move(type));
  return out;
}

Type TypePool::record_type(RecordId record) {
  Type type;
  type.kind = TypeKind::record;
  type.record = record;
  return type;
}

}  // namespace writ::model
