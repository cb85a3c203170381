// One mistake as the parser saw it, with the questions that the explanations ask about it.
#pragma once

#include <optional>
#include <string>

#include "engine/base/diagnostic.h"
#include "engine/syntax/antlr.h"
#include "engine/syntax/lexical.h"
#include "engine/syntax/token.h"

namespace writ::syntax {

/// Tokens [first, last) become `with`.
struct Mend {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  Tokens with;
};

/// What to say about a mistake, and how to go on as if it had been written rightly.
struct Finding {
  Diagnostic diagnostic;
  Mend mend;
};

class Scene {
 public:
  Scene(const Tokens& the_item, const Stop& the_stop, FileId the_file, Texts& the_texts)
      : tokens(the_item), stop(the_stop), file(the_file), texts(the_texts) {}

  /// The token that cannot stand there, and its neighbours. Beyond the ends: the last one.
  [[nodiscard]] const Token& at(int offset = 0) const;
  [[nodiscard]] std::uint32_t here() const { return stop.token; }
  [[nodiscard]] Rule innermost() const { return stop.stack.empty() ? Rule::file_ : stop.stack.back().rule; }
  [[nodiscard]] bool inside(Rule rule) const;
  [[nodiscard]] bool ended(Rule rule) const;
  /// A complete operand stands before the token, so that only an operator could go on.
  [[nodiscard]] bool after_operand() const { return ended(Rule::operand_) || ended(Rule::test_); }
  /// The place where an expression must begin.
  [[nodiscard]] bool before_operand() const;
  [[nodiscard]] bool expects(TokenKind kind) const;
  [[nodiscard]] bool expects(std::string_view fixed) const;
  /// A name could stand here, but not every word.
  [[nodiscard]] bool expects_name() const { return expects(TokenKind::name) && !expects("requires"); }
  [[nodiscard]] bool expects_word() const {
    return expects(TokenKind::name) && expects("requires") && expects("expect");  // clauses of different items
  }
  /// The item that is being read, or Rule::file_ between items.
  [[nodiscard]] Rule item() const;

  [[nodiscard]] Span span(std::uint32_t token) const { return {file, tokens[token].begin, tokens[token].end}; }
  [[nodiscard]] std::string shown(std::uint32_t token) const;  // in backticks, shortened

  [[nodiscard]] Finding finding(Code code, std::string message, std::string help, Mend mend) const;
  [[nodiscard]] Mend replace(std::uint32_t first, std::uint32_t last, TokenKind kind, std::string_view text) const;
  [[nodiscard]] Mend insert(TokenKind kind, std::string_view text) const { return replace(here(), here(), kind, text); }
  [[nodiscard]] Mend drop(std::uint32_t first, std::uint32_t last) const { return {first, last, {}}; }
  /// The broken expression becomes a hole, up to where the next clause begins.
  [[nodiscard]] std::optional<Mend> hole() const;
  /// The whole clause goes.
  [[nodiscard]] Mend drop_clause() const;

  const Tokens& tokens;
  const Stop& stop;
  FileId file;
  Texts& texts;
};

/// The kind of a fixed word or sign.
[[nodiscard]] TokenKind kind_of_fixed(std::string_view text);

}  // namespace writ::syntax
