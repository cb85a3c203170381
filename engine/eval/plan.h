// What is worked out once for a program, whatever the documents: which conditions can guard a reading, and the members
// of named sets on a day. With a plan a machine also remembers what terms, scopes and classifications are worth in a
// document; without one it computes everything where it stands, which is the reference the other is compared with.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/base/date.h"
#include "engine/ir/program.h"

namespace writ::eval {

struct Value;

class Plan {
 public:
  explicit Plan(const ir::Program& program);
  ~Plan();
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;

  /// Whether facts can be known to be present because `node` is `holds`.
  [[nodiscard]] bool may_guard(ir::NodeId node, bool holds) const {
    return node.valid() && guards_[2 * std::size_t{node.index} + std::size_t{holds}] == kYes;
  }
  /// The first day of the stretch around `day` on which nothing is known of the set, which depends on no fact, that is
  /// not known on all of it. `known`: the set, and those that it is made of, are known then.
  struct Stretch {
    Date first;
    bool known = true;
  };
  [[nodiscard]] Stretch stretch(ir::SetId set, Date day) const;
  /// Members of a named set that depends on no fact. Not for two threads at once.
  [[nodiscard]] const Value* members(ir::SetId set, Date day) const;
  const Value& keep_members(ir::SetId set, Date day, Value members) const;
  /// The same on a day that nobody knows; `failing`: and of which an error may come.
  enum class Day : std::uint8_t { unknown, failing };
  [[nodiscard]] const Value* members(ir::SetId set, Day day) const;
  const Value& keep_members(ir::SetId set, Day day, Value members) const;

 private:
  static constexpr std::uint8_t kOpen = 0, kNo = 1, kYes = 2;
  bool find_guards(ir::NodeId node, bool holds);
  bool all_guard(std::uint32_t begin, std::uint32_t count, std::uint32_t stride, std::uint32_t offset, bool holds);

  const ir::Program& program_;
  std::vector<std::uint8_t> guards_;  // by node, twice: false, true
  struct Stretches {
    std::vector<Date> first;         // rising
    std::vector<DayInterval> known;  // of the set and those it is made of
  };
  const Stretches& stretches(ir::SetId set) const;
  mutable std::unordered_map<std::uint32_t, Stretches> stretches_;  // by set
  mutable std::map<std::pair<ir::SetId, Date>, std::unique_ptr<Value>> members_;
  mutable std::map<std::pair<ir::SetId, Day>, std::unique_ptr<Value>> undated_;
};

/// The plans of the programs of a run: of the law known on several days.
class Plans {
 public:
  [[nodiscard]] const Plan& of(const ir::Program& program) {
    std::unique_ptr<Plan>& plan = plans_[&program];
    if (!plan) plan = std::make_unique<Plan>(program);
    return *plan;
  }

 private:
  std::unordered_map<const ir::Program*, std::unique_ptr<Plan>> plans_;
};

}  // namespace writ::eval
