// Which types agree, and how they read in messages. The error type agrees with everything: what is wrong is reported
// once.
#pragma once

#include "engine/sema/context.h"

namespace writ::sema {

[[nodiscard]] inline bool is_error(const Context& c, model::TypeId t) { return c.kind(t) == model::TypeKind::error; }
/// int, decimal, ratio or quantity.
[[nodiscard]] bool is_number(const model::Type& type);
/// Of numbers: empty for all but quantities.
[[nodiscard]] Dimension dimension_of(const model::Type& type);
/// text, party, reference: all of them are texts in a document.
[[nodiscard]] bool is_textual(model::TypeKind kind);
/// A value of one may stand where the other is wanted, or be compared with it by ==.
[[nodiscard]] bool agree(const Context& context, model::TypeId a, model::TypeId b);
/// "FLOP", "TPP/mm2"; "no unit".
[[nodiscard]] std::string unit_of(const Context& context, const model::Type& type);
/// Adds an article-free description with the unit: "quantity[FLOP]", "set of modality", "record chip".
[[nodiscard]] std::string shown(const Context& context, model::TypeId type);
/// The source text of an expression on one line, shortened.
[[nodiscard]] std::string excerpt(const Context& context, Span span);
/// The record whose fields can be read through a value of this type; invalid when there is none.
[[nodiscard]] model::RecordId record_of(const Context& context, model::TypeId type);

}  // namespace writ::sema
