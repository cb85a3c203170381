// JSON and NDJSON through simdjson's on-demand parser, which finds the tokens; scalars are taken as they are written,
// so that numbers keep every digit. What on-demand parsing does not look at (the spelling of numbers and words) is
// checked here.
#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "engine/facts/raw_builder.h"
#include "engine/facts/readers.h"

namespace writ::facts {
namespace {

namespace ondemand = simdjson::ondemand;

bool space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool digit(char c) { return c >= '0' && c <= '9'; }

std::string_view trimmed(std::string_view token) {
  while (!token.empty() && space(token.back())) token.remove_suffix(1);
  return token;
}

/// -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?
bool is_number(std::string_view text) {
  std::size_t i = 0;
  const auto digits = [&] {
    const std::size_t from = i;
    while (i < text.size() && digit(text[i])) ++i;
    return i > from;
  };
  const auto next = [&](char c) { return i < text.size() && text[i] == c && ++i != 0; };
  (void)next('-');
  const bool zero = i < text.size() && text[i] == '0';
  const std::size_t first = i;
  if (!digits() || (zero && i - first > 1)) return false;
  if (next('.') && !digits()) return false;
  if (next('e') || next('E')) {
    if (!next('+')) (void)next('-');
    if (!digits()) return false;
  }
  return i == text.size();
}

/// The text of a string token, without its quotes: escapes are resolved, lone surrogates refused. Nothing wrong:
/// nullptr.
class Unescaper {
 public:
  const char* operator()(std::string_view body, std::string& text, std::size_t& bad) {
    text.clear();
    for (std::size_t i = 0; i < body.size();) {
      const std::size_t slash = std::min(body.find('\\', i), body.size());
      text.append(body.substr(i, slash - i));
      i = slash;
      if (i == body.size()) break;
      bad = i;
      if (i + 1 >= body.size()) return "escape without a character";
      const char c = body[i + 1];
      i += 2;
      constexpr std::string_view kFrom = "\"\\/bfnrt";
      constexpr std::string_view kTo = "\"\\/\b\f\n\r\t";
      if (const std::size_t simple = kFrom.find(c); simple != std::string_view::npos) {
        text.push_back(kTo[simple]);
        continue;
      }
      if (c != 'u') return "unknown escape";
      std::uint32_t code = 0;
      if (!hex(body, i, code)) return "\\u takes four hexadecimal digits";
      if (code >= 0xDC00 && code <= 0xDFFF) return "lone surrogate";
      if (code >= 0xD800 && code <= 0xDBFF) {
        std::uint32_t low = 0;
        if (body.substr(i, 2) != "\\u") return "lone surrogate";
        i += 2;
        if (!hex(body, i, low)) return "\\u takes four hexadecimal digits";
        if (low < 0xDC00 || low > 0xDFFF) return "lone surrogate";
        code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
      }
      if (code == 0) return "the text holds NUL";
      append(text, code);
    }
    return nullptr;
  }

 private:
  static bool hex(std::string_view body, std::size_t& i, std::uint32_t& code) {
    if (body.size() < i + 4) return false;
    code = 0;
    for (const std::size_t end = i + 4; i < end; ++i) {
      const char c = body[i];
      const int value = digit(c)               ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : -1;
      if (value < 0) return false;
      code = code * 16 + static_cast<std::uint32_t>(value);
    }
    return true;
  }
  static void append(std::string& text, std::uint32_t code) {
    const auto push = [&](std::uint32_t byte) { text.push_back(static_cast<char>(byte)); };
    if (code < 0x80) {
      push(code);
    } else if (code < 0x800) {
      push(0xC0U | (code >> 6U));
      push(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
      push(0xE0U | (code >> 12U));
      push(0x80U | ((code >> 6U) & 0x3FU));
      push(0x80U | (code & 0x3FU));
    } else {
      push(0xF0U | (code >> 18U));
      push(0x80U | ((code >> 12U) & 0x3FU));
      push(0x80U | ((code >> 6U) & 0x3FU));
      push(0x80U | (code & 0x3FU));
    }
  }
};

class JsonReader {
 public:
  JsonReader(FileId file, std::uint32_t begin, std::string_view text, const ReadLimits& limits,
             std::vector<RawDocument>& documents, Diagnostics& out)
      : file_(file), begin_(begin), buffer_(text), builder_(limits, out), documents_(documents) {}

