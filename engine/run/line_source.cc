#include "engine/run/line_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "engine/columns/fill.h"

namespace writ::run {

namespace {

constexpr std::size_t kPiece = 1U << 20;

}  // namespace

LineSource::LineSource(std::string shown, const std::string& path, std::uint64_t longest_line)
    : shown_(std::make_shared<std::string>(std::move(shown))), longest_(longest_line) {
  if (path.empty()) {
    descriptor_ = STDIN_FILENO;
    return;
  }
  // A FIFO would block on opening: only regular files are read.
  descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat about {};
  if (descriptor_ < 0 || ::fstat(descriptor_, &about) != 0) {
    problem_ = std::strerror(errno);
  } else if (!S_ISREG(about.st_mode)) {
    problem_ = "not a regular file";
  }
}

LineSource::~LineSource() {
  if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
}

LineSource::State LineSource::fail(std::string problem) {
  problem_ = std::move(problem);
  return State::failed;
}

LineSource::State LineSource::next(Chunk& chunk) {
  if (!problem_.empty()) return State::failed;
  if (ended_ && rest_.empty()) return State::end;
  std::size_t size = rest_.size();
  chunk.bytes.resize(std::max(size + kPiece, kPiece) + columns::Filler::padding());
  std::copy(rest_.begin(), rest_.end(), chunk.bytes.begin());
  rest_.clear();
  std::size_t searched = 0;  // no line break before it
  for (;;) {
    while (!ended_ && size + columns::Filler::padding() < chunk.bytes.size()) {
      const ssize_t n =
          ::read(descriptor_, chunk.bytes.data() + size, chunk.bytes.size() - size - columns::Filler::padding());
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) return fail(std::strerror(errno));
      if (n == 0) ended_ = true;
      size += static_cast<std::size_t>(n);
    }
    std::size_t whole = size;
    if (!ended_) {
      const void* last = ::memrchr(chunk.bytes.data() + searched, '\n', size - searched);
      whole = last == nullptr ? 0 : static_cast<std::size_t>(static_cast<const char*>(last) - chunk.bytes.data()) + 1;
    }
    if (whole == 0 && !ended_) {
      if (size > longest_) {
        too_large_ = true;
        return fail("a line is longer than the limit");
      }
      searched = size;
      chunk.bytes.resize(chunk.bytes.size() * 2);
      continue;
    }
    if (whole == 0) return State::end;
    rest_.assign(chunk.bytes.data() + whole, size - whole);
    chunk.size = whole;
    chunk.first_line = line_;
    chunk.path = shown_;
    line_ += static_cast<std::uint64_t>(std::count(chunk.bytes.data(), chunk.bytes.data() + whole, '\n'));
    std::memset(chunk.bytes.data() + whole, ' ', columns::Filler::padding());
    return State::chunk;
  }
}

}  // namespace writ::run
