#include "engine/base/provisions.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace writ {

namespace {

constexpr int kLongestRange = 500;

// Words before a number, as authors write them, and as one is written here.
constexpr auto kWords = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"Art", "Art."},
    {"Art.", "Art."},
    {"Arts", "Art."},
    {"Arts.", "Art."},
    {"Article", "Art."},
    {"Articles", "Art."},
    {"Annex", "Annex"},
    {"Annexes", "Annex"},
    {"Recital", "Recital"},
    {"Recitals", "Recital"},
    {"recital", "Recital"},
    {"recitals", "Recital"},
    {"Section", "Section"},
    {"Sections", "Section"},
    {"section", "Section"},
    {"sections", "Section"},
    {"Sec.", "Section"},
    {"Chapter", "Chapter"},
    {"Part", "Part"},
    {"Parts", "Part"},
    {"part", "Part"},
    {"Guideline", "Guideline"},
    {"Principle", "Principle"},
    {"Clause", "Clause"},
    {"clause", "Clause"},
    {"paragraph", "Paragraph"},
    {"paragraphs", "Paragraph"},
    {"Paragraph", "Paragraph"},
    {"para.", "Paragraph"},
    {"paras", "Paragraph"},
    {"point", "Point"},
    {"points", "Point"},
    {"General Prohibition", "General Prohibition"},
});

bool digit(char c) { return c >= '0' && c <= '9'; }

// What stands outside parentheses.
std::string outer(std::string_view text) {
  std::string out;
  int depth = 0;
  for (char c : text) {
    if (c == '(') ++depth;
    if (depth == 0) out += c;
    if (c == ')' && depth > 0 && --depth == 0) out += ' ';
  }
  return out;
}

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> out;
  std::string word;
  for (char c : text + ' ') {
    const bool separator = c == ',' || c == ';' || c == '&';
    if (c != ' ' && !separator) {
      word += c;
      continue;
    }
    if (!word.empty()) out.push_back(std::exchange(word, {}));
    if (separator) out.emplace_back(",");
  }
  return out;
}

bool roman(std::string_view word) { return !word.empty() && word.find_first_not_of("IVXLC") == std::string_view::npos; }

std::optional<int> integer(std::string_view text) {
  int out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

class Units {
 public:
  void read(std::string_view text) {
    for (const std::string& word : words_of(outer(text))) take(word);
  }
  std::vector<std::string> take_all() { return std::move(units_); }

 private:
  void take(const std::string& word) {
    const auto known = std::find_if(kWords.begin(), kWords.end(), [&](const auto& w) { return w.first == word; });
    if (known != kWords.end()) {
      kind_ = known->second;
      last_.reset();
      range_ = false;
      return;
    }
    if (word == "to" || word == "-") {
      range_ = last_.has_value();
      return;
    }
    if (word == "," || word == "and" || word == "or") return;
    const bool number = digit(word.front()) || (!kind_.empty() && roman(word)) ||
                        (kind_ == "Annex" && word.size() == 1 && word.front() >= 'A' && word.front() <= 'Z');
    if (!number) {
      range_ = false;
      return;
    }
    numbered(word);
  }

  void numbered(const std::string& word) {
    const std::size_t dash = word.find('-');
    if (const auto value = integer(word)) {
      if (range_ && last_ && *last_ < *value && *value - *last_ <= kLongestRange) {
        for (int i = *last_ + 1; i <= *value; ++i) add(std::to_string(i));
      } else {
        add(word);
      }
      last_ = value;
    } else if (dash != std::string::npos && !kind_.empty() && integer(word.substr(0, dash)) &&
               integer(word.substr(dash + 1))) {
      const int from = *integer(word.substr(0, dash)), to = *integer(word.substr(dash + 1));
      for (int i = from; i <= to && i - from <= kLongestRange; ++i) add(std::to_string(i));
      last_ = to;
    } else {
      std::string unit = word;
      while (!unit.empty() && (unit.back() == '.' || unit.back() == '-' || unit.back() == ':')) unit.pop_back();
      add(unit);
      last_.reset();
    }
    range_ = false;
  }

  void add(const std::string& number) {
    std::string unit = kind_.empty() ? number : std::string(kind_) + " " + number;
    if (std::find(units_.begin(), units_.end(), unit) == units_.end()) units_.push_back(std::move(unit));
  }

  std::vector<std::string> units_;
  std::string_view kind_;
  std::optional<int> last_;  // the number before
  bool range_ = false;       // "to" has been read after it
};

}  // namespace

std::vector<std::string> provision_units(std::string_view text) {
  Units units;
  units.read(text);
  return units.take_all();
}

}  // namespace writ
