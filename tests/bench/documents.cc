#include "tests/bench/documents.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <numeric>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "tests/bench/json_text.h"

namespace writ::bench {

namespace {

constexpr std::size_t kShortest = 3000, kLongest = 6000;
constexpr std::size_t kVariantsOfFixture = 24, kVariantsOfVocabulary = 48;
constexpr std::size_t kLongestOfFixture = 2600, kLongestOfVocabulary = 1400;

std::string text_at(const facts::RawDocument& raw, std::string_view key) {
  for (const auto& [name, value] : raw.nodes[raw.root].entries) {
    if (raw.nodes[name].text == key) return raw.nodes[value].text;
  }
  return {};
}

/// The key of the first party: the document is assessed for it.
std::string_view first_party(std::string_view parties) {
  constexpr std::string_view kKey = R"("key":")";
  const std::size_t at = parties.find(kKey);
  if (at == std::string_view::npos) return {};
  parties.remove_prefix(at + kKey.size());
  return parties.substr(0, parties.find('"'));
}

}  // namespace

Documents::Documents(const session::Session& session, const std::filesystem::path& fixtures, const Forms& forms,
                     std::uint64_t seed)
    : vocabulary_(*session.program.vocabulary), forms_(forms), chance_(seed) {
  const Landmarks marks = landmarks(session.program);
  Sections sections(vocabulary_, marks, forms_, chance_);
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(fixtures)) {
    if (entry.path().string().ends_with(".writ.yaml")) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    SourceMap sources;
    Diagnostics problems;
    const FileId id = sources.add(path.string(), {std::istreambuf_iterator<char>(file), {}});
    for (const facts::RawDocument& raw : facts::read(id, facts::Format::yaml, sources, {}, problems))
      read_fixture(raw, sections);
    if (problems.has_errors()) throw std::runtime_error("cannot read " + path.string());
  }
  if (fixtures_.empty()) throw std::runtime_error("no *.writ.yaml in " + fixtures.string());
  const auto& root = vocabulary_.records[vocabulary_.root].fields;
  for (std::uint32_t i = 0; i < root.size(); ++i) {
    if (vocabulary_.types[root[i].type].kind == model::TypeKind::party) continue;
    Table table{i, {}};
    for (std::size_t n = 0; n < kVariantsOfVocabulary; ++n) {
      if (Section made = sections.make(root[i], {}, kLongestOfVocabulary); !made.text.empty())
        table.variants.push_back(std::move(made));
    }
    if (!table.variants.empty()) (root[i].name == "parties" ? parties_ : further_.emplace_back()) = std::move(table);
  }
  order_.resize(further_.size());
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  has_.resize(root.size());
}

void Documents::read_fixture(const facts::RawDocument& raw, Sections& sections) {
  const auto& root = vocabulary_.records[vocabulary_.root].fields;
  Fixture fixture;
  fixture.head = fmt::format(R"({{"writ":"{}","id":"{}-)", text_at(raw, "writ"), text_at(raw, "id"));
  for (const auto& [key, value] : raw.nodes[raw.root].entries) {
    const int field = vocabulary_.records[vocabulary_.root].find(raw.nodes[key].text);
    if (field < 0) continue;  // the header, keys of its own
    const auto index = static_cast<std::uint32_t>(field);
    if (vocabulary_.types[root[index].type].kind == model::TypeKind::party) continue;
    Table table{index, {}};
    for (std::size_t n = 0; n < kVariantsOfFixture; ++n) {
      if (Section made = sections.make(root[index], {&raw, value}, kLongestOfFixture); !made.text.empty())
        table.variants.push_back(std::move(made));
    }
    if (!table.variants.empty()) fixture.sections.push_back(std::move(table));
  }
  fixtures_.push_back(std::move(fixture));
}

void Documents::take(std::string& out, const Section& section) {
  out += ',';
  out += section.text;
  stated_ += section.stated;
  declared_ += section.declared;
}

void Documents::append(std::string& out) {
  const Fixture& fixture = chance_.one_of(fixtures_);
  const std::size_t begin = out.size();
  const std::size_t target = kShortest + chance_.below(kLongest - kShortest - 600);
  const auto size = [&] { return out.size() - begin; };
  fmt::format_to(std::back_inserter(out), "{}{:07}\"", fixture.head, number_++);
  std::fill(has_.begin(), has_.end(), false);
  chosen_.clear();
  std::size_t length = size();
  const auto choose = [&](const Table& table) {
    const Section& section = chance_.one_of(table.variants);
    if (has_[table.field] || length + section.text.size() + 100 > kLongest) return;
    has_[table.field] = true;
    length += section.text.size() + 1;
    chosen_.push_back(&section);
  };
  for (const Table& table : fixture.sections) choose(table);
  if (!parties_.variants.empty()) choose(parties_);
  chance_.shuffle(order_);
  for (std::size_t i = 0; i < order_.size() && length < target; ++i) choose(further_[order_[i]]);
  for (const Section* section : chosen_) {
    if (!section->text.starts_with(R"("parties":)") || !chance_.percent(70)) continue;
    if (const std::string_view party = first_party(section->text); !party.empty())
      fmt::format_to(std::back_inserter(out), R"(,"assessed_for":"{}")", party);
  }
  for (const Section* section : chosen_) take(out, *section);
  if (chance_.percent(forms_.own_key)) out += R"(,"x-source":"register of the platform")";
  out += "}\n";
}

}  // namespace writ::bench
