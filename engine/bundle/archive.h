// Values to bytes and back. One `visit(archive, value)` names the fields of a struct for writing, for reading, for the
// check of ids and for the shape of the format, so that these cannot drift apart. Integers are little-endian; texts and
// lists begin with their length. A reader never allocates more than the bytes that are left justify, and after the
// first mistake it reads zeros.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/check.h"
#include "engine/base/date.h"
#include "engine/base/id.h"
#include "engine/base/rational.h"
#include "engine/base/source.h"

namespace writ::bundle {

static_assert(std::endian::native == std::endian::little, "numbers are copied as they stand in memory");

/// The last enumerator of each stored enumeration: what is beyond is refused.
template <class E>
struct LastOf;

/// Structs without padding or pointers, which are copied whole, many at a time.
template <class T>
struct IsPlain : std::bool_constant<std::is_integral_v<T> && !std::is_same_v<T, bool>> {};
template <class T>
struct IsPlain<Id<T>> : std::true_type {};
template <>
struct IsPlain<Date> : std::true_type {};
template <>
struct IsPlain<Instant> : std::true_type {};
template <>
struct IsPlain<DayInterval> : std::true_type {};
template <>
struct IsPlain<Span> : std::true_type {};

/// What all archives do alike: a value goes to the primitive that its type asks for.
template <class Self>
class Archive {
 public:
  template <class... T>
  void operator()(T&... values) {
    (item(values), ...);
  }

 private:
  [[nodiscard]] Self& self() { return static_cast<Self&>(*this); }

  template <class T>
  void item(T& value) {
    if constexpr (IsPlain<T>::value) {
      self().plain(value);
    } else if constexpr (std::is_enum_v<T>) {
      self().enumeration(value);
    } else {
      visit(self(), value);
    }
  }
  void item(bool& value) { self().truth(value); }
  void item(std::string& value) { self().text(value); }
  void item(Rational& value) { self().number(value); }
  template <class T>
  void item(std::optional<T>& value) {
    self().optional(value);
  }
  template <class T>
  void item(std::vector<T>& values) {
    self().list(values);
  }
  template <class T>
  void item(Pool<T>& values) {
    self().pool(values);
  }
  template <class A, class B>
  void item(std::pair<A, B>& value) {
    (*this)(value.first, value.second);
  }
  template <class... T>
  void item(std::variant<T...>& value) {
    self().variant(value);
  }
};

/// The form of stored values as a text, and how few bytes one can take.
class Shape : public Archive<Shape> {
 public:
  static constexpr bool kReads = false;
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::size_t least() const { return least_; }

  template <class T>
  void plain(T&) {
    add(std::to_string(sizeof(T)), sizeof(T));
  }
  template <class E>
  void enumeration(E&) {
    add("e" + std::to_string(static_cast<unsigned>(LastOf<E>::value)), sizeof(E));
  }
  void truth(bool&) { add("b", 1); }
  void text(std::string&) { add("s", 4); }
  void number(Rational&) { add("r", 4); }
  template <class T>
  void optional(std::optional<T>&) {
    add("?", 1);
    inner<T>();
  }
  template <class T>
  void list(std::vector<T>&) {
    add("*", 4);
    inner<T>();
  }
  template <class T>
  void pool(Pool<T>&) {
    add("p", 4);
    inner<T>();
  }
  template <class... T>
  void variant(std::variant<T...>&) {
    add("|", 1);
    (inner<T>(), ...);
  }

 private:
  void add(std::string_view what, std::size_t bytes) {
    text_ += what;
    text_ += ' ';
    least_ += bytes;
  }
  // What stands in a list may be missing: it has a shape, and needs no bytes.
  template <class T>
  void inner() {
    if constexpr (!std::is_same_v<T, std::monostate>) {
      Shape shape;
      T value{};
      shape(value);
      text_ += "(" + shape.text_ + ")";
    }
  }

  std::string text_;
  std::size_t least_ = 0;
};

/// The fewest bytes that a T takes.
template <class T>
[[nodiscard]] std::size_t least_bytes() {
  static const std::size_t least = [] {
    Shape shape;
    T value{};
    shape(value);
    return shape.least();
  }();
  return least;
}

class Writer : public Archive<Writer> {
 public:
  static constexpr bool kReads = false;
  /// Visits take their values by reference for all archives; this one changes none.
  template <class T>
  void put(const T& value) {
    (*this)(const_cast<T&>(value));
  }
  [[nodiscard]] std::string take() { return std::move(out_); }

