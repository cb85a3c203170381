// Runs the program as a user would, and reads what it says.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace writ::acceptance {

struct Ran {
  int code = -1;  // exit code; 128 + signal when killed
  std::string out, err;
  [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(out); }
  [[nodiscard]] std::string last_error_line() const;
};

struct Environment {
  std::vector<std::pair<std::string, std::string>> set;
  std::string input;                // standard input
  std::filesystem::path directory;  // working directory; empty: the repository's root
};

/// `writ ARGUMENTS` (no shell).
[[nodiscard]] Ran writ(const std::vector<std::string>& arguments, const Environment& environment = {});
/// Any program.
[[nodiscard]] Ran run(const std::vector<std::string>& command, const Environment& environment = {});

/// A folder of its own for one test, removed with it.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Writes a file and returns its path.
  std::string write(const std::string& name, const std::string& text) const;

 private:
  std::filesystem::path path_;
};

/// The result of `rule` (and label, element key) in a JSON report; null when there is none.
[[nodiscard]] nlohmann::json result_of(const nlohmann::json& report, const std::string& rule,
                                       const std::string& element = {}, const std::string& requirement = {});
[[nodiscard]] std::string verdict_of(const nlohmann::json& report, const std::string& rule,
                                     const std::string& element = {}, const std::string& requirement = {});

[[nodiscard]] std::string read_file(const std::filesystem::path& path);

}  // namespace writ::acceptance
