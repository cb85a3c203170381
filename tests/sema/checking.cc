#include "tests/sema/checking.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/syntax/parse.h"

namespace writ::test {

std::vector<std::string> Checking::lines() const {
  std::vector<std::string> out;
  for (const Diagnostic& d : diagnostics.items()) {
    const Position at = d.span.valid() ? sources.position(d.span.file, d.span.begin) : Position{0, 0};
    out.push_back(fmt::format("{} {}:{} {}", code_text(d.code), at.line, at.column, d.message));
  }
  return out;
}

std::unique_ptr<Checking> check_texts(const Texts& texts) {
  auto out = std::make_unique<Checking>();
  for (const auto& [name, text] : texts) {
    const FileId id = out->sources.add(name, text);
    out->files.push_back(syntax::parse(id, out->sources, out->diagnostics));
  }
  out->checked = sema::check(out->files, out->sources, out->diagnostics);
  out->diagnostics.sort(out->sources);
  return out;
}

std::string shared_vocabulary() {
  std::ifstream in(std::filesystem::path(WRIT_SOURCE_DIR) / "fixtures/malformed/rules/vocabulary.writ",
                   std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace writ::test
