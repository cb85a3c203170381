#include "engine/sema/types.h"

#include "engine/base/utf8.h"

namespace writ::sema {

using K = model::TypeKind;

bool is_number(const model::Type& type) {
  return type.kind == K::integer || type.kind == K::decimal || type.kind == K::ratio || type.kind == K::quantity;
}

Dimension dimension_of(const model::Type& type) { return type.kind == K::quantity ? type.dimension : Dimension(); }

bool is_textual(model::TypeKind kind) { return kind == K::text || kind == K::party || kind == K::reference; }

bool agree(const Context& context, model::TypeId a, model::TypeId b) {
  if (is_error(context, a) || is_error(context, b) || a == b) return true;
  const model::Type& x = context.type(a);
  const model::Type& y = context.type(b);
  if (is_number(x) && is_number(y)) return dimension_of(x) == dimension_of(y);
  if (x.kind == K::reference && y.kind == K::reference) return x.name == y.name;
  if (is_textual(x.kind) && is_textual(y.kind)) return x.kind == K::text || y.kind == K::text;
  if (x.kind != y.kind) return false;
  if (x.kind == K::set) return agree(context, x.element, y.element);
  if (x.kind == K::map) return agree(context, x.element, y.element) && agree(context, x.key, y.key);
  return x.enumeration == y.enumeration && x.record == y.record;
}

std::string unit_of(const Context& context, const model::Type& type) {
  if (type.kind == K::quantity && !type.name.empty()) return type.name;
  return context.vocabulary.units.describe(dimension_of(type));
}

std::string shown(const Context& context, model::TypeId type) { return context.describe(type); }

std::string excerpt(const Context& context, Span span) {
  if (!span.valid()) return {};
  std::string out;
  for (char c : context.sources.text(span)) {
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (blank && (out.empty() || out.back() == ' ')) continue;
    out += blank ? ' ' : c;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  constexpr std::size_t kLongest = 60;
  if (out.size() > kLongest) {
    std::size_t end = kLongest - 3;
    while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0) == 0x80) --end;  // not inside a code point
    out = out.substr(0, end) + "…";
  }
  return printable(out);
}

model::RecordId record_of(const Context& context, model::TypeId type) {
  const model::Type& t = context.type(type);
  return t.kind == K::record ? t.record : model::RecordId();
}

}  // namespace writ::sema
