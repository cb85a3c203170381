#include "engine/syntax/lexical.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <utility>

#include "engine/syntax/characters.h"
#include "engine/syntax/limits.h"
#include "engine/syntax/near_date.h"
#include "engine/syntax/source_text.h"
#include "engine/syntax/text_literal.h"
#include "engine/syntax/words.h"

namespace writ::syntax {
namespace {

struct Replacement {
  std::string_view wrong, right;
};
constexpr std::array<Replacement, 12> kOperators = {{{"&&", "and"},
                                                     {"&", "and"},
                                                     {"||", "or"},
                                                     {"|", "or"},
                                                     {"!", "not"},
                                                     {"=>", ">="},
                                                     {"=<", "<="},
                                                     {"<>", "!="},
                                                     {"===", "=="},
                                                     {"!==", "!="},
                                                     {":=", "="},
                                                     {"**", "^"}}};

class Mender {
 public:
  Mender(Tokens& tokens, std::string_view text, FileId file, Texts& texts, Diagnostics& out)
      : in_(tokens), text_(text), file_(file), texts_(texts), out_(out) {}

  bool run() {
    done_.reserve(in_.size());
    for (at_ = 0; at_ < in_.size(); ++at_) {
      if (out_.items().size() > kMaxErrors) return false;
      Token t = in_[at_];
      switch (t.kind) {
        case TokenKind::open_string: open_string(t); break;
        case TokenKind::apostrophes: apostrophes(t); break;
        case TokenKind::foreign_operator: foreign_operator(t); break;
        case TokenKind::foreign_comment:
          if (address(t)) break;
          report(Code::unexpected_character, t.begin, t.begin + 2,
                 fmt::format("`{}` begins no comment here", t.text.substr(0, 2)))
              .help = "comments run from `#` to the end of the line";
          break;
        case TokenKind::near_date: near_date(t); break;
        case TokenKind::near_instant:
          report(Code::bad_date, t.begin, t.end, fmt::format("`{}` is no moment in time", t.text)).help =
              "write it with minutes and its zone, for example 2025-08-02T10:00Z or 2025-08-02T10:00+02:00";
          t.kind = TokenKind::instant;
          t.text = {};
          done_.push_back(t);
          break;
        case TokenKind::other: other(t); break;
        case TokenKind::number: number(t); break;
        default: done_.push_back(t); break;
      }
    }
    in_ = std::move(done_);
    return true;
  }

 private:
  Diagnostic& report(Code code, std::uint32_t begin, std::uint32_t end, std::string message) {
    return out_.report(code, {file_, begin, end}, std::move(message));
  }
  std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }

  /// Where on this line a text may have begun whose first quotation mark is missing: after the word of its clause.
  [[nodiscard]] std::optional<std::size_t> unquoted_start(std::uint32_t line) const {
    std::size_t first = done_.size();
    while (first > 0 && done_[first - 1].line == line && !begins_clause(done_, first - 1) &&
           done_[first - 1].kind != TokenKind::string)
      --first;
    if (first == 0 || first == done_.size() || done_[first - 1].line != line) return std::nullopt;
    return first;
  }

  /// remedy Don't do it
  bool unquoted(const Token& t) {
    const auto first = unquoted_start(t.line);
    if (!first || done_.back().end != t.begin || !done_.back().is_word()) return false;
    while (at_ + 1 < in_.size() && in_[at_ + 1].line == t.line && in_[at_ + 1].kind != TokenKind::end) ++at_;
    Token whole = done_[*first];
    whole.kind = TokenKind::string;
    whole.end = in_[at_].end;
    report(Code::wrong_quotes, whole.begin, whole.end, "text stands in quotation marks").help =
        "put a quotation mark at both ends of the text";
    whole.text = keep("\"\"");
    done_.resize(*first);
    done_.push_back(whole);
    return true;
  }

