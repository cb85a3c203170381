#include "engine/syntax/explain.h"

#include <fmt/format.h>

#include "engine/syntax/expected.h"
#include "engine/syntax/words.h"

namespace writ::syntax {
namespace {

/// Nobody has recognised the mistake: say what could stand here.
Finding generic(const Scene& scene) {
  const std::string expected = describe_expected(scene);
  const bool at_end = scene.at().kind == TokenKind::end;
  const std::optional<Mend> hole = scene.hole();
  Finding out;
  if (scene.before_operand() && scene.here() > 0 &&
      (at_end || begins_clause(scene.tokens, scene.here()) || scene.at().kind == TokenKind::keyword ||
       scene.at().is("}") || scene.at().is(")") || scene.at().is("]") || scene.at().is("{"))) {
    // Nothing stands where an expression must: the place is after the last word.
    out = scene.finding(Code::syntax_error,
                        fmt::format("expected an expression after {}", scene.shown(scene.here() - 1)), "", {});
    out.diagnostic.span = scene.span(scene.here() - 1);
    out.mend = hole ? *hole : scene.insert(TokenKind::hole, "");
    return out;
  }
  if (expected.empty()) {
    out = scene.finding(Code::syntax_error, fmt::format("{} cannot stand here", scene.shown(scene.here())), "", {});
  } else if (at_end && scene.here() > 0) {
    out = scene.finding(Code::syntax_error,
                        fmt::format("expected {} after {}", expected, scene.shown(scene.here() - 1)), "", {});
    out.diagnostic.span = scene.span(scene.here() - 1);
  } else {
    out = scene.finding(Code::syntax_error, fmt::format("expected {}, found {}", expected, scene.shown(scene.here())),
                        "", {});
  }
  if (hole && (scene.before_operand() || scene.after_operand())) {
    out.mend = *hole;
  } else if (scene.item() == Rule::file_) {
    out.mend = scene.drop(scene.here(), static_cast<std::uint32_t>(scene.tokens.size() - 1));
  } else {
    out.mend = scene.drop_clause();
  }
  return out;
}

}  // namespace

Finding explain(const Scene& scene) {
  for (const auto& recognise :
       {wrong_law, wrong_amendment, wrong_duty, wrong_value, wrong_word, wrong_expression, missing_part}) {
    if (auto found = recognise(scene)) return std::move(*found);
  }
  return generic(scene);
}

}  // namespace writ::syntax
