#include "engine/syntax/brackets.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/syntax/limits.h"
#include "engine/syntax/words.h"

namespace writ::syntax {
namespace {

std::string_view closer_of(std::string_view opener) { return opener == "{" ? "}" : opener == "(" ? ")" : "]"; }

class Mender {
 public:
  Mender(const Tokens& item, FileId file, Diagnostics& out) : in_(item), file_(file), out_(out) {}

  /// Empty when it gave up.
  Tokens run() {
    for (std::size_t i = 0; i < in_.size(); ++i) {
      if (out_.items().size() > kMaxErrors) return {};
      const Token& t = in_[i];
      if (t.first_on_line) indent_ = t.column;
      if (t.is("{") || t.is("(") || t.is("[")) {
        open_.push_back({t, indent_});
      } else if (t.is("}") || t.is(")") || t.is("]")) {
        if (wrong_kind(t) || !close(t)) continue;  // replaced, or closes nothing and is left out
      } else if (begins_clause(in_, i)) {
        while (!open_.empty() && !open_.back().token.is("{")) insert();  // no clause begins inside parentheses
      } else if (t.kind == TokenKind::end) {
        while (!open_.empty()) insert();
      }
      done_.push_back(t);
    }
    return std::move(done_);
  }

 private:
  struct Open {
    Token token;
    std::uint32_t indent;  // of its line
  };

  /// `{a, b)`: one bracket was opened on this line and another kind closes it, which nothing else has opened.
  bool wrong_kind(const Token& t) {
    if (open_.empty() || open_.back().token.line != t.line || closer_of(open_.back().token.text) == t.text)
      return false;
    if (std::ranges::any_of(open_, [&](const Open& o) { return closer_of(o.token.text) == t.text; })) return false;
    const Token opener = open_.back().token;
    Diagnostic& d = out_.report(Code::unmatched_bracket, {file_, t.begin, t.end},
                                fmt::format("`{}` does not close `{}`", t.text, opener.text));
    d.labels.push_back({{file_, opener.begin, opener.end}, "opened here"});
    d.help = fmt::format("write `{}`", closer_of(opener.text));
    open_.pop_back();
    done_.push_back(t);
    done_.back().text = closer_of(opener.text);
    return true;
  }

  bool close(const Token& t) {
    const auto partner =
        std::find_if(open_.rbegin(), open_.rend(), [&](const Open& o) { return closer_of(o.token.text) == t.text; });
    if (partner == open_.rend()) {
      Diagnostic& d = out_.report(Code::unmatched_bracket, {file_, t.begin, t.end},
                                  fmt::format("this `{}` closes nothing", t.text));
      if (!open_.empty())
        d.labels.push_back({{file_, open_.back().token.begin, open_.back().token.end}, "the last one opened is this"});
      d.help = "leave it out, or open a bracket before it";
      return false;
    }
    while (closer_of(open_.back().token.text) != t.text) insert();
    // A brace that closes at the start of a line belongs to the line with the same indentation.
    if (t.is("}") && t.first_on_line && open_.size() > 1 && open_.back().token.line != t.line &&
        open_.back().indent > t.column &&
        std::ranges::any_of(open_, [&](const Open& o) { return o.token.is("{") && o.indent == t.column; })) {
      while (open_.back().indent != t.column) insert();
    }
    open_.pop_back();
    return true;
  }

  /// Puts the closing bracket of the last open one after the last token.
  void insert() {
    const Open open = open_.back();
    open_.pop_back();
    const Token& last = done_.back();
    const std::string_view closer = closer_of(open.token.text);
    Diagnostic& d = out_.report(Code::unclosed_bracket, {file_, last.begin, last.end},
                                fmt::format("expected `{}` after this", closer));
    d.labels.push_back({{file_, open.token.begin, open.token.end}, "opened here"});
    d.help = fmt::format("add `{}`", closer);
    Token t = last;
    t.kind = TokenKind::symbol;
    t.text = closer;
    t.begin = last.end;
    t.end = last.end;
    t.first_on_line = false;
    done_.push_back(t);
  }

  const Tokens& in_;
  FileId file_;
  Diagnostics& out_;
  Tokens done_{};
  std::vector<Open> open_{};
  std::uint32_t indent_ = 1;
};

}  // namespace

bool mend_brackets(Tokens& item, FileId file, Diagnostics& out) {
  item = Mender(item, file, out).run();
  return !item.empty();
}

}  // namespace writ::syntax
