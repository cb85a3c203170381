// Numbers, units and the other literals.
#include <fmt/format.h>

#include "engine/syntax/build.h"
#include "engine/syntax/text_literal.h"

namespace writ::syntax {
namespace {

const char* problem(NumberError error) {
  switch (error) {
    case NumberError::too_many_digits: return "has more than 34 significant digits";
    case NumberError::exponent_out_of_range: return "has an exponent beyond 400";
    case NumberError::overflow: return "has more than 1,024 bits";
    case NumberError::malformed:
    case NumberError::division_by_zero: break;
  }
  return "is no number";
}

const char* remedy(NumberError error) {
  switch (error) {
    case NumberError::malformed:
      return "write it like 10_000, 3.5, 3.3e24 or 10^25: an underscore stands between two digits";
    case NumberError::too_many_digits: return "a number has at most 34 significant digits";
    case NumberError::exponent_out_of_range: return "an exponent is between -400 and 400";
    case NumberError::overflow:
    case NumberError::division_by_zero: break;
  }
  return "numbers have at most 1,024 bits and are never rounded";
}

std::string shortened(std::string_view text) {
  return text.size() <= 40 ? std::string(text) : fmt::format("{}…", text.substr(0, 40));
}

std::int64_t magnitude_of(std::string_view word) {
  if (word == "thousand") return 1'000;
  if (word == "million") return 1'000'000;
  if (word == "billion") return 1'000'000'000;
  return 1'000'000'000'000;
}

}  // namespace

std::optional<Rational> Build::scale(NodeId node) {
  std::optional<Rational> base, exponent;
  bool negative = false;
  bool failed = false;
  std::string whole;
  for (std::uint32_t i = at(node).first; i < at(node).last; ++i) whole += tokens_[i].text;
  const auto fail = [&](Span place, NumberError error) {
    if (failed) return;
    failed = true;
    const bool form = error == NumberError::malformed;
    Diagnostic& d = out_.report(form ? Code::bad_number : Code::number_too_large, place,
                                fmt::format("`{}` {}", shortened(whole), problem(error)));
    d.help = remedy(error);
  };
  for (const NodeId child : children(node)) {
    if (is(child, TokenKind::number)) {
      const Token& t = token(child);
      if (t.text.size() > 1 && t.text[0] == '0' && t.text[1] != '.' && t.text[1] != 'e' && t.text[1] != 'E') {
        failed = true;
        out_.report(Code::bad_number, span(t), fmt::format("`{}` begins with a zero", shortened(t.text))).help =
            "leave the zeros in front out; digits are grouped with an underscore: 10_000";
        continue;
      }
      auto value = Rational::parse(t.text, true);
      if (!value) {
        fail(span(t), value.error());
        continue;
      }
      (base ? exponent : base) = std::move(*value);
    } else if (is(child, "-")) {
      negative = true;
    } else if (rule(child) == Rule::magnitude_ && base && !failed) {
      if (exponent) {
        out_.report(Code::bad_number, span(node), "a power and a magnitude word together").help =
            "write one of them, for example 10^9 or 1 billion";
        return std::nullopt;
      }
      auto value = base->mul(Rational(magnitude_of(token(child).text)));
      if (!value) {
        fail(span(node), value.error());
        continue;
      }
      base = std::move(*value);
    }
  }
  if (failed || !base) return std::nullopt;
  if (!exponent) return base;
  std::int64_t power = 0;
  if (!exponent->to_int64(power) || power > 400) {
    fail(span(node), NumberError::exponent_out_of_range);
    return std::nullopt;
  }
  auto value = Rational::power(*base, static_cast<int>(negative ? -power : power));
  if (!value) {
    fail(span(node), value.error());
    return std::nullopt;
  }
  return std::move(*value);
}

ast::UnitText Build::unit(NodeId node) const {
  ast::UnitText out;
  out.span = span(node);
  for (std::uint32_t i = at(node).first; i < at(node).last; ++i) out.text += tokens_[i].text;
  return out;
}

ast::ExprId Build::number(NodeId node) {
  std::optional<Rational> value;
  std::optional<ast::UnitText> unit_text;
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::scale_) value = scale(child);
    if (rule(child) == Rule::unit_) unit_text = unit(child);
  }
  if (!value) return add(span(node), ast::Hole{});
  return add(span(node), ast::NumberLit{std::move(*value), std::move(unit_text)});
}

ast::ExprId Build::literal(NodeId node) {
  const Token& t = token(node);
  switch (t.kind) {
    case TokenKind::country: return add(span(t), ast::CountryLit{std::string(t.text)});
    case TokenKind::string: return add(span(t), ast::TextLit{unescape(t, file_.source, out_)});
    case TokenKind::date:
      if (!t.text.empty() && Date::parse(t.text)) return add(span(t), ast::DateLit{date(node)});
      static_cast<void>(date(node));
      return add(span(t), ast::Hole{});
    case TokenKind::instant:
      if (const auto value = Instant::parse(t.text)) return add(span(t), ast::InstantLit{*value});
      if (!t.text.empty())
        out_.report(Code::bad_date, span(t), fmt::format("`{}` is not a moment of the calendar", t.text));
      return add(span(t), ast::Hole{});
    case TokenKind::hole: return add(span(t), ast::Hole{});
    case TokenKind::keyword:
      if (t.text == "true" || t.text == "false") return add(span(t), ast::BoolLit{t.text == "true"});
      break;
    default: break;
  }
  return add(span(t), ast::NameRef{std::string(t.text)});
}

}  // namespace writ::syntax