  template <class T>
  void plain(const T& value) {
    static_assert(std::has_unique_object_representations_v<T>);
    out_.append(reinterpret_cast<const char*>(&value), sizeof(T));
  }
  template <class E>
  void enumeration(const E& value) {
    WRIT_CHECK(value <= LastOf<E>::value);
    plain(std::to_underlying(value));
  }
  void truth(bool value) { out_ += value ? '\1' : '\0'; }
  void text(const std::string& value) {
    size(value.size());
    out_ += value;
  }
  void number(const Rational& value);
  template <class T>
  void optional(std::optional<T>& value) {
    truth(value.has_value());
    if (value) (*this)(*value);
  }
  void list(std::vector<bool>& values) {
    size(values.size());
    for (const bool b : values) truth(b);
  }
  template <class T>
  void list(std::vector<T>& values) {
    size(values.size());
    if constexpr (IsPlain<T>::value) {
      static_assert(std::has_unique_object_representations_v<T>);
      if (!values.empty()) out_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
    } else {
      for (T& value : values) (*this)(value);
    }
  }
  template <class T>
  void pool(Pool<T>& values) {
    size(values.size());
    for (T& value : values) (*this)(value);
  }
  template <class... T>
  void variant(std::variant<T...>& value) {
    out_ += static_cast<char>(value.index());
    std::visit(
        [&]<class V>(V& inner) {
          if constexpr (!std::is_same_v<V, std::monostate>) (*this)(inner);
        },
        value);
  }

 private:
  void size(std::size_t n) {
    WRIT_CHECK(n < UINT32_MAX);
    plain(static_cast<std::uint32_t>(n));
  }

  std::string out_;
};

class Reader : public Archive<Reader> {
 public:
  static constexpr bool kReads = true;
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  /// All bytes were read, and everything was as it should be.
  [[nodiscard]] bool finished() const { return ok_ && rest_.empty(); }
  void fail() {
    ok_ = false;
    rest_ = {};
  }

  template <class T>
  void plain(T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (rest_.size() < sizeof(T)) return fail();
    std::memcpy(&value, rest_.data(), sizeof(T));
    rest_.remove_prefix(sizeof(T));
  }
  template <class E>
  void enumeration(E& value) {
    std::underlying_type_t<E> number{};
    plain(number);
    if (number > std::to_underlying(LastOf<E>::value)) return fail();
    value = E{number};
  }
  void truth(bool& value) {
    std::uint8_t byte = 0;
    plain(byte);
    if (byte > 1) return fail();
    value = byte == 1;
  }
  void text(std::string& value) {
    const std::size_t n = size(1);
    value.assign(rest_.substr(0, n));
    rest_.remove_prefix(n);
  }
  void number(Rational& value);
  template <class T>
  void optional(std::optional<T>& value) {
    bool there = false;
    truth(there);
    if (there) (*this)(value.emplace());
  }
  void list(std::vector<bool>& values) {
    values.resize(size(1));
    for (std::size_t i = 0; i < values.size(); ++i) {
      bool b = false;
      truth(b);
      values[i] = b;
    }
  }
  template <class T>
  void list(std::vector<T>& values) {
    if constexpr (IsPlain<T>::value) {
      values.resize(size(sizeof(T)));
      if (values.empty()) return;
      std::memcpy(values.data(), rest_.data(), values.size() * sizeof(T));
      rest_.remove_prefix(values.size() * sizeof(T));
    } else {
      const std::size_t n = size(least_bytes<T>());
      values.clear();
      values.reserve(n);
      for (std::size_t i = 0; i < n && ok_; ++i) (*this)(values.emplace_back());
    }
  }
  template <class T>
  void pool(Pool<T>& values) {
    std::vector<T> items;
    list(items);
    values = Pool<T>(std::move(items));
  }
  template <class... T>
  void variant(std::variant<T...>& value) {
    std::uint8_t index = 0;
    plain(index);
    if (index >= sizeof...(T)) return fail();
    choose(value, index, std::index_sequence_for<T...>());
  }

 private:
  /// A length whose elements, of `least` bytes each, can all be there; 0 after a mistake.
  [[nodiscard]] std::size_t size(std::size_t least) {
    std::uint32_t n = 0;
    plain(n);
    if (least != 0 && n <= rest_.size() / least) return n;
    if (n != 0) fail();
    return 0;
  }
  template <class... T, std::size_t... I>
  void choose(std::variant<T...>& value, std::size_t index, std::index_sequence<I...>) {
    const auto one = [&]<std::size_t N>() {
      if (N != index) return;
      auto& inner = value.template emplace<N>();
      if constexpr (!std::is_same_v<std::remove_cvref_t<decltype(inner)>, std::monostate>) (*this)(inner);
    };
    (one.template operator()<I>(), ...);
  }

  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace writ::bundle
