#include "engine/eval/memo.h"

#include <algorithm>

namespace writ::eval {

namespace {

// The same in everything that evaluation can see, blame included.
bool identical(const Value& a, const Value& b) {
  return a.state == b.state && a.may_error == b.may_error && a.may_absent == b.may_absent && a.exists == b.exists &&
         a.pending == b.pending && a.due == b.due && a.fact == b.fact && a.set == b.set && a.scalar == b.scalar &&
         a.blame == b.blame;
}

}  // namespace

const Remembered* Memo::find(What what, std::uint32_t item, std::uint32_t context,
                             std::span<const Value> arguments) const {
  const auto [begin, end] = entries_.equal_range(key(what, item, context));
  const auto it = std::find_if(begin, end, [&](const auto& entry) {
    return std::equal(arguments.begin(), arguments.end(), entry.second.arguments.begin(), entry.second.arguments.end(),
                      identical);
  });
  return it == end ? nullptr : &it->second;
}

const Remembered& Memo::keep(What what, std::uint32_t item, std::uint32_t context, Remembered remembered) {
  return entries_.emplace(key(what, item, context), std::move(remembered))->second;
}

}  // namespace writ::eval
