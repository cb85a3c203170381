// Single values of a declared type, as JSON.
#pragma once

#include <string>
#include <vector>

#include "engine/model/vocabulary.h"
#include "tests/bench/chance.h"
#include "tests/bench/forms.h"
#include "tests/bench/landmarks.h"

namespace writ::bench {

class Values {
 public:
  Values(const model::Vocabulary& vocabulary, const Landmarks& marks, const Forms& forms, Chance& chance);
  /// `element`: position in a list; elements of one list do not share texts.
  void scalar(std::string& out, model::TypeId type, std::size_t element = 0);
  /// What is known of a value that is not known exactly. False: the type has no estimates, nothing is written.
  bool estimate(std::string& out, model::TypeId type);
  void set(std::string& out, model::TypeId type);
  [[nodiscard]] std::string day();  // 2026-08-02

 private:
  void number(std::string& out, model::TypeId type);
  void written(std::string& out, model::TypeId type, double value);  // with the unit or currency that it needs
  [[nodiscard]] double around(model::TypeId type);
  void text(std::string& out, std::size_t element);
  [[nodiscard]] std::string country();

  const model::Vocabulary& vocabulary_;
  const Landmarks& marks_;
  const Forms& forms_;
  Chance& chance_;
  std::vector<std::vector<double>> near_;  // by type, filled when first asked for
};

}  // namespace writ::bench
