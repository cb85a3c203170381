#include "tests/columns/written.h"

#include "engine/base/check.h"

namespace writ::columns::testing {

using eval::testing::Given;
using model::TypeKind;

namespace {

class Writer {
 public:
  Writer(const model::Vocabulary& vocabulary, std::string& out) : vocabulary_(vocabulary), out_(out) {}

  bool root(const Given& g, const std::string& id) {
    out_ += R"({"writ":"deployment/1","id":")" + id + "\"";
    return fields(g, vocabulary_.root, true) && close('}');
  }

 private:
  bool close(char c) {
    out_ += c;
    return true;
  }
  void quoted(std::string_view text) {
    out_ += '"';
    for (const char c : text) {
      if (c == '"' || c == '\\') out_ += '\\';
      out_ += c;
    }
    out_ += '"';
  }

  bool fields(const Given& g, model::RecordId record, bool begun) {
    const auto& declared = vocabulary_.records[record].fields;
    for (std::size_t i = 0; i < declared.size() && i < g.parts.size(); ++i) {
      const Given& part = g.parts[i];
      if (part.kind == Given::Kind::unknown && part.reason == model::Reason::not_provided) continue;
      if (begun) out_ += ',';
      begun = true;
      quoted(declared[i].name);
      out_ += ':';
      if (!value(part, declared[i].type)) return false;
    }
    return true;
  }

  bool value(const Given& g, model::TypeId type_id) {
    const model::Type& type = vocabulary_.types[type_id];
    switch (g.kind) {
      case Given::Kind::unknown:
        out_ += R"({"unknown":")";
        out_ += g.reason == model::Reason::refused    ? "refused"
                : g.reason == model::Reason::disputed ? "disputed"
                                                      : "not_assessed";
        out_ += "\"}";
        return true;
      case Given::Kind::absent: out_ += "null"; return true;
      case Given::Kind::scalar: return scalar(g.scalar, type_id);
      case Given::Kind::record: out_ += '{'; return fields(g, type.record, false) && close('}');
      case Given::Kind::list:
      case Given::Kind::set: {
        if (g.incomplete) out_ += "{\"incomplete\":";
        out_ += '[';
        for (std::size_t i = 0; i < g.parts.size(); ++i) {
          if (i > 0) out_ += ',';
          if (g.kind == Given::Kind::set) {
            if (g.parts[i].kind != Given::Kind::scalar || !scalar(g.parts[i].scalar, type.element)) return false;
            continue;
          }
          out_ += "{\"id\":";
          quoted(g.keys[i]);
          Given element = g.parts[i];
          if (element.kind != Given::Kind::record) return false;
          element.parts.front() = {};  // the key
          if (!fields(element, type.record, true)) return false;
          out_ += '}';
        }
        out_ += ']';
        if (g.incomplete) out_ += '}';
        return true;
      }
      case Given::Kind::map:
        out_ += '{';
        for (std::size_t i = 0; i < g.parts.size(); ++i) {
          if (i > 0) out_ += ',';
          std::string key;
          Writer(vocabulary_, key).scalar(g.map_keys[i], type.key);
          if (key.starts_with('"')) {
            out_ += key;
          } else {
            quoted(key);
          }
          out_ += ':';
          if (!value(g.parts[i], type.element)) return false;
        }
        return close('}');
      case Given::Kind::dated:
        out_ += '[';
        for (std::size_t i = 0; i < g.parts.size(); ++i) {
          if (i > 0) out_ += ',';
          out_ += '{';
          if (g.periods[i].from != Date::min()) out_ += "\"from\":\"" + g.periods[i].from.text() + "\",";
          if (g.periods[i].last != Date::max()) out_ += "\"until\":\"" + g.periods[i].last.text() + "\",";
          out_ += "\"value\":";
          if (g.parts[i].kind == Given::Kind::unknown && g.parts[i].reason == model::Reason::not_provided) {
            out_ += R"({"unknown":"not_assessed"})";
          } else if (!value(g.parts[i], type_id)) {
            return false;
          }
          out_ += '}';
        }
        return close(']');
    }
    return false;
  }

  bool number(const Rational& n, const model::Type& type, const std::string& currency) {
    const std::string text = n.exact();
    if (text.find('/') != std::string::npos) return false;
    if (!currency.empty()) {
      quoted(text + " " + currency);
    } else if (type.kind == TypeKind::ratio && n > Rational(1)) {
      const auto percent = n.mul(Rational(100));
      quoted(percent->exact() + " %");
    } else {
      out_ += text;
    }
    return true;
  }

  bool range(const model::NumberRange& r, const model::Type& type, const std::string& currency) {
    if (r.exact()) return number(*r.lo, type, currency);
    if (!r.lo && !r.hi) return false;
    out_ += '{';
    if (r.lo) {
      out_ += r.lo_open ? "\"more_than\":" : "\"at_least\":";
      if (!number(*r.lo, type, currency)) return false;
    }
    if (r.hi) {
      if (r.lo) out_ += ',';
      out_ += r.hi_open ? "\"less_than\":" : "\"at_most\":";
      if (!number(*r.hi, type, currency)) return false;
    }
    return close('}');
  }

  bool scalar(const model::Scalar& s, model::TypeId type_id) {
    const model::Type& type = vocabulary_.types[type_id];
    if (const auto* b = std::get_if<bool>(&s)) {
      out_ += *b ? "true" : "false";
      return true;
    }
    if (const auto* r = std::get_if<model::NumberRange>(&s)) return range(*r, type, {});
    if (const auto* m = std::get_if<model::Money>(&s)) return range(m->amount, type, m->currency);
    if (const auto* d = std::get_if<Date>(&s)) return text(d->text());
    if (const auto* i = std::get_if<Instant>(&s)) return text(i->text());
    if (const auto* d = std::get_if<Duration>(&s)) return text(d->text());
    if (const auto* t = std::get_if<std::string>(&s)) return text(*t);
    if (const auto* c = std::get_if<model::Country>(&s)) return text(c->code);
    const auto* c = std::get_if<model::Candidates>(&s);
    if (c == nullptr) return false;
    const auto& members = vocabulary_.enums[type.enumeration].members;
    if (c->single() >= 0) return text(members[static_cast<std::size_t>(c->single())].name);
    out_ += "{\"one_of\":[";
    bool first = true;
    for (std::size_t i = 0; i < c->possible.size(); ++i) {
      if (!c->possible[i]) continue;
      if (!first) out_ += ',';
      first = false;
      quoted(members[i].name);
    }
    out_ += "]}";
    return true;
  }
  bool text(std::string_view s) {
    quoted(s);
    return true;
  }

  const model::Vocabulary& vocabulary_;
  std::string& out_;
};

}  // namespace

bool write(const model::Vocabulary& vocabulary, const Given& document, const std::string& id, std::string& out) {
  return Writer(vocabulary, out).root(document, id);
}

}  // namespace writ::columns::testing
