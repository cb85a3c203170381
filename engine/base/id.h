// Ids and pools: the links between nodes. A Pool<T> owns its elements in one vector and an Id<T> is a 4-byte index into
// it, so that trees have no pointers, copy cheaply and die without recursion. An Id is only meaningful with its own
// pool.
#pragma once

#include <compare>
#include <cstdint>
#include <utility>
#include <vector>

#include "engine/base/check.h"

namespace writ {

template <class T>
struct Id {
  static constexpr std::uint32_t kNone = UINT32_MAX;
  std::uint32_t index = kNone;

  constexpr Id() = default;
  constexpr explicit Id(std::uint32_t i) : index(i) {}
  [[nodiscard]] constexpr bool valid() const { return index != kNone; }
  constexpr explicit operator bool() const { return valid(); }
  friend constexpr auto operator<=>(Id, Id) = default;
};

template <class T, class IdT = Id<T>>
class Pool {
 public:
  Pool() = default;
  explicit Pool(std::vector<T> items) : items_(std::move(items)) {}
  IdT add(T value) {
    items_.push_back(std::move(value));
    return IdT(static_cast<std::uint32_t>(items_.size() - 1));
  }
  [[nodiscard]] const T& operator[](IdT id) const {
    WRIT_CHECK(id.index < items_.size());
    return items_[id.index];
  }
  [[nodiscard]] T& operator[](IdT id) {
    WRIT_CHECK(id.index < items_.size());
    return items_[id.index];
  }
  void reserve(std::size_t items) { items_.reserve(items); }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(items_.size()); }
  [[nodiscard]] bool empty() const { return items_.empty(); }
  [[nodiscard]] auto begin() const { return items_.begin(); }
  [[nodiscard]] auto end() const { return items_.end(); }
  [[nodiscard]] auto begin() { return items_.begin(); }
  [[nodiscard]] auto end() { return items_.end(); }
  friend bool operator==(const Pool&, const Pool&) = default;

 private:
  std::vector<T> items_;
};

}  // namespace writ
