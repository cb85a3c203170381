#include "engine/eval/truth.h"

#include <array>

#include "engine/base/check.h"

namespace writ::eval {

Truth not_(Truth a) {
  WRIT_CHECK(!a.pending);
  if (a.is_true()) return Truth::no();
  if (a.is_false()) return Truth::yes();
  return a;
}

namespace {

// What stands among the operands.
struct Found {
  bool yes = false, no = false, pending = false, unknown = false, error = false;
  bool may_error = false, may_pend = false;
};

Found look(std::span<const Truth> operands) {
  Found f;
  for (Truth t : operands) {
    f.yes = f.yes || t.is_true();
    f.no = f.no || t.is_false();
    f.pending = f.pending || t.is_pending();
    f.unknown = f.unknown || t.is_unknown();
    f.error = f.error || t.is_error();
    f.may_error = f.may_error || t.is_error() || t.may_error;
    f.may_pend = f.may_pend || t.pending;
  }
  return f;
}

}  // namespace

Truth all_true(std::span<const Truth> operands) {
  const Found f = look(operands);
  if (f.no) return Truth::no();
  // Unknown beats error; that an error could still come out of it is remembered.
  if (f.unknown) return Truth::maybe(f.may_error, f.may_pend);
  if (f.error) return Truth::failed();
  return f.pending ? Truth::in_time() : Truth::yes();
}

Truth any_true(std::span<const Truth> operands) {
  const Found f = look(operands);
  if (f.yes) return Truth::yes();
  // Whatever else comes of the others, it holds nothing against anybody before the day: pending, or true.
  if (f.pending) return Truth::in_time();
  if (f.unknown) return Truth::maybe(f.may_error, f.may_pend);
  return f.error ? Truth::failed() : Truth::no();
}

Truth and_(Truth a, Truth b) { return all_true(std::array{a, b}); }
Truth or_(Truth a, Truth b) { return any_true(std::array{a, b}); }

}  // namespace writ::eval
