#include "engine/syntax/operators.h"

#include <array>

#include "engine/base/check.h"

namespace writ::syntax {
namespace {

struct Row {
  const char* words;
  Operator op;
};
using enum ast::BinaryOp;

constexpr std::array kTable = {
    Row{"or", {or_, Level::or_}},
    Row{"and", {and_, Level::and_}},
    Row{"==", {eq, Level::comparison}},
    Row{"!=", {ne, Level::comparison}},
    Row{"<", {lt, Level::comparison}},
    Row{"<=", {le, Level::comparison}},
    Row{">", {gt, Level::comparison}},
    Row{">=", {ge, Level::comparison}},
    Row{"in", {in, Level::comparison}},
    Row{"not in", {not_in, Level::comparison}},
    Row{"includes", {includes, Level::comparison}},
    Row{"includes any of", {includes_any, Level::comparison}},
    Row{"includes all of", {includes_all, Level::comparison}},
    Row{"at least", {at_least, Level::comparison}},
    Row{"otherwise", {otherwise, Level::otherwise, true}},
    Row{"union", {union_, Level::set}},
    Row{"minus", {minus, Level::set}},
    Row{"intersect", {intersect, Level::set}},
    Row{"+", {add, Level::sum}},
    Row{"-", {sub, Level::sum}},
    Row{"*", {mul, Level::product}},
    Row{"/", {div, Level::product}},
    Row{"of", {of, Level::product}},
    Row{"on", {on_day, Level::day}},
};

}  // namespace

const Operator& binary_operator(std::string_view words) {
  for (const Row& row : kTable) {
    if (words == row.words) return row.op;
  }
  check_failed("an operator of the grammar is not in the table", __FILE__, __LINE__);
}

const char* spelling(ast::BinaryOp op) {
  for (const Row& row : kTable) {
    if (row.op.op == op) return row.words;
  }
  check_failed("an operator is not in the table", __FILE__, __LINE__);
}

}  // namespace writ::syntax
