// Builds the vocabulary: units, currencies, kinds, enumerations (those of classifications too), records, and the facts
// a document may state.
#pragma once

#include "engine/sema/context.h"

namespace writ::sema {

void build_units(Context& context);
/// Names of enumerations, classifications and records; enumerations get their members.
void declare_types(Context& context);
/// Fields of records, the root facts, and the facts that packs add below their own name.
void build_records(Context& context);

/// The type a type expression names; the error type (reported) when it names none.
model::TypeId resolve_type(Context& context, std::uint32_t file, ast::TypeExprId type);

[[nodiscard]] model::TypeId quantity_type(Context& context, const Unit& unit, std::string name);
[[nodiscard]] model::TypeId set_type(Context& context, model::TypeId element);
[[nodiscard]] model::TypeId enum_type(Context& context, model::EnumId enumeration);
[[nodiscard]] model::TypeId record_type(Context& context, model::RecordId record);

}  // namespace writ::sema
