#include "tests/bench/landmarks.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>

namespace writ::bench {

using model::TypeKind;

namespace {

constexpr int kFirstYear = 2000, kLastYear = 2035;

void add_day(std::vector<Date>& days, Date day) {
  if (day >= Date::from_civil(kFirstYear, 1, 1) && day <= Date::from_civil(kLastYear, 12, 31)) days.push_back(day);
}

double as_double(const Rational& value) {
  constexpr std::string_view kRounded = "≈";
  const std::string text = value.display(12);
  return std::strtod(text.c_str() + (text.starts_with(kRounded) ? kRounded.size() : 0), nullptr);
}

}  // namespace

Landmarks landmarks(const ir::Program& program) {
  Landmarks out;
  for (std::uint32_t i = 0; i < program.nodes.size(); ++i) {
    const ir::Node& node = program.nodes[ir::NodeId{i}];
    if (node.op != ir::Op::constant) continue;
    const model::Scalar& scalar = program.constants[node.a];
    if (const auto* day = std::get_if<Date>(&scalar)) add_day(out.days, *day);
    const auto* money = std::get_if<model::Money>(&scalar);
    const auto* number = money != nullptr ? &money->amount : std::get_if<model::NumberRange>(&scalar);
    if (number != nullptr && number->exact() && number->lo->sign() >= 0)
      out.numbers[program.types[i]].push_back(as_double(*number->lo));
  }
  for (const ir::Rule& rule : program.rules) {
    for (const ir::Effective& effective : rule.effective) {
      add_day(out.days, effective.days.from);
      add_day(out.days, effective.days.last);
    }
  }
  std::sort(out.days.begin(), out.days.end());
  out.days.erase(std::unique(out.days.begin(), out.days.end()), out.days.end());
  for (auto& [type, values] : out.numbers) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
  }
  return out;
}

std::vector<double> near(const Landmarks& marks, const model::Vocabulary& vocabulary, model::TypeId type) {
  const model::Type& wanted = vocabulary.types[type];
  std::vector<double> out;
  for (const auto& [id, values] : marks.numbers) {
    const model::Type& of = vocabulary.types[id];
    if (of.kind == wanted.kind && of.dimension == wanted.dimension) out.insert(out.end(), values.begin(), values.end());
  }
  if (out.empty()) out = {1, 10, 100};
  return out;
}

}  // namespace writ::bench
