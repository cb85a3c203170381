#include "engine/syntax/parse.h"

#include <fmt/format.h>

#include "engine/base/utf8.h"
#include "engine/syntax/antlr.h"
#include "engine/syntax/build.h"
#include "engine/syntax/limits.h"

namespace writ::syntax {

ast::File parse(FileId file, const SourceMap& sources, Diagnostics& out) {
  ast::File result;
  result.source = file;
  const std::string_view text = sources.text(file);
  if (const auto bad = first_invalid_utf8(text)) {
    const auto at = static_cast<std::uint32_t>(*bad);
    out.report(Code::invalid_utf8, {file, at, at + 1}, fmt::format("byte {} of the file is not UTF-8", at));
    return result;
  }
  const Tokens tokens = lex(text);
  const auto count = static_cast<std::uint32_t>(tokens.size() - 1);
  auto tree = parse_tokens(tokens, 0, count, Effort::quick);
  if (!tree) tree = parse_tokens(tokens, 0, count, Effort::full);
  if (!tree) {
    const Token& t = tokens[tree.error().token];
    out.report(Code::syntax_error, {file, t.begin, t.end}, fmt::format("`{}` cannot stand here", t.text));
    return result;
  }
  Build(tokens, *tree, result, out).add_all();
  return result;
}

}  // namespace writ::syntax
