#include "tests/acceptance/program.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace writ::acceptance {

namespace fs = std::filesystem;

namespace {

std::string drain(const fs::path& path) {
  std::string text = read_file(path);
  fs::remove(path);
  return text;
}

}  // namespace

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot open " + path.string());
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string Ran::last_error_line() const {
  std::istringstream lines(err);
  std::string line, last;
  while (std::getline(lines, line)) {
    if (!line.empty()) last = line;
  }
  return last;
}

Folder::Folder() {
  std::string pattern = (fs::temp_directory_path() / "writ-test-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp");
  path_ = pattern;
}
Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}
std::string Folder::write(const std::string& name, const std::string& text) const {
  const fs::path file = path_ / name;
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
  return file.string();
}

Ran run(const std::vector<std::string>& command, const Environment& environment) {
  Folder scratch;
  const std::string input = scratch.write("in", environment.input);
  const fs::path out = scratch.path() / "out", err = scratch.path() / "err";
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("fork");
  if (child == 0) {
    const fs::path directory = environment.directory.empty() ? fs::path(WRIT_SOURCE_DIR) : environment.directory;
    if (::chdir(directory.c_str()) != 0) ::_exit(126);
    for (const auto& [name, value] : environment.set) ::setenv(name.c_str(), value.c_str(), 1);
    const auto redirect = [](const char* path, int flags, int to) {
      const int fd = ::open(path, flags, 0600);
      if (fd < 0 || ::dup2(fd, to) < 0) ::_exit(126);
      ::close(fd);
    };
    redirect(input.c_str(), O_RDONLY, STDIN_FILENO);
    redirect(out.c_str(), O_WRONLY | O_CREAT, STDOUT_FILENO);
    redirect(err.c_str(), O_WRONLY | O_CREAT, STDERR_FILENO);
    std::vector<char*> argv;
    for (const std::string& a : command) argv.push_back(const_cast<char*>(a.c_str()));
    argv.push_back(nullptr);
    ::execvp(argv[0], argv.data());
    ::_exit(127);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  Ran result;
  result.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  result.out = drain(out);
  result.err = drain(err);
  return result;
}

Ran writ(const std::vector<std::string>& arguments, const Environment& environment) {
  std::vector<std::string> command{WRIT_PROGRAM};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return run(command, environment);
}

nlohmann::json result_of(const nlohmann::json& report, const std::string& rule, const std::string& element,
                         const std::string& requirement) {
  for (const auto& r : report.at("results")) {
    if (r.at("rule") != rule) continue;
    if (!element.empty() && (r.at("element").is_null() || r.at("element").at("key") != element)) continue;
    if (!requirement.empty() && r.at("requirement") != requirement) continue;
    return r;
  }
  return nullptr;
}

std::string verdict_of(const nlohmann::json& report, const std::string& rule, const std::string& element,
                       const std::string& requirement) {
  const nlohmann::json r = result_of(report, rule, element, requirement);
  return r.is_null() ? "no result" : r.at("verdict").get<std::string>();
}

}  // namespace writ::acceptance
