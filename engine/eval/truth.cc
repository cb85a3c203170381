#include "engine/eval/truth.h"

namespace writ::eval {

Truth not_(Truth a) {
  if (a.is_true()) return Truth::no();
  if (a.is_false()) return Truth::yes();
  return a;
}

Truth and_(Truth a, Truth b) {
  if (a.is_false() || b.is_false()) return Truth::no();
  if (a.is_unknown() || b.is_unknown()) {
    // Unknown beats error; that an error could still come out of it is remembered.
    const bool may_error = a.is_error() || b.is_error() || a.may_error || b.may_error;
    return Truth::maybe(may_error);
  }
  if (a.is_error() || b.is_error()) return Truth::failed();
  return Truth::yes();
}

Truth or_(Truth a, Truth b) { return not_(and_(not_(a), not_(b))); }

}  // namespace writ::eval