  void open_string(Token t) {
    Diagnostic& d = report(Code::unclosed_text, t.begin, t.begin + 1,
                           "this quotation mark opens a text that does not end on its line");
    d.help = "put a quotation mark at the end of the text";
    std::string_view body = t.text;
    const std::size_t last = body.find_last_not_of(" \t");
    if (last == 0) {  // the mark that is missing is the first one: `remedy Publish it"`
      if (const auto start = unquoted_start(t.line)) {
        const std::size_t first = *start;
        d.message = "this quotation mark ends a text that has no beginning";
        d.help = "put a quotation mark at the beginning of the text";
        d.labels.push_back({{file_, done_[first].begin, done_[first].begin + 1}, "perhaps here"});
        Token whole = done_[first];
        whole.kind = TokenKind::string;
        whole.end = t.end;
        whole.text = keep(fmt::format("\"{}\"", text_.substr(whole.begin, t.begin - whole.begin)));
        done_.resize(first);
        done_.push_back(whole);
        return;
      }
    }
    // A brace at the end of the line opened the body of the item.
    const bool brace = last != std::string_view::npos && last > 0 && body[last] == '{';
    if (brace) body = body.substr(0, last);
    t.kind = TokenKind::string;
    t.text = keep(std::string(body) + '"');
    done_.push_back(t);
    if (!brace) return;
    t.kind = TokenKind::symbol;
    t.text = "{";
    t.begin += static_cast<std::uint32_t>(last);
    t.end = t.begin + 1;
    t.first_on_line = false;
    done_.push_back(t);
  }

  void apostrophes(Token t) {
    report(Code::wrong_quotes, t.begin, t.end, "text stands between double quotation marks").help =
        fmt::format("write \"{}\"", t.text.substr(1, t.text.size() - 2));
    t.kind = TokenKind::string;
    t.text = keep(fmt::format("\"{}\"", t.text.substr(1, t.text.size() - 2)));
    done_.push_back(t);
  }

  void foreign_operator(Token t) {
    const auto* row = std::ranges::find(kOperators, t.text, &Replacement::wrong);
    if (row == kOperators.end()) {  // an arrow can mean anything: the parser will say what could stand here
      t.kind = TokenKind::symbol;
      done_.push_back(t);
      return;
    }
    report(Code::wrong_operator, t.begin, t.end, fmt::format("`{}` is no operator of this language", t.text)).help =
        fmt::format("write `{}`", row->right);
    t.text = row->right;
    t.kind = t.text.front() >= 'a' && t.text.front() <= 'z' ? TokenKind::keyword : TokenKind::symbol;
    done_.push_back(t);
  }

  /// https://example.org, of which the lexer takes the end for a comment.
  bool address(const Token& t) {
    const std::size_t n = done_.size();
    if (n < 2 || !done_[n - 1].is(":") || done_[n - 1].end != t.begin || !done_[n - 2].is_word() ||
        done_[n - 2].end != done_[n - 1].begin)
      return false;
    Token whole = done_[n - 2];
    const std::uint32_t end =
        t.begin + static_cast<std::uint32_t>(t.text.substr(0, t.text.find_first_of(" \t")).size());
    report(Code::wrong_quotes, whole.begin, end, "an address stands in quotation marks").help =
        fmt::format("write \"{}\"", text_.substr(whole.begin, end - whole.begin));
    whole.kind = TokenKind::string;
    whole.end = end;
    whole.text = keep(fmt::format("\"{}\"", text_.substr(whole.begin, end - whole.begin)));
    done_.resize(n - 2);
    done_.push_back(whole);
    return true;
  }

