#include "engine/syntax/recover.h"

#include <fmt/format.h>

#include "engine/syntax/antlr.h"
#include "engine/syntax/brackets.h"
#include "engine/syntax/build.h"
#include "engine/syntax/chunks.h"
#include "engine/syntax/explain.h"
#include "engine/syntax/limits.h"
#include "engine/syntax/words.h"

namespace writ::syntax {
namespace {

bool balanced(const Tokens& item) {
  std::vector<char> open;
  for (const Token& t : item) {
    if (t.is("{") || t.is("(") || t.is("[")) open.push_back(t.text[0]);
    if (!t.is("}") && !t.is(")") && !t.is("]")) continue;
    const char opener = t.is("}") ? '{' : t.is(")") ? '(' : '[';
    if (open.empty() || open.back() != opener) return false;
    open.pop_back();
  }
  return open.empty();
}

class Reader {
 public:
  Reader(Texts& texts, ast::File& file, Diagnostics& out) : texts_(texts), file_(file), out_(out) {}

  bool read(const Tokens& tokens) {
    const auto count = static_cast<std::uint32_t>(tokens.size() - 1);
    const std::vector<std::uint32_t> starts = chunk_starts(tokens);
    for (std::size_t i = 0; i < starts.size(); ++i) {
      const std::uint32_t last = i + 1 < starts.size() ? starts[i + 1] : count;
      if (last == starts[i]) continue;
      Tokens piece(tokens.begin() + starts[i], tokens.begin() + last);
      Token end;
      end.begin = end.end = piece.back().end;
      end.line = piece.back().line;
      piece.push_back(end);
      if (!item(std::move(piece))) return false;
    }
    return true;
  }

 private:
  [[nodiscard]] std::expected<Tree, Stop> parse(const Tokens& item) {
    budget_ -= static_cast<std::int64_t>(item.size());
    return parse_tokens(item, Effort::full);
  }

  static void apply(const Mend& mend, Tokens& tokens) {
    const auto at = tokens.erase(tokens.begin() + mend.first, tokens.begin() + mend.last);
    tokens.insert(at, mend.with.begin(), mend.with.end());
  }

  bool item(Tokens tokens) {
    auto tree = parse(tokens);
    if (!tree && !balanced(tokens)) {
      // A body without its opening brace would make the closing one look like the mistake.
      if (auto opening = missing_body(Scene(tokens, tree.error(), file_.source, texts_))) {
        out_.add(std::move(opening->diagnostic));
        apply(opening->mend, tokens);
      }
      if (!mend_brackets(tokens, file_.source, out_)) return false;
      tree = parse(tokens);
    }
    std::uint32_t settled = 0;   // a mistake before this token is a consequence of the last one
    std::uint32_t reported = 0;  // where the last mistake was, in the source
    int consequences = 0;
    bool first = true;
    while (!tree) {
      if (++mends_ > kMaxMends || budget_ < 0) return false;
      const Stop& stop = tree.error();
      const Scene scene(tokens, stop, file_.source, texts_);
      Mend mend;
      // What begins a clause or a line right after a mend is another mistake.
      const Token& at = tokens[stop.token];
      const bool begins = at.begin > reported && (begins_clause(tokens, stop.token) || at.first_on_line);
      if (first || stop.token > settled || begins) {
        reported = at.begin;
        Finding finding = explain(scene);
        out_.add(std::move(finding.diagnostic));
        mend = std::move(finding.mend);
        consequences = 0;
      } else if (++consequences == 1) {
        mend = scene.drop_clause();
      } else {
        mend = {0, static_cast<std::uint32_t>(tokens.size() - 1), {}};
      }
      first = false;
      settled = mend.first + static_cast<std::uint32_t>(mend.with.size());
      apply(mend, tokens);
      tree = parse(tokens);
    }
    Build(tokens, *tree, file_, out_).add_all();
    return true;
  }

  Texts& texts_;
  ast::File& file_;
  Diagnostics& out_;
  std::uint32_t mends_ = 0;
  std::int64_t budget_ = kMaxReread + static_cast<std::int64_t>(kMaxTokens);  // every token is read once in any case
};

}  // namespace

bool read_with_mistakes(const Tokens& tokens, Texts& texts, ast::File& file, Diagnostics& out) {
  return Reader(texts, file, out).read(tokens);
}

}  // namespace writ::syntax
