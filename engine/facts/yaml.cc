// YAML through libyaml's events, under the bounded builder. What the events leave open is decided here: only `null`,
// `~` and nothing are null, every other plain scalar is text until binding; aliases are copies; tags other than the
// core ones are refused.
#include <fmt/format.h>
#include <yaml.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <string_view>
#include <unordered_map>

#include "engine/facts/raw_builder.h"
#include "engine/facts/readers.h"

namespace writ::facts {
namespace {

constexpr std::size_t kMostDirectives = 32;  // libyaml compares each %TAG with all before it

/// libyaml counts code points, spans count bytes. Its marks move forward almost always, so a cursor serves them in
/// linear time.
class ByteOffsets {
 public:
  explicit ByteOffsets(std::string_view text) : text_(text) {}
  std::uint32_t operator()(std::size_t index) {
    while (index_ < index && byte_ < text_.size()) {
      ++byte_;
      while (byte_ < text_.size() && continuation(byte_)) ++byte_;
      ++index_;
    }
    while (index_ > index) {
      --byte_;
      while (byte_ > 0 && continuation(byte_)) --byte_;
      --index_;
    }
    return static_cast<std::uint32_t>(byte_);
  }

 private:
  [[nodiscard]] bool continuation(std::size_t byte) const {
    return (static_cast<unsigned char>(text_[byte]) & 0xC0U) == 0x80U;
  }
  std::string_view text_;
  std::size_t index_ = 0;
  std::size_t byte_ = 0;
};

std::string_view text_of(const yaml_char_t* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

bool core_tag(std::string_view tag, std::initializer_list<std::string_view> names) {
  constexpr std::string_view kCore = "tag:yaml.org,2002:";
  if (tag.empty() || tag == "!") return true;
  return tag.starts_with(kCore) && std::find(names.begin(), names.end(), tag.substr(kCore.size())) != names.end();
}

struct Advice {
  std::string_view problem;
  std::string_view help;
};
constexpr auto kAdvice = std::to_array<Advice>({
    {"mapping values are not allowed in this context",
     "put text that holds a colon in quotes, and check the indentation"},
    {"found character that cannot start any token", "put text that begins with this character in quotes"},
    {"did not find expected key", "check the indentation: keys of one record begin in one column"},
    {"found unexpected end of stream", "close the quote"},
    {"did not find expected '-' indicator", "check the indentation: the elements of one list begin in one column"},
    {"could not find expected ':'", "a key is followed by a colon and a space"},
    {"did not find expected ',' or '}'", "close the record with `}`, and separate its entries by commas"},
    {"did not find expected ',' or ']'", "close the list with `]`, and separate its elements by commas"},
});

class YamlReader {
 public:
  YamlReader(FileId file, std::uint32_t begin, std::string_view text, const ReadLimits& limits,
             std::vector<RawDocument>& documents, Diagnostics& out)
      : file_(file),
        begin_(begin),
        text_(text),
        offsets_(text),
        builder_(limits, out),
        documents_(documents),
        out_(out) {
    yaml_parser_initialize(&parser_);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
  }
  YamlReader(const YamlReader&) = delete;
  YamlReader& operator=(const YamlReader&) = delete;
  ~YamlReader() { yaml_parser_delete(&parser_); }

  void read() {
    if (too_many_directives()) return;
    for (bool more = true; more && !builder_.stopped();) {
      yaml_event_t event;
      if (yaml_parser_parse(&parser_, &event) == 0) {
        syntax_error();
        return;
      }
      more = event.type != YAML_STREAM_END_EVENT && event.type != YAML_NO_EVENT;
      take(event);
      yaml_event_delete(&event);
    }
  }

 private:
  [[nodiscard]] std::uint32_t offset(const yaml_mark_t& mark) { return begin_ + offsets_(mark.index); }
  [[nodiscard]] Span span(const yaml_event_t& event) {
    const std::uint32_t begin = offset(event.start_mark);
    return {file_, begin, std::max(begin, offset(event.end_mark))};
  }

  bool too_many_directives() {
    std::size_t count = 0;
    for (std::size_t i = text_.find('%'); i != std::string_view::npos; i = text_.find('%', i + 1)) {
      if ((i != 0 && text_[i - 1] != '\n' && text_[i - 1] != '\r') || ++count <= kMostDirectives) continue;
      const auto place = begin_ + static_cast<std::uint32_t>(i);
      out_.report(Code::yaml_unsupported, {file_, place, place + 1},
                  fmt::format("more than {} lines that begin with `%`", kMostDirectives))
          .help = "documents need no YAML directives";
      return true;
    }
    return false;
  }

  void take(const yaml_event_t& event) {
    switch (event.type) {
      case YAML_DOCUMENT_START_EVENT:
        builder_.begin_document(index_++);
        anchors_.clear();
        document_begin_ = offset(event.start_mark);
        break;
      case YAML_DOCUMENT_END_EVENT:
        builder_.end_document({file_, document_begin_, std::max(document_begin_, offset(event.end_mark))}, documents_);
        break;
      case YAML_ALIAS_EVENT: alias(event); break;
      case YAML_SCALAR_EVENT: scalar(event); break;
      case YAML_SEQUENCE_START_EVENT:
        open(event, RawNode::Kind::list, event.data.sequence_start.anchor, event.data.sequence_start.tag, {"seq"});
        break;
      case YAML_MAPPING_START_EVENT:
        open(event, RawNode::Kind::map, event.data.mapping_start.anchor, event.data.mapping_start.tag, {"map"});
        break;
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT: close(event); break;
      case YAML_NO_EVENT:
      case YAML_STREAM_START_EVENT:
      case YAML_STREAM_END_EVENT: break;
    }
  }

  void close(const yaml_event_t& event) {
    std::uint32_t end = offset(event.end_mark);
    // A block collection ends where the next token begins: take back the white space (and comments are no part of a
    // value).
    if (event.start_mark.index == event.end_mark.index) end = std::max(last_end_, begin_);
    builder_.close(end);
    last_end_ = end;
  }

  void remember(const yaml_char_t* anchor, RawId node) {
    if (anchor != nullptr && node.valid()) anchors_[std::string(text_of(anchor))] = node;
  }

  void refuse_tag(std::string_view tag, Span place) {
    Diagnostic* diagnostic = builder_.error(Code::yaml_unsupported, place, fmt::format("tag `{}` is not read", tag));
    if (diagnostic != nullptr) diagnostic->help = "leave the tag out: the vocabulary declares the type";
  }

  void open(const yaml_event_t& event, RawNode::Kind kind, const yaml_char_t* anchor, const yaml_char_t* tag,
            std::initializer_list<std::string_view> core) {
    const Span place = span(event);
    last_end_ = place.end;
    if (!core_tag(text_of(tag), core)) refuse_tag(text_of(tag), place);
    if (builder_.expects_key()) builder_.error(Code::yaml_unsupported, place, "a list or record is no key");
    remember(anchor, builder_.open(kind, place));
  }

  void scalar(const yaml_event_t& event) {
    const auto& data = event.data.scalar;
    Span place = span(event);
    const bool block = data.style == YAML_LITERAL_SCALAR_STYLE || data.style == YAML_FOLDED_SCALAR_STYLE;
    while (block && place.end > place.begin && text_[place.end - begin_ - 1] <= ' ') --place.end;  // lines behind it
    last_end_ = place.end;
    std::string text(reinterpret_cast<const char*>(data.value), data.length);
    const std::string_view tag = text_of(data.tag);
    if (!core_tag(tag, {"str", "int", "float", "bool", "null"})) refuse_tag(tag, place);
    const bool plain = data.style == YAML_PLAIN_SCALAR_STYLE;
    const bool quoted = !plain || tag == "!" || tag.ends_with(":str");
    if (plain && text == "<<" && builder_.expects_key()) {
      Diagnostic* diagnostic = builder_.error(Code::yaml_unsupported, place, "merge keys (`<<`) are not read");
      if (diagnostic != nullptr) diagnostic->help = "write the values out where they belong";
    }
    if (text.find('\0') != std::string::npos) builder_.error(Code::control_character, place, "the text holds NUL");
    const bool null = !quoted && (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL");
    remember(data.anchor,
             null ? builder_.null(std::move(text), place) : builder_.scalar(std::move(text), quoted, place));
  }

  void alias(const yaml_event_t& event) {
    const std::string name(text_of(event.data.alias.anchor));
    const Span place = span(event);
    last_end_ = place.end;
    const auto found = anchors_.find(name);
    if (found == anchors_.end()) {
      builder_.error(Code::bad_alias, place, fmt::format("no anchor `&{}` stands before this alias", name));
      builder_.null("", place);
    } else if (builder_.is_open(found->second)) {
      Diagnostic* diagnostic =
          builder_.error(Code::bad_alias, place, fmt::format("`*{}` stands inside the value it refers to", name));
      if (diagnostic != nullptr) diagnostic->labels.push_back({builder_[found->second].span, "the value begins here"});
      builder_.null("", place);
    } else {
      if (builder_.expects_key() && builder_[found->second].kind != RawNode::Kind::scalar) {
        builder_.error(Code::yaml_unsupported, place, "a list or record is no key");
      }
      builder_.copy(found->second, place);
    }
  }

  void syntax_error() {
    if (parser_.error == YAML_MEMORY_ERROR) throw std::bad_alloc();
    std::uint32_t place = begin_ + offsets_(parser_.problem_mark.index);
    if (parser_.error == YAML_READER_ERROR)
      place = begin_ + static_cast<std::uint32_t>(std::min(parser_.problem_offset, text_.size()));
    std::string message = parser_.problem == nullptr ? "the text is not YAML" : parser_.problem;
    std::string help;
    const auto advice =
        std::find_if(kAdvice.begin(), kAdvice.end(), [&](const Advice& a) { return a.problem == message; });
    if (advice != kAdvice.end()) help = advice->help;
    const std::size_t local = place - begin_;
    if (local < text_.size() && text_[local] == '\t') {
      message = "a tab is no indentation in YAML";
      help = "indent by spaces";
    }
    Diagnostic& diagnostic = out_.report(Code::yaml_syntax, {file_, place, place}, std::move(message));
    diagnostic.help = std::move(help);
    if (parser_.context != nullptr && parser_.error != YAML_READER_ERROR) {
      const std::uint32_t context = begin_ + offsets_(parser_.context_mark.index);
      if (context != place) diagnostic.labels.push_back({{file_, context, context}, parser_.context});
    }
  }

  FileId file_;
  std::uint32_t begin_;
  std::string_view text_;
  ByteOffsets offsets_;
  RawBuilder builder_;
  std::vector<RawDocument>& documents_;
  Diagnostics& out_;
  yaml_parser_t parser_{};
  std::unordered_map<std::string, RawId> anchors_;
  std::uint32_t index_ = 0;
  std::uint32_t document_begin_ = 0;
  std::uint32_t last_end_ = 0;
};

}  // namespace

void read_yaml(FileId file, std::uint32_t begin, const SourceMap& sources, const ReadLimits& limits,
               std::vector<RawDocument>& documents, Diagnostics& out) {
  YamlReader(file, begin, sources.text(file).substr(begin), limits, documents, out).read();
}

}  // namespace writ::facts