  void read_all() { read_range(0, buffer_.size(), 0); }

  void read_lines() {
    const std::string_view text(buffer_.data(), buffer_.size());
    std::uint32_t index = 0;
    for (std::size_t from = 0; from < text.size() && !builder_.file_stopped();) {
      const std::size_t to = std::min(text.find('\n', from), text.size());
      if (!trimmed(text.substr(from, to - from)).empty()) read_range(from, to, index++);
      from = to + 1;
    }
  }

 private:
  void read_range(std::size_t from, std::size_t to, std::uint32_t index) {
    builder_.begin_document(index);
    const std::string_view text(buffer_.data() + from, to - from);
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return syntax(to, "the file is empty");
    // The padding that simdjson wants after the text is what follows in the buffer.
    ondemand::document document;
    const auto error = parser_
                           .iterate(simdjson::padded_string_view(text.data(), text.size(),
                                                                 buffer_.size() + simdjson::SIMDJSON_PADDING - from))
                           .get(document);
    if (error != simdjson::SUCCESS) return lexical_error(error, from, text);
    if (text[first] != '{' && text[first] != '[') {
      const std::string_view token = trimmed(text.substr(first));
      (void)scalar(token);
    } else {
      ondemand::value root;
      if (const auto wrong = document.get_value().get(root); wrong != simdjson::SUCCESS)
        return structure_error(document, text);
      if (!value(root)) {
        if (wrong_ != simdjson::SUCCESS) structure_error(document, text);
        return;
      }
      if (const char* at = nullptr;
          document.current_location().get(at) == simdjson::SUCCESS) {  // no token is left: an error
        return syntax(static_cast<std::size_t>(at - buffer_.data()), "more text after the end of the document");
      }
    }
    builder_.end_document(span(from + first, from + first + trimmed(text.substr(first)).size()), documents_);
  }

  [[nodiscard]] Span span(std::size_t from, std::size_t to) const {
    return {file_, begin_ + static_cast<std::uint32_t>(from), begin_ + static_cast<std::uint32_t>(to)};
  }
  [[nodiscard]] Span span(std::string_view token) const {
    const auto from = static_cast<std::size_t>(token.data() - buffer_.data());
    return span(from, from + token.size());
  }
  void syntax(std::size_t at, std::string message) {
    builder_.error(Code::json_syntax, span(at, at), std::move(message));
  }

  /// False: stop walking this document (wrong_ says why, when simdjson found it).
  bool value(ondemand::value v) {
    ondemand::json_type type{};
    if (wrong_ = v.type().get(type); wrong_ != simdjson::SUCCESS) return false;
    if (type == ondemand::json_type::object) return object(v);
    if (type == ondemand::json_type::array) return array(v);
    return scalar(trimmed(v.raw_json_token()));
  }

  [[nodiscard]] Span opening(ondemand::value& v) {
    const std::string_view bracket = v.raw_json_token().substr(0, 1);
    last_open_ = bracket.data() + 1;
    return span(bracket);
  }

  bool object(ondemand::value& v) {
    if (!builder_.open(RawNode::Kind::map, opening(v)).valid()) return stop();
    ondemand::object fields;
    if (wrong_ = v.get_object().get(fields); wrong_ != simdjson::SUCCESS) return false;
    const char* end = last_open_;
    for (auto entry : fields) {
      ondemand::field field;
      if (wrong_ = std::move(entry).get(field); wrong_ != simdjson::SUCCESS) return false;
      const char* body = field.key().raw();
      const char* close = body;
      while (*close != '"') close += *close == '\\' ? 2 : 1;  // simdjson has found the closing quote
      if (!string(std::string_view(body - 1, static_cast<std::size_t>(close - body) + 2))) return false;
      if (!value(field.value())) return false;
      end = last_end_;
    }
    return closed(end);
  }

  bool array(ondemand::value& v) {
    if (!builder_.open(RawNode::Kind::list, opening(v)).valid()) return stop();
    ondemand::array items;
    if (wrong_ = v.get_array().get(items); wrong_ != simdjson::SUCCESS) return false;
    const char* end = last_open_;
    for (auto item : items) {
      ondemand::value element;
      if (wrong_ = std::move(item).get(element); wrong_ != simdjson::SUCCESS) return false;
      if (!value(element)) return false;
      end = last_end_;
    }
    return closed(end);
  }

