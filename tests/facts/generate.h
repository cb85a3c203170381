// Random documents that are right: each written as YAML and as JSON, with the same facts.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "engine/model/vocabulary.h"

namespace writ::test {

struct Tree {
  enum class Kind : std::uint8_t { scalar, map, list } kind = Kind::scalar;
  std::string text;   // a number, true, false or null unless `word`
  bool word = false;  // text: a JSON string
  std::vector<std::pair<std::string, Tree>> entries;
  std::vector<Tree> items;
};

class Generator {
 public:
  Generator(const model::Vocabulary& vocabulary, std::uint64_t seed) : vocabulary_(vocabulary), random_(seed) {}
  Tree document();
  std::string yaml(const Tree& tree);
  static std::string json(const Tree& tree);

 private:
  bool chance(int percent) { return below(100) < static_cast<std::size_t>(percent); }
  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }
  std::string pick(const std::vector<std::string>& from) { return from[below(from.size())]; }
  Tree field(const model::Field& field, int depth);
  Tree value(model::TypeId type, int depth);
  Tree estimate(model::TypeId type, int depth);
  Tree record(const model::Record& record, int depth);
  Tree dated(const model::Field& field, int depth);
  void block(const Tree& tree, int indent, std::string& out);
  std::string flow(const Tree& tree);
  std::string scalar(const Tree& tree);

  const model::Vocabulary& vocabulary_;
  std::mt19937_64 random_;
  std::vector<std::string> parties_;
};

}  // namespace writ::test
