#include "engine/base/excerpt.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "engine/base/utf8.h"

namespace writ {
namespace {

constexpr std::size_t kWindow = 160;  // bytes of a line that are shown at most
constexpr std::size_t kBefore = 60;   // of them before the place, where the line must be cut

constexpr const char* kBlue = "\x1b[1;34m";
constexpr const char* kRed = "\x1b[1;31m";
constexpr const char* kReset = "\x1b[0m";

struct Placed {
  const Mark* mark;
  std::uint32_t line;
  std::uint32_t begin;  // within the line, in bytes
  std::uint32_t end;
};

bool continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::size_t boundary_down(std::string_view text, std::size_t at) {
  while (at > 0 && at < text.size() && continuation(text[at])) --at;
  return at;
}

std::size_t boundary_up(std::string_view text, std::size_t at) {
  while (at < text.size() && continuation(text[at])) ++at;
  return at;
}

Placed place(const Mark& mark, const SourceMap& sources) {
  const std::uint32_t line = sources.position(mark.span.file, mark.span.begin).line;
  const std::uint32_t start = sources.line_start(mark.span.file, line);
  const auto length = static_cast<std::uint32_t>(sources.line(mark.span.file, line).size());
  const std::uint32_t begin = std::min(mark.span.begin - start, length);
  const std::uint32_t end = std::clamp(mark.span.end - start, begin, length);  // a span of several lines: its first one
  return {&mark, line, begin, end};
}

class Writer {
 public:
  Writer(const SourceMap& sources, bool color, std::size_t gutter)
      : sources_(sources), color_(color), gutter_(gutter) {}

  void file(FileId file, const std::vector<Placed>& marks, const Placed& first, bool main) {
    const Position at = sources_.position(file, first.mark->span.begin);
    put(fmt::format("{:{}}{}{}{} {}:{}:{}\n", "", gutter_, blue(), main ? "-->" : ":::", reset(),
                    printable(sources_.path(file)), at.line, at.column));
    bar();
    std::uint32_t previous = 0;
    for (std::size_t i = 0; i < marks.size(); ++i) {
      if (marks[i].line != previous) {
        if (previous != 0 && marks[i].line > previous + 1) put("...\n");
        previous = marks[i].line;
        source_line(file, marks, i);
      }
      underline(marks[i]);
    }
  }

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  /// The shown part of the line holds the first of its marks; the others are drawn where they are visible.
  void source_line(FileId file, const std::vector<Placed>& marks, std::size_t first) {
    line_ = sources_.line(file, marks[first].line);
    from_ = 0;
    to_ = line_.size();
    if (line_.size() > kWindow) {
      const std::size_t begin = marks[first].begin;
      from_ = begin > kBefore ? boundary_down(line_, begin - kBefore) : 0;
      to_ = boundary_up(line_, std::min(line_.size(), from_ + kWindow));
    }
    put(fmt::format("{}{:>{}} |{}{}{}{}{}\n", blue(), marks[first].line, gutter_, reset(), to_ > from_ ? " " : "",
                    from_ > 0 ? "…" : "", printable(line_.substr(from_, to_ - from_)), to_ < line_.size() ? "…" : ""));
  }

  void underline(const Placed& placed) {
    const std::size_t begin = std::clamp<std::size_t>(placed.begin, from_, to_);
    const std::size_t end = std::clamp<std::size_t>(placed.end, begin, to_);
    const std::size_t indent = display_width(printable(line_.substr(from_, begin - from_))) + (from_ > 0 ? 1 : 0);
    const std::size_t width = std::max<std::size_t>(1, display_width(printable(line_.substr(begin, end - begin))));
    const bool primary = placed.mark->primary;
    const std::string carets(width, primary ? '^' : '-');
    put(fmt::format("{}{:{}} |{} {:{}}{}{}{}{}{}\n", blue(), "", gutter_, reset(), "", indent, primary ? red() : blue(),
                    carets, placed.mark->text.empty() ? "" : " ", printable(placed.mark->text), reset()));
  }

  void bar() { put(fmt::format("{}{:{}} |{}\n", blue(), "", gutter_, reset())); }
  void put(const std::string& text) { out_ += text; }
  [[nodiscard]] const char* blue() const { return color_ ? kBlue : ""; }
  [[nodiscard]] const char* red() const { return color_ ? kRed : ""; }
  [[nodiscard]] const char* reset() const { return color_ ? kReset : ""; }

  const SourceMap& sources_;
  bool color_;
  std::size_t gutter_;
  std::string out_;
  std::string_view line_;
  std::size_t from_ = 0;
  std::size_t to_ = 0;
};

}  // namespace

std::size_t gutter_width(const std::vector<Mark>& marks, const SourceMap& sources) {
  std::uint32_t largest = 1;
  for (const Mark& mark : marks) largest = std::max(largest, sources.position(mark.span.file, mark.span.begin).line);
  return fmt::formatted_size("{}", largest);
}

std::string excerpt(const std::vector<Mark>& marks, const SourceMap& sources, bool color, std::size_t gutter) {
  Writer writer(sources, color, std::max(gutter, gutter_width(marks, sources)));
  std::vector<FileId> files;
  for (const Mark& mark : marks) {
    if (std::find(files.begin(), files.end(), mark.span.file) == files.end()) files.push_back(mark.span.file);
  }
  for (const FileId file : files) {
    std::vector<Placed> placed;
    for (const Mark& mark : marks) {
      if (mark.span.file == file) placed.push_back(place(mark, sources));
    }
    const Placed first =
        placed.front();  // the place in the heading: the file's first mark, which is the primary one where there is one
    std::stable_sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) { return a.line < b.line; });
    writer.file(file, placed, first, file == files.front());
  }
  return writer.take();
}

}  // namespace writ
