// The documents of fixtures/cases, blown up: each line is one of them with its facts varied, and with further sections
// of the vocabulary until it is as long as it should be. All is put together from sections that are made beforehand.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/session/session.h"
#include "tests/bench/chance.h"
#include "tests/bench/forms.h"
#include "tests/bench/sections.h"

namespace writ::bench {

class Documents {
 public:
  /// `session`: the rule book; `fixtures`: a folder of *.writ.yaml.
  Documents(const session::Session& session, const std::filesystem::path& fixtures, const Forms& forms,
            std::uint64_t seed);
  /// Appends one line.
  void append(std::string& out);
  [[nodiscard]] std::size_t stated() const { return stated_; }
  [[nodiscard]] std::size_t declared() const { return declared_; }

 private:
  /// Variants of one section. A document has none or one of them.
  struct Table {
    std::uint32_t field = 0;  // of the vocabulary's root
    std::vector<Section> variants;
  };
  struct Fixture {
    std::string head;  // `{"writ":"deployment/1","id":"h100-exports-`
    std::vector<Table> sections;
  };
  void read_fixture(const facts::RawDocument& raw, Sections& sections);
  void take(std::string& out, const Section& section);

  const model::Vocabulary& vocabulary_;
  const Forms forms_;
  Chance chance_;
  std::vector<Fixture> fixtures_;
  std::vector<Table> further_;
  Table parties_;
  std::uint64_t number_ = 0;
  std::size_t stated_ = 0, declared_ = 0;
  std::vector<std::size_t> order_;  // of further sections, shuffled for each document
  std::vector<const Section*> chosen_;
  std::vector<bool> has_;  // by field of the root
};

}  // namespace writ::bench
