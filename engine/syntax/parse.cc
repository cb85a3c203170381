#include "engine/syntax/parse.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/syntax/antlr.h"
#include "engine/syntax/build.h"
#include "engine/syntax/depth.h"
#include "engine/syntax/lexical.h"
#include "engine/syntax/limits.h"
#include "engine/syntax/recover.h"
#include "engine/syntax/source_text.h"

namespace writ::syntax {
namespace {

/// Hands over the first errors of the file, and one that counts the others.
void hand_over(const Diagnostics& found, bool complete, const SourceMap& sources, Diagnostics& out) {
  Diagnostics sorted = found;
  sorted.sort(sources);
  const std::vector<Diagnostic>& all = sorted.items();
  const std::size_t shown = std::min<std::size_t>(all.size(), kMaxShownErrors);
  for (std::size_t i = 0; i < shown; ++i) out.add(all[i]);
  const std::size_t more = all.size() - shown;
  if (more == 0) {
    if (!complete && shown > 0)
      out.report(Code::more_syntax_errors, all.back().span, "the rest of this file was not read").help =
          "mend the errors that are shown";
    return;
  }
  out.report(Code::more_syntax_errors, all[shown].span,
             complete ? fmt::format("{} more syntax error{} in this file", more, more == 1 ? "" : "s")
                      : fmt::format("at least {} more syntax error{}; the rest of this file was not read", more,
                                    more == 1 ? "" : "s"))
      .help = "mend those that are shown first";
}

}  // namespace

ast::File parse(FileId file, const SourceMap& sources, Diagnostics& out) {
  ast::File result;
  result.source = file;
  const std::string_view text = sources.text(file);
  Diagnostics found;
  bool complete = true;
  if (check_source(file, text, found)) {
    Texts texts;
    Tokens tokens = lex(text, kMaxTokens, kMaxNesting);
    if (tokens.size() > kMaxTokens + 1) {
      out.report(Code::file_too_large, {file, 0, 0},
                 fmt::format("the file has more than {} words and signs", kMaxTokens))
          .help = "split it";
      return result;
    }
    if (!mend_lexical(tokens, text, file, texts, found)) {
      complete = false;
    } else if (const auto deep = too_deep(tokens)) {
      const Token& t = tokens[*deep];
      found
          .report(Code::nesting_too_deep, {file, t.begin, t.end},
                  fmt::format("more than {} brackets or operations inside each other", kMaxNesting))
          .help = "give parts of it a name with `term`";
    } else if (const auto tree = parse_tokens(tokens, Effort::quick)) {
      Build(tokens, *tree, result, found).add_all();
    } else {
      complete = read_with_mistakes(tokens, texts, result, found);
    }
  } else {
    complete = found.items().size() <= kMaxErrors;
  }
  hand_over(found, complete, sources, out);
  return result;
}

}  // namespace writ::syntax
