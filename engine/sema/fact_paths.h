// Dotted paths of the whole vocabulary, for suggestions.
#pragma once

#include "engine/sema/context.h"

namespace writ::sema {

/// "model.training_compute" …: all paths through records, in order of declaration.
[[nodiscard]] std::vector<std::string> all_fact_paths(const Context& context);
/// The declared path nearest to a wrong one: by spelling, then by equal last word. Empty when nothing is near.
[[nodiscard]] std::string nearest_fact(const Context& context, const std::string& path);
/// The only declared path that ends in this word, or nothing.
[[nodiscard]] std::string fact_named(const Context& context, const std::string& word);

}  // namespace writ::sema
