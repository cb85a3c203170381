#include "engine/base/source.h"

#include <algorithm>

#include "engine/base/check.h"
#include "engine/base/utf8.h"

namespace writ {

FileId SourceMap::add(std::string path, std::string text) {
  const FileId id = add_later(std::move(path), text.size(), nullptr);
  files_.back().text = std::move(text);
  return id;
}

FileId SourceMap::add_later(std::string path, std::size_t size, std::function<std::string()> fetch) {
  WRIT_CHECK(size < UINT32_MAX);  // spans are 32 bits; readers refuse larger inputs before this
  File& file = files_.emplace_back();
  file.path = std::move(path);
  file.size = size;
  file.fetch = std::move(fetch);
  return FileId{static_cast<std::uint32_t>(files_.size() - 1)};
}

const SourceMap::File& SourceMap::at(FileId file) const {
  WRIT_CHECK(file.index < files_.size());
  return files_[file.index];
}

const std::vector<std::uint32_t>& SourceMap::line_starts(FileId id) const {
  const File& file = at(id);
  const std::string_view whole = text(id);
  std::call_once(file.counted, [&] {
    file.line_starts.push_back(0);
    for (std::size_t i = 0; i < whole.size(); ++i) {
      if (whole[i] == '\n') file.line_starts.push_back(static_cast<std::uint32_t>(i + 1));
    }
  });
  return file.line_starts;
}

std::string_view SourceMap::path(FileId file) const { return at(file).path; }

std::string_view SourceMap::text(FileId id) const {
  const File& file = at(id);
  if (file.fetch) {
    std::call_once(file.fetched, [&] {
      file.text = file.fetch();
      WRIT_CHECK(file.text.size() == file.size);
    });
  }
  return file.text;
}

std::string_view SourceMap::text(Span span) const {
  const std::string_view whole = text(span.file);
  WRIT_CHECK(span.begin <= span.end && span.end <= whole.size());
  return whole.substr(span.begin, span.end - span.begin);
}

Position SourceMap::position(FileId file, std::uint32_t offset) const {
  const std::string_view whole = text(file);
  const auto& starts = line_starts(file);
  offset = std::min(offset, static_cast<std::uint32_t>(whole.size()));
  const auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  const std::uint32_t start = *(after - 1);
  const std::size_t column = count_code_points(whole.substr(start, offset - start)) + 1;
  return Position{static_cast<std::uint32_t>(after - starts.begin()), static_cast<std::uint32_t>(column)};
}

std::string_view SourceMap::line(FileId file, std::uint32_t line) const {
  std::string_view rest = text(file);
  const auto& starts = line_starts(file);
  WRIT_CHECK(line >= 1 && line <= starts.size());
  rest.remove_prefix(starts[line - 1]);
  rest = rest.substr(0, rest.find('\n'));
  if (rest.ends_with('\r')) rest.remove_suffix(1);
  return rest;
}

std::uint32_t SourceMap::line_start(FileId file, std::uint32_t line) const {
  const auto& starts = line_starts(file);
  WRIT_CHECK(line >= 1 && line <= starts.size());
  return starts[line - 1];
}

}  // namespace writ
