// Facts as tests of the rule book state them: paths into documents, and values of the declared types.
#pragma once

#include "engine/sema/context.h"

namespace writ::sema {

/// What a path of a test leads to. Segments after a list are keys of its elements, after a map keys of its values.
struct FactPlace {
  bool ok = false;
  model::TypeId type;
  bool optional = false;
  bool dated = false;
};
FactPlace resolve_fact(Context& context, const ast::Path& path);

/// Reports a value that the place cannot hold.
void check_value(Context& context, std::uint32_t file, ast::FactValueId value, const FactPlace& place,
                 const std::string& path);

}  // namespace writ::sema
