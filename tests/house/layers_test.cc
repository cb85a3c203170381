// The layers of the house: who may include whom. The table here is the law; CMakeLists.txt and the #includes are held
// to it.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using Names = std::set<std::string>;

const fs::path kRoot = WRIT_SOURCE_DIR;

const std::map<std::string, Names> kLayers = {
    {"base", {}},
    {"crypto", {"base"}},
    {"model", {"base"}},
    {"syntax", {"base"}},
    {"sema", {"base", "model", "syntax"}},
    {"ir", {"base", "model"}},
    {"bundle", {"base", "crypto", "model", "ir"}},
    {"lower", {"base", "model", "syntax", "sema", "ir"}},
    {"session", {"base", "crypto", "model", "syntax", "sema", "ir", "bundle", "lower"}},
    {"facts", {"base", "model"}},
    {"eval", {"base", "model", "ir", "facts"}},
    {"columns", {"base", "model", "ir", "facts", "eval"}},
    {"explain", {"base", "model", "ir", "facts", "eval"}},
    {"gate", {"base", "model", "ir", "facts", "eval"}},
    {"tables", {"base", "model", "ir", "facts"}},
    {"run", {"base", "crypto", "model", "session", "ir", "facts", "eval", "columns", "explain", "gate", "tables"}},
    {"report", {"base", "crypto", "model", "ir", "facts", "eval", "explain", "gate"}},
    {"cli",
     {"base", "crypto", "model", "syntax", "sema", "ir", "bundle", "lower", "session", "facts", "eval", "explain",
      "gate", "run", "report"}},
};

/// Third-party headers and the rooms that may see them. What is not listed here may be included nowhere. fmt is
/// everywhere.
struct ThirdParty {
  std::string prefix;
  Names rooms;
};
const std::vector<ThirdParty> kThirdParty = {
    {"fmt/", {}},
    {"gmp.h", {"base"}},
    {"openssl/", {"crypto"}},
    {"antlr4-runtime", {"syntax"}},
    {"WritLexer.h", {"syntax"}},
    {"WritParser.h", {"syntax"}},
    {"yaml.h", {"facts"}},
    {"simdjson.h", {"facts", "columns"}},
    {"nlohmann/", {"report", "cli"}},
    {"CLI/", {"cli"}},
};
/// What C and POSIX give; everything without a dot or slash is the standard library's.
const Names kSystem = {"unistd.h", "fcntl.h", "dirent.h", "signal.h"};

struct Include {
  fs::path file;  // relative to engine/
  int line;
  std::string target;
};

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<Include> includes() {
  static const std::regex kInclude(R"re(^\s*#\s*include\s*[<"]([^>"]+)[>"])re");
  std::vector<Include> found;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / "engine")) {
    const std::string extension = entry.path().extension().string();
    if (extension != ".h" && extension != ".cc") continue;
    std::istringstream lines(read(entry.path()));
    std::string line;
    std::smatch match;
    for (int number = 1; std::getline(lines, line); ++number) {
      if (std::regex_search(line, match, kInclude)) {
        found.push_back({fs::relative(entry.path(), kRoot / "engine"), number, match[1]});
      }
    }
  }
  return found;
}

std::string room_of(const fs::path& relative) { return relative.begin()->string(); }

TEST(Layers, TheTableHasNoCycle) {
  std::map<std::string, int> state;  // 1: being visited, 2: done
  std::function<bool(const std::string&)> cyclic = [&](const std::string& room) {
    if (state[room] == 2) return false;
    if (state[room] == 1) return true;
    state[room] = 1;
    const bool found = std::any_of(kLayers.at(room).begin(), kLayers.at(room).end(), cyclic);
    state[room] = 2;
    return found;
  };
  for (const auto& [room, uses] : kLayers) EXPECT_FALSE(cyclic(room)) << room;
}

TEST(Layers, EveryFolderOfTheEngineIsARoom) {
  for (const auto& entry : fs::directory_iterator(kRoot / "engine")) {
    if (!entry.is_directory()) continue;  // the helpers of the build
    EXPECT_TRUE(kLayers.contains(entry.path().filename())) << entry.path();
  }
}

TEST(Layers, TheBuildSaysTheSame) {
  static const std::regex kRoom(R"(writ_room\((\w+)(?:\s+USES((?:\s+[a-z]+)+))?)");
  const std::string text = read(kRoot / "CMakeLists.txt");
  std::map<std::string, Names> built;
  for (std::sregex_iterator at(text.begin(), text.end(), kRoom), end; at != end; ++at) {
    std::istringstream words((*at)[2]);
    Names& uses = built[(*at)[1]];
    for (std::string word; words >> word;) uses.insert(word);
  }
  EXPECT_EQ(built, kLayers);
}

TEST(Layers, IncludesGoDownOnly) {
  const auto all = includes();
  ASSERT_GT(all.size(), 100U) << "the includes were not found";
  for (const Include& include : all) {
    if (!include.target.starts_with("engine/")) continue;
    const std::string from = room_of(include.file);
    const std::string to = room_of(include.target.substr(7));
    const auto uses = kLayers.find(from);
    ASSERT_NE(uses, kLayers.end()) << include.file;
    EXPECT_TRUE(from == to || uses->second.contains(to)) << include.file.string() << ":" << include.line << " includes "
                                                         << include.target << ": " << from << " may not see " << to;
    EXPECT_TRUE(fs::exists(kRoot / include.target))
        << include.file.string() << ":" << include.line << " " << include.target;
  }
}

TEST(Layers, ThirdPartyStaysInItsRoom) {
  std::map<std::string, Names> in_headers;
  for (const Include& include : includes()) {
    if (include.target.starts_with("engine/")) continue;
    if (include.target.find_first_of("./") == std::string::npos) continue;  // <vector>
    if (include.target.starts_with("sys/") || kSystem.contains(include.target)) continue;
    const auto known = std::find_if(kThirdParty.begin(), kThirdParty.end(),
                                    [&](const ThirdParty& t) { return include.target.starts_with(t.prefix); });
    const std::string place =
        include.file.string() + ":" + std::to_string(include.line) + " includes " + include.target;
    ASSERT_NE(known, kThirdParty.end()) << place << ", which no room may";
    EXPECT_TRUE(known->rooms.empty() || known->rooms.contains(room_of(include.file)))
        << place << ", which belongs to another room";
    if (known->prefix != "fmt/" && include.file.extension() == ".h")
      in_headers[include.target].insert(include.file.string());
  }
  // A third-party header lives in .cc files; one private header may carry it to the files of its own room.
  for (const auto& [target, files] : in_headers)
    EXPECT_LE(files.size(), 1U) << target << " is in several of our headers";
}

}  // namespace
