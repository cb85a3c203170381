// Amendments: operations that there are none of, in the wrong place, without their parts.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/syntax/explain.h"
#include "engine/syntax/words.h"

namespace writ::syntax {
namespace {

constexpr std::array<std::string_view, 4> kOperations = {"replace", "repeal", "suspend", "insert"};
constexpr std::array<std::string_view, 8> kReplaced = {"requires", "forbids", "applies",  "where",
                                                       "when",     "means",   "severity", "remedy"};

Mend drop_rest(const Scene& s) { return s.drop(s.here(), static_cast<std::uint32_t>(s.tokens.size() - 1)); }

/// repeal marked from 2027-01-01, outside of an amendment; an operation that there is none of inside.
std::optional<Finding> operations(const Scene& s) {
  const Token& t = s.at();
  if (!t.is_word()) return std::nullopt;
  const bool known = std::ranges::find(kOperations, t.text) != kOperations.end();
  if (s.item() == Rule::file_ && known && t.first_on_line) {
    return s.finding(Code::misplaced_clause, fmt::format("`{}` stands outside of an amendment", t.text),
                     "law is changed by law: amend ACT by OTHER_ACT published DATE { … }", drop_rest(s));
  }
  if (s.item() != Rule::amendDecl_ || s.here() == 0) return std::nullopt;
  // delete X from D: the word was read as the name of what changes
  const Token& before = s.at(-1);
  const auto operation = std::ranges::find(s.stop.stack, Rule::amendment_, &Stop::Frame::rule);
  const bool alone = operation != s.stop.stack.end() && operation->first + 1 == s.here();
  if (alone && before.kind == TokenKind::name && !t.is("effective")) {
    const std::string meant = nearest_word(before.text, kOperations);
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kForeign = {
        {{"delete", "repeal"},
         {"remove", "repeal"},
         {"strike", "repeal"},
         {"annul", "repeal"},
         {"stay", "suspend"},
         {"add", "insert"},
         {"substitute", "replace"}}};
    const auto* foreign =
        std::ranges::find(kForeign, before.text, &std::pair<std::string_view, std::string_view>::first);
    const std::string instead(foreign != kForeign.end() ? foreign->second : std::string_view(meant));
    Finding out =
        s.finding(Code::syntax_error, fmt::format("`{}` is no operation of an amendment", before.text),
                  instead.empty() ? "the operations are replace, repeal, suspend, insert, and `X effective …`"
                                  : fmt::format("did you mean `{}`?", instead),
                  instead.empty() ? s.drop_clause() : s.replace(s.here() - 1, s.here(), TokenKind::keyword, instead));
    out.diagnostic.span = s.span(s.here() - 1);
    return out;
  }
  // insert adequate { … }; insert into adequate CA
  if (before.is("insert") && t.is_word()) {
    const bool body = s.at(1).is("{");
    return s.finding(Code::syntax_error, fmt::format("{} cannot be inserted", s.shown(s.here())),
                     "write `insert into SET { … }` for entries and rows, or `insert rule NAME { … }` for an item",
                     body ? s.insert(TokenKind::keyword, "into") : s.drop_clause());
  }
  if (before.is("replace")) {
    const std::string meant = nearest_word(t.text, kReplaced);
    return s.finding(Code::syntax_error, fmt::format("`{}` is no clause that an amendment replaces", t.text),
                     meant.empty() ? "replace requires, forbids, applies, where, when, means, severity or remedy"
                                   : fmt::format("did you mean `{}`?", meant),
                     meant.empty() ? s.drop_clause() : s.replace(s.here(), s.here() + 1, TokenKind::keyword, meant));
  }
  return std::nullopt;
}

std::optional<Finding> amendment_head(const Scene& s) {
  if (s.innermost() == Rule::amendDecl_ && is_item_word(s.at().text) && s.at().is(s.at().text) &&
      (s.expects("insert") || s.at().first_on_line) && s.at(1).is_word()) {
    return s.finding(Code::syntax_error,
                     fmt::format("`{}` begins an item, and an amendment has operations", s.at().text),
                     fmt::format("write `insert {} …`", s.at().text), s.insert(TokenKind::keyword, "insert"));
  }
  if (s.innermost() != Rule::amendDecl_) return std::nullopt;
  // amend AIA published D: `published` was read as the amending act
  if ((s.expects("by") && s.at().is("published")) || (s.at().kind == TokenKind::date && s.at(-1).is("published"))) {
    const bool read = !s.at().is("published");
    const std::uint32_t at = read ? s.here() - 1 : s.here();
    Mend mend = s.replace(at, at, TokenKind::name, "act");
    if (!read) mend.with.insert(mend.with.begin(), s.replace(at, at, TokenKind::keyword, "by").with.front());
    Finding out = s.finding(Code::missing_clause, "the amendment does not say which act amends",
                            "write `amend ACT by OTHER_ACT published DATE { … }`", std::move(mend));
    out.diagnostic.span = s.span(at);
    return out;
  }
  if (s.expects("published") && (s.at().is("{") || s.at().is("cites") || s.at().text == "sequence")) {
    return s.finding(Code::missing_clause, "the amendment does not say when it was published",
                     "write `published` and the day before this: from then on the new text is known", [&] {
                       Mend mend = s.insert(TokenKind::keyword, "published");
                       Token day = mend.with.back();
                       day.kind = TokenKind::date;
                       day.text = s.texts.emplace_back("");
                       mend.with.push_back(day);
                       return mend;
                     }());
  }
  return std::nullopt;
}

}  // namespace

std::optional<Finding> wrong_amendment(const Scene& s) {
  for (const auto& recognise : {operations, amendment_head}) {
    if (auto found = recognise(s)) return found;
  }
  return std::nullopt;
}

}  // namespace writ::syntax
