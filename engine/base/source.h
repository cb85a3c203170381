// Source texts and places in them. A SourceMap owns every text that was read (rules and documents alike); a Span is a
// byte range in one of them. Lines and columns are 1-based; columns count code points.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace writ {

struct FileId {
  std::uint32_t index = UINT32_MAX;
  [[nodiscard]] bool valid() const { return index != UINT32_MAX; }
  friend auto operator<=>(FileId, FileId) = default;
};

/// Half-open byte range [begin, end) of a file.
struct Span {
  FileId file;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  [[nodiscard]] bool valid() const { return file.valid(); }
  friend auto operator<=>(const Span&, const Span&) = default;
};

struct Position {
  std::uint32_t line = 1;    // 1-based
  std::uint32_t column = 1;  // 1-based, in code points
};

class SourceMap {
 public:
  /// `path` is what messages show; it is not opened here.
  FileId add(std::string path, std::string text);
  /// A text of `size` bytes that is fetched when somebody asks for it: few reports quote a rule.
  FileId add_later(std::string path, std::size_t size, std::function<std::string()> fetch);
  [[nodiscard]] std::string_view path(FileId file) const;
  [[nodiscard]] std::string_view text(FileId file) const;
  [[nodiscard]] std::string_view text(Span span) const;
  [[nodiscard]] Position position(FileId file, std::uint32_t offset) const;
  /// The line's text without its line break.
  [[nodiscard]] std::string_view line(FileId file, std::uint32_t line) const;
  /// Offset of the line's first byte.
  [[nodiscard]] std::uint32_t line_start(FileId file, std::uint32_t line) const;
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(files_.size()); }

 private:
  // Texts and where their lines start are made when they are first needed, once, whichever thread asks first.
  struct File {
    std::string path;
    std::size_t size = 0;
    std::function<std::string()> fetch;
    mutable std::once_flag fetched, counted;
    mutable std::string text;
    mutable std::vector<std::uint32_t> line_starts;
  };
  [[nodiscard]] const File& at(FileId file) const;
  [[nodiscard]] const std::vector<std::uint32_t>& line_starts(FileId file) const;
  std::deque<File> files_;  // stable addresses: string_views into texts stay valid
};

}  // namespace writ
