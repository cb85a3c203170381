// Every row of the catalogue of diagnostics is shown by some golden: a case in fixtures/malformed or a test that
// expects the code.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "engine/base/diagnostic.h"

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = WRIT_SOURCE_DIR;

/// Every WRnnnn in the files below a folder.
void collect(const fs::path& folder, std::set<std::string>& codes) {
  static const std::set<std::string> kKinds = {".writ", ".yaml",   ".yml",    ".json", ".ndjson",
                                               ".txt",  ".golden", ".expect", ".cc"};
  if (!fs::exists(folder)) return;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || !kKinds.contains(entry.path().extension())) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::ostringstream buffer;
    buffer << in.rdbuf();
    const std::string text = buffer.str();
    for (std::size_t at = text.find("WR"); at != std::string::npos; at = text.find("WR", at + 1)) {
      const std::string digits = text.substr(at + 2, 4);
      if (digits.size() == 4 && digits.find_first_not_of("0123456789") == std::string::npos)
        codes.insert("WR" + digits);
    }
  }
}

TEST(DiagnosticGoldens, EveryCodeIsShown) {
  std::set<std::string> shown;
  collect(kRoot / "fixtures" / "malformed", shown);
  for (const auto& entry : fs::directory_iterator(kRoot / "tests")) {
    const std::string name = entry.path().filename();
    if (entry.is_directory() && name != "house" && name != "base")
      collect(entry.path(), shown);  // base renders codes without causing them
  }
  std::string missing;
  for (const writ::CodeInfo& row : writ::all_codes()) {
    const std::string code = writ::code_text(row.code);
    if (!shown.contains(code)) missing += "\n  " + code + " " + row.name + ": " + row.title;
  }
  EXPECT_EQ(missing, "") << "no golden shows these codes";
}

TEST(DiagnosticGoldens, NoGoldenExpectsACodeThatDoesNotExist) {
  std::set<std::string> shown;
  collect(kRoot / "fixtures" / "malformed", shown);
  for (const writ::CodeInfo& row : writ::all_codes()) shown.erase(writ::code_text(row.code));
  EXPECT_TRUE(shown.empty()) << *shown.begin();
}

}  // namespace
