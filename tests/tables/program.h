// A program that declares a supplied set of names, one of countries, and a supplied table: what files are read against.
#pragma once

#include <memory>

#include "engine/ir/program.h"

namespace writ::test {

/// Sets `law.names` and `law.places`, table `law.rates(currency, year)`.
[[nodiscard]] inline ir::Program program_of_lists() {
  using model::TypeKind;
  const auto vocabulary = std::make_shared<model::Vocabulary>();
  const auto simple = [&](TypeKind kind) {
    model::Type type;
    type.kind = kind;
    return vocabulary->types.intern(std::move(type));
  };
  ir::Program program;
  ir::Set names;
  names.name = "names";
  names.package = "law";
  names.element = simple(TypeKind::text);
  names.supplied.declared = true;
  program.sets.add(std::move(names));
  ir::Set places;
  places.name = "places";
  places.package = "law";
  places.element = simple(TypeKind::country);
  places.supplied.declared = true;
  program.sets.add(std::move(places));
  ir::Table rates;
  rates.name = "rates";
  rates.package = "law";
  rates.keys = {simple(TypeKind::text), simple(TypeKind::integer)};
  rates.columns = {"currency", "year"};
  rates.type = simple(TypeKind::decimal);
  rates.supplied.declared = true;
  program.tables.add(std::move(rates));
  program.vocabulary = vocabulary;
  return program;
}

}  // namespace writ::test
