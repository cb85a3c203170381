#include "tests/syntax/golden.h"

#include <fmt/format.h>

#include <fstream>
#include <map>
#include <sstream>

#include "engine/syntax/parse.h"

namespace writ::testing {
namespace {

struct Found {
  std::string code;
  Position place;
};

std::vector<Found> run(const std::string& text) {
  SourceMap sources;
  const FileId file = sources.add("case.writ", text);
  Diagnostics out;
  static_cast<void>(syntax::parse(file, sources, out));
  out.sort(sources);
  std::vector<Found> found;
  for (const Diagnostic& d : out.items()) found.push_back({code_text(d.code), sources.position(file, d.span.begin)});
  return found;
}

bool is_expectation(std::string_view line) { return line.starts_with("#~"); }

}  // namespace

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<std::string> expectations(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (is_expectation(line)) out.push_back(line.substr(3));
  }
  return out;
}

std::vector<std::string> diagnose(const std::string& text) {
  std::vector<std::string> out;
  for (const Found& f : run(text)) out.push_back(fmt::format("{} {}:{}", f.code, f.place.line, f.place.column));
  return out;
}

std::string rewritten(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (!is_expectation(line)) lines.push_back(line);
  }
  std::string plain;
  for (const std::string& line : lines) plain += line + "\n";
  std::multimap<std::uint32_t, Found> under;
  for (const Found& f : run(plain)) under.emplace(f.place.line, f);
  std::string out;
  std::uint32_t added = 0;
  for (std::uint32_t n = 1; n <= lines.size(); ++n) {
    out += lines[n - 1] + "\n";
    const std::uint32_t line = n + added;
    const auto [first, last] = under.equal_range(n);
    for (auto it = first; it != last; ++it, ++added)
      out += fmt::format("#~ {} {}:{}\n", it->second.code, line, it->second.place.column);
  }
  return out;
}

}  // namespace writ::testing