  void near_date(Token t) {
    if (!done_.empty() && done_.back().is("version")) {
      report(Code::wrong_quotes, t.begin, t.end, "a version stands in quotation marks").help =
          fmt::format("write \"{}\"", t.text);
      t.kind = TokenKind::string;
      t.text = keep(fmt::format("\"{}\"", t.text));
      done_.push_back(t);
      return;
    }
    const NearDate meant = read_near_date(t.text);
    Diagnostic& d = report(meant.number.empty() ? Code::bad_date : Code::bad_number, t.begin, t.end,
                           fmt::format("`{}` is {}", t.text, meant.number.empty() ? "no date" : "no number"));
    d.help = meant.help;
    t.kind = meant.number.empty() ? TokenKind::date : TokenKind::number;
    t.text = meant.number.empty() ? std::string_view() : keep(meant.number);
    done_.push_back(t);
  }

  /// 1,000 and 1,234.50: read as two numbers it would mean something else.
  void number(Token t) {
    const auto group = [&](std::size_t i) {
      return i + 1 < in_.size() && in_[i].is(",") && in_[i].begin == in_[i - 1].end &&
             in_[i + 1].kind == TokenKind::number && in_[i + 1].begin == in_[i].end &&
             in_[i + 1].text.substr(0, in_[i + 1].text.find('.')).size() == 3 &&
             in_[i + 1].text.find('_') == std::string_view::npos;
    };
    const bool plain =
        t.text.size() <= 3 && t.text.find_first_not_of("0123456789") == std::string_view::npos && t.text.front() != '0';
    if (!plain || !group(at_ + 1)) {
      done_.push_back(t);
      return;
    }
    std::string right(t.text);
    std::size_t last = at_;
    while (group(last + 1) && right.find('.') == std::string::npos) {
      last += 2;
      right += fmt::format("_{}", in_[last].text);
    }
    const std::uint32_t end = in_[last].end;
    report(Code::bad_number, t.begin, end,
           fmt::format("`{}` could be one number or several", text_.substr(t.begin, end - t.begin)))
        .help = fmt::format("write {} for one number; put a space after the comma between several", right);
    t.end = end;
    t.text = keep(std::move(right));
    done_.push_back(t);
    at_ = last;
  }

  void other(const Token& t) {
    const CodePoint c = decode_utf8(text_, t.begin);
    if (t.begin == 0 && c.value == 0xFEFF) return skip_to(c.length);  // the mark of UTF-8
    if (is_foreign_letter(c.value)) return foreign_word(t);
    if (const char32_t closing = closing_quote(c.value); closing != 0) return smart_quotes(t, c, closing);
    skip_to(t.begin + c.length);
    if (is_reported_elsewhere(c.value)) return join_words(t, c);
    if (c.value == 0xA7 && provision(t)) return;
    if (c.value == '\'' && unquoted(t)) return;
    if (c.value == '`' && std::exchange(backtick_line_, t.line) == t.line) {  // the second one of a pair
      backtick_line_ = 0;
      return;
    }
    const Advice advice = advice_for(c.value);
    Diagnostic& d = report(advice.code, t.begin, t.begin + c.length, advice.message);
    d.help = advice.help;
    if (advice.instead.empty()) return;
    Token meant = t;
    meant.end = t.begin + c.length;
    meant.text = advice.instead;
    meant.kind = TokenKind::symbol;
    done_.push_back(meant);
  }

  /// An invisible character that splits a word.
  void join_words(const Token& t, const CodePoint& c) {
    if (done_.empty() || at_ + 1 >= in_.size()) return;
    Token& before = done_.back();
    const Token& after = in_[at_ + 1];
    if (!before.is_word() || before.end != t.begin || !after.is_word() || after.begin != t.begin + c.length) return;
    before.text = keep(fmt::format("{}{}", before.text, after.text));
    before.kind = TokenKind::name;
    before.end = after.end;
    ++at_;
  }

