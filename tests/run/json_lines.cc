#include "tests/run/json_lines.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace writ::run::testing {

namespace {

using facts::RawDocument;
using facts::RawId;
using facts::RawNode;

class Writer {
 public:
  Writer(const RawDocument& raw, std::string tail, unsigned drop) : raw_(raw), tail_(std::move(tail)), drop_(drop) {}

  std::string line() {
    value(raw_.root, 0);
    return out_;
  }

 private:
  void text(const std::string& s) {
    out_ += '"';
    for (const char c : s) {
      if (c == '"' || c == '\\') out_ += '\\';
      if (c == '\n') {
        out_ += "\\n";
      } else {
        out_ += c;
      }
    }
    out_ += '"';
  }
  static bool is_number(const std::string& s) {
    if (s.empty() || s.find_first_not_of("0123456789.eE+-") != std::string::npos) return false;
    const std::size_t first = s.front() == '-' ? 1 : 0;
    if (first >= s.size() || s[first] < '0' || s[first] > '9' || s.back() == '.') return false;
    return std::count(s.begin(), s.end(), '-') <= (first != 0 ? 1 : 0) || s.find('e') != std::string::npos;
  }

  void value(RawId id, int depth) {
    const RawNode& node = raw_.nodes[id];
    switch (node.kind) {
      case RawNode::Kind::null: out_ += "null"; return;
      case RawNode::Kind::scalar:
        if (!node.quoted && (node.text == "true" || node.text == "false" || is_number(node.text))) {
          out_ += node.text;
        } else {
          text(node.text);
        }
        return;
      case RawNode::Kind::list: {
        out_ += '[';
        bool begun = false;
        for (RawId item : node.items) {
          if (begun) out_ += ',';
          begun = true;
          value(item, depth + 1);
        }
        out_ += ']';
        return;
      }
      case RawNode::Kind::map: {
        out_ += '{';
        bool begun = false;
        for (const auto& [key, entry] : node.entries) {
          const std::string& name = raw_.nodes[key].text;
          const bool fixed = depth == 0 || name == "key" || name == "id" || name == "name" || name == "value" ||
                             name == "evidence" || name == "from" || name == "until";
          if (drop_ != 0 && !fixed && ++seen_ % drop_ == 0) continue;
          if (begun) out_ += ',';
          begun = true;
          text(name);
          out_ += ':';
          if (depth == 0 && name == "id") {
            text(raw_.nodes[entry].text + tail_);
          } else {
            value(entry, depth + 1);
          }
        }
        out_ += '}';
        return;
      }
    }
  }

  const RawDocument& raw_;
  std::string tail_, out_;
  unsigned drop_, seen_ = 0;
};

}  // namespace

std::vector<std::string> fixture_lines(const std::string& tail, unsigned drop) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(WRIT_SOURCE_DIR "/fixtures/cases"))
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<std::string> out;
  for (const auto& path : files) {
    std::ostringstream content;
    content << std::ifstream(path).rdbuf();
    SourceMap sources;
    const FileId file = sources.add(path.string(), content.str());
    Diagnostics problems;
    for (const RawDocument& raw : facts::read(file, facts::Format::yaml, sources, {}, problems)) {
      std::string line = Writer(raw, tail, drop).line();
      if (line.starts_with("{\"writ\":\"deployment/")) out.push_back(std::move(line));
    }
  }
  return out;
}

}  // namespace writ::run::testing