  /// After the last element only white space stands before the closing bracket.
  bool closed(const char* end) {
    while (space(*end)) ++end;
    last_end_ = end + 1;
    builder_.close(begin_ + static_cast<std::uint32_t>(last_end_ - buffer_.data()));
    return true;
  }
  bool stop() {
    wrong_ = simdjson::SUCCESS;
    return false;
  }

  bool string(std::string_view token) {
    last_end_ = token.data() + token.size();
    std::size_t bad = 0;
    if (const char* problem = unescape_(token.substr(1, token.size() - 2), text_, bad); problem != nullptr) {
      syntax(static_cast<std::size_t>(token.data() - buffer_.data()) + 1 + bad, problem);
    }
    return builder_.scalar(text_, true, span(token)).valid() || stop();
  }

  bool scalar(std::string_view token) {
    if (token.size() >= 2 && token.front() == '"' && token.back() == '"') return string(token);
    last_end_ = token.data() + token.size();
    if (token == "null") return builder_.null("null", span(token)).valid() || stop();
    if (token != "true" && token != "false" && !is_number(token)) {
      const std::string_view shown = token.substr(0, 40);
      syntax(static_cast<std::size_t>(token.data() - buffer_.data()),
             fmt::format("`{}{}` is no JSON value", shown, shown.size() < token.size() ? "…" : ""));
    }
    return builder_.scalar(std::string(token), false, span(token)).valid() || stop();
  }

  void lexical_error(simdjson::error_code error, std::size_t from, std::string_view text) {
    if (error == simdjson::UNCLOSED_STRING) return syntax(from + unclosed_string(text), "the string is not closed");
    if (error == simdjson::UNESCAPED_CHARS)
      return syntax(from + raw_control(text), "a line break or tab stands unescaped in a string");
    if (error == simdjson::MEMALLOC) throw std::bad_alloc();
    structure_error(text.data() + text.size(), text);
  }
  void structure_error(ondemand::document& document, std::string_view text) {
    const char* at = nullptr;
    if (document.current_location().get(at) != simdjson::SUCCESS) at = text.data() + text.size();
    structure_error(at, text);
  }
  void structure_error(const char* at, std::string_view text) {
    if (builder_.stopped()) return;
    const char* end = text.data() + trimmed(text).size();
    const bool ended = at >= end;
    syntax(static_cast<std::size_t>((ended ? end : at) - buffer_.data()),
           ended ? "the text ends before its lists and records are closed"
                 : "a comma, a colon, a value or a closing bracket is missing here");
  }
  static std::size_t raw_control(std::string_view text) {
    bool inside = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\\' && inside) {
        ++i;
      } else if (text[i] == '"') {
        inside = !inside;
      } else if (inside && static_cast<unsigned char>(text[i]) < 0x20) {
        return i;
      }
    }
    return text.size();
  }
  static std::size_t unclosed_string(std::string_view text) {
    std::size_t open = 0;
    bool inside = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\\' && inside) {
        ++i;
      } else if (text[i] == '"') {
        inside = !inside;
        open = i;
      }
    }
    return open;
  }

  FileId file_;
  std::uint32_t begin_;
  simdjson::padded_string buffer_;
  RawBuilder builder_;
  std::vector<RawDocument>& documents_;
  ondemand::parser parser_;
  simdjson::error_code wrong_ = simdjson::SUCCESS;
  Unescaper unescape_;
  std::string text_;
  const char* last_end_ = nullptr;   // behind the last token taken
  const char* last_open_ = nullptr;  // behind the last bracket opened
};

}  // namespace

void read_json(FileId file, std::uint32_t begin, bool lines, const SourceMap& sources, const ReadLimits& limits,
               std::vector<RawDocument>& documents, Diagnostics& out) {
  JsonReader reader(file, begin, sources.text(file).substr(begin), limits, documents, out);
  if (lines) {
    reader.read_lines();
  } else {
    reader.read_all();
  }
}

}  // namespace writ::facts
