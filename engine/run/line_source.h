// A file of lines, or standard input, in pieces of whole lines of about a megabyte. A line that is longer makes its
// piece longer, up to a limit.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace writ::run {

class LineSource {
 public:
  struct Chunk {
    std::vector<char> bytes;  // with room behind `size` for readers that look ahead
    std::size_t size = 0;
    std::uint64_t first_line = 1;
    std::shared_ptr<const std::string> path;  // as shown
    [[nodiscard]] std::string_view text() const { return {bytes.data(), size}; }
  };
  enum class State : std::uint8_t { chunk, end, failed };

  /// `path` empty: standard input.
  LineSource(std::string shown, const std::string& path, std::uint64_t longest_line);
  ~LineSource();
  LineSource(const LineSource&) = delete;
  LineSource& operator=(const LineSource&) = delete;

  [[nodiscard]] State next(Chunk& chunk);

  [[nodiscard]] bool failed() const { return !problem_.empty(); }
  [[nodiscard]] bool too_large() const { return too_large_; }
  [[nodiscard]] const std::string& problem() const { return problem_; }
  [[nodiscard]] const std::string& shown() const { return *shown_; }
  /// The line that comes next; where it failed, 0 if none was reached.
  [[nodiscard]] std::uint64_t line() const { return line_; }

 private:
  State fail(std::string problem);

  std::shared_ptr<const std::string> shown_;
  std::uint64_t longest_;
  int descriptor_ = -1;
  bool ended_ = false, too_large_ = false;
  std::string problem_;
  std::string rest_;  // the beginning of a line whose end has not been read
  std::uint64_t line_ = 1;
};

}  // namespace writ::run