  /// cites AIA § 50: the provision without its quotation marks.
  bool provision(const Token& t) {
    if (done_.empty() || !done_.back().is_word() || done_.back().kind == TokenKind::keyword) return false;
    std::size_t last = at_;
    while (last + 1 < in_.size() && in_[last + 1].line == t.line && !begins_clause(in_, last + 1) &&
           !in_[last + 1].is(",") && !in_[last + 1].is("}") && in_[last + 1].kind != TokenKind::end) {
      ++last;
    }
    if (last == at_) return false;
    Token whole = t;
    whole.kind = TokenKind::string;
    whole.end = in_[last].end;
    const std::string_view shown = text_.substr(whole.begin, whole.end - whole.begin);
    report(Code::wrong_quotes, whole.begin, whole.end, "a provision stands in quotation marks").help =
        fmt::format("write \"{}\"", shown);
    whole.text = keep(fmt::format("\"{}\"", shown));
    done_.push_back(whole);
    at_ = last;
    return true;
  }

  /// The last token of which a byte lies before `end` is done with.
  void skip_to(std::uint32_t end) {
    while (at_ + 1 < in_.size() && in_[at_ + 1].kind != TokenKind::end && in_[at_ + 1].begin < end) ++at_;
  }

  void smart_quotes(const Token& t, const CodePoint& opening, char32_t closing) {
    const std::size_t line_end = std::min(text_.find('\n', t.begin), text_.size());
    std::size_t close = t.begin + opening.length;
    std::uint32_t length = 0;
    for (; close < line_end; close += length) {
      const CodePoint c = decode_utf8(text_, close);
      length = c.length;
      if (c.value == closing || c.value == 0x201D || c.value == '"') break;
    }
    const bool closed = close < line_end;  // otherwise the rest of the line is the text
    const auto end = static_cast<std::uint32_t>(closed ? close + length : close);
    Diagnostic& d =
        report(Code::wrong_quotes, t.begin, t.begin + opening.length, "text stands between straight quotation marks");
    d.help = "write \" at both ends of the text; word processors change them into curly ones";
    skip_to(end);
    Token meant = t;
    meant.kind = TokenKind::string;
    meant.end = end;
    std::string body(text_.substr(t.begin + opening.length, close - t.begin - opening.length));
    std::erase_if(body, [](char b) { return b == '\\' || b == '\r'; });
    meant.text = keep(fmt::format("\"{}\"", body));
    done_.push_back(meant);
  }

  /// A word with letters beyond a to z, which the lexer has cut into pieces.
  void foreign_word(const Token& t) {
    Token whole = t;
    if (!done_.empty() && done_.back().end == t.begin && done_.back().is_word()) {
      whole = done_.back();
      done_.pop_back();
    }
    std::uint32_t end = t.begin;
    std::string meant(text_.substr(whole.begin, t.begin - whole.begin));
    bool twin = false;
    while (end < text_.size()) {
      const CodePoint c = decode_utf8(text_, end);
      const bool ascii = c.value < 0x80 && (std::isalnum(static_cast<int>(c.value)) != 0 || c.value == '_');
      if (!ascii && !is_foreign_letter(c.value)) break;
      const char like = looks_like(c.value);
      twin = twin || like != 0;
      meant += ascii ? static_cast<char>(c.value) : like != 0 ? like : '_';
      end += c.length;
    }
    const std::string_view shown = text_.substr(whole.begin, end - whole.begin);
    const bool mixed =
        std::ranges::any_of(shown, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
    if (!(twin && mixed)) {  // otherwise check_source has reported it
      report(Code::bad_name, whole.begin, end, fmt::format("`{}` is no name", shown)).help =
          "names are made of the letters a to z, digits and underscores; other letters stand in quoted text";
    }
    whole.kind = TokenKind::name;
    whole.end = end;
    whole.text = keep(std::move(meant));
    skip_to(end);
    done_.push_back(whole);
  }

  Tokens& in_;
  Tokens done_{};
  std::size_t at_ = 0;
  std::uint32_t backtick_line_ = 0;
  std::string_view text_;
  FileId file_;
  Texts& texts_;
  Diagnostics& out_;
};

}  // namespace

bool mend_lexical(Tokens& tokens, std::string_view text, FileId file, Texts& texts, Diagnostics& out) {
  return Mender(tokens, text, file, texts, out).run();
}

}  // namespace writ::syntax
