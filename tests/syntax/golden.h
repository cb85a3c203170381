// A golden of diagnostics: a rule file in which each expected diagnostic stands as a comment `#~ WR0101 LINE:COL` under
// its line.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace writ::testing {

[[nodiscard]] std::string read_file(const std::filesystem::path& path);
/// The expectations of the text, in its order: "WR0101 3:14".
[[nodiscard]] std::vector<std::string> expectations(const std::string& text);
/// What parse says about the text, in the order of places.
[[nodiscard]] std::vector<std::string> diagnose(const std::string& text);
/// The text with the expectations that parse fulfils.
[[nodiscard]] std::string rewritten(const std::string& text);

}  // namespace writ::testing
