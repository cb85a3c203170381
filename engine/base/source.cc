#include "engine/base/source.h"

#include <algorithm>

#include "engine/base/check.h"
#include "engine/base/utf8.h"

namespace writ {

FileId SourceMap::add(std::string path, std::string text) {
  WRIT_CHECK(text.size() < UINT32_MAX);  // spans are 32 bits; readers refuse larger inputs before this
  File file{std::move(path), std::move(text), {0}};
  for (std::size_t i = 0; i < file.text.size(); ++i) {
    if (file.text[i] == '\n') file.line_starts.push_back(static_cast<std::uint32_t>(i + 1));
  }
  files_.push_back(std::move(file));
  return FileId{static_cast<std::uint32_t>(files_.size() - 1)};
}

std::string_view SourceMap::path(FileId file) const {
  WRIT_CHECK(file.index < files_.size());
  return files_[file.index].path;
}

std::string_view SourceMap::text(FileId file) const {
  WRIT_CHECK(file.index < files_.size());
  return files_[file.index].text;
}

std::string_view SourceMap::text(Span span) const {
  const std::string_view whole = text(span.file);
  WRIT_CHECK(span.begin <= span.end && span.end <= whole.size());
  return whole.substr(span.begin, span.end - span.begin);
}

Position SourceMap::position(FileId file, std::uint32_t offset) const {
  const std::string_view whole = text(file);
  const auto& starts = files_[file.index].line_starts;
  offset = std::min(offset, static_cast<std::uint32_t>(whole.size()));
  const auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  const std::uint32_t start = *(after - 1);
  const std::size_t column = count_code_points(whole.substr(start, offset - start)) + 1;
  return Position{static_cast<std::uint32_t>(after - starts.begin()), static_cast<std::uint32_t>(column)};
}

std::string_view SourceMap::line(FileId file, std::uint32_t line) const {
  std::string_view rest = text(file);
  const auto& starts = files_[file.index].line_starts;
  WRIT_CHECK(line >= 1 && line <= starts.size());
  rest.remove_prefix(starts[line - 1]);
  rest = rest.substr(0, rest.find('\n'));
  if (rest.ends_with('\r')) rest.remove_suffix(1);
  return rest;
}

std::uint32_t SourceMap::line_start(FileId file, std::uint32_t line) const {
  WRIT_CHECK(file.index < files_.size());
  const auto& starts = files_[file.index].line_starts;
  WRIT_CHECK(line >= 1 && line <= starts.size());
  return starts[line - 1];
}

}  // namespace writ
