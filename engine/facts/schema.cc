// JSON Schema of a document, for editors and for whoever writes documents by program. What binding accepts the schema
// accepts; it refuses unknown keys, members, countries and shapes, and leaves to binding what a schema cannot say
// (units, parties, periods that overlap).
#include <fmt/format.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/facts/bind.h"
#include "engine/facts/scalars.h"

namespace writ::facts {
namespace {

using model::Field;
using model::Type;
using model::TypeId;
using model::TypeKind;

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  return out + "\"";
}

/// A JSON object under construction, keys in the order they are added.
class Object {
 public:
  Object& raw(std::string_view key, std::string_view json) {
    body_ += fmt::format("{}{}:{}", body_.empty() ? "" : ",", quoted(key), json);
    return *this;
  }
  Object& text(std::string_view key, std::string_view value) { return value.empty() ? *this : raw(key, quoted(value)); }
  [[nodiscard]] std::string json() const { return "{" + body_ + "}"; }

 private:
  std::string body_;
};

std::string array(const std::vector<std::string>& items) { return fmt::format("[{}]", fmt::join(items, ",")); }
/// A reference is a JSON pointer within a URI: `quantity.FLOP/s` needs both escapes.
std::string reference_to(std::string_view name) {
  std::string pointer;
  for (const char c : name) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    pointer += plain      ? std::string(1, c)
               : c == '/' ? "~1"
               : c == '~' ? "~0"
                          : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return Object().raw("$ref", quoted("#/$defs/" + pointer)).json();
}
std::string any_of(const std::vector<std::string>& options) { return Object().raw("anyOf", array(options)).json(); }
std::string of_type(std::string_view type) { return Object().text("type", type).json(); }
std::string pattern(std::string_view regex) { return Object().text("type", "string").text("pattern", regex).json(); }

constexpr std::string_view kNumber = "[+-]?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?";
constexpr std::string_view kPower = "[+-]?(0|[1-9][0-9]*)\\^-?[0-9]+";
constexpr std::string_view kWord = "( +(thousand|million|billion|trillion))?";

/// Letters in either case: schemas have no flag for that.
std::string either_case(std::string_view word) {
  std::string out;
  for (const char c : word) {
    if (c >= 'a' && c <= 'z') {
      out += fmt::format("[{}{}]", static_cast<char>(c - 'a' + 'A'), c);
    } else if (c == '?' || c == '.' || c == '[' || c == ']' || c == '-') {
      out += fmt::format("\\{}", c);
    } else {
      out += c;
    }
  }
  return out;
}

class Schema {
 public:
  explicit Schema(const model::Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

  std::string write() {
    Object properties;
    std::vector<std::string> kinds;
    for (const std::string& kind : vocabulary_.kinds) kinds.push_back(quoted(kind + "/1"));
    properties.raw("writ",
                   Object().text("description", "Kind and version of the document").raw("enum", array(kinds)).json());
    properties.raw("id", Object()
                             .text("description", "Name that no other document has")
                             .raw("type", R"(["string","number","boolean"])")
                             .text("pattern", "\\S")
                             .json());
    fields(properties, vocabulary_.records[vocabulary_.root]);
    Object root;
    root.text("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.text("title", "Writ document");
    root.text("description", vocabulary_.records[vocabulary_.root].description);
    root.raw("required", R"(["writ","id"])");
    close_record(root, properties);
    root.raw("$defs", definitions());
    return root.json() + "\n";
  }

 private:
  static void close_record(Object& object, const Object& properties) {
    object.text("type", "object");
    object.raw("properties", properties.json());
    object.raw("patternProperties", R"({"^x-":true})");
    object.raw("additionalProperties", "false");
  }

  void fields(Object& properties, const model::Record& record) {
    for (const Field& f : record.fields) properties.raw(f.name, field(f));
  }

  std::string field(const Field& f) {
    const std::string stated = f.dated ? dated(f) : any_form(f.type);
    std::vector<std::string> options = {stated, reference_to("unknown"), reference_to("placeholder")};
    options.push_back(evidenced(stated, f.optional));
    if (f.optional) options.push_back(of_type("null"));
    Object object;
    object.text("title", f.ask);
    object.text("description", f.description);
    std::string comment = f.provision;
    if (!f.from.empty()) comment += fmt::format("{}Ask: {}", comment.empty() ? "" : ". ", fmt::join(f.from, ", "));
    object.text("$comment", comment);
    object.raw("anyOf", array(options));
    return object.json();
  }

  std::string dated(const Field& f) {
    const std::string stated = any_form(f.type);
    std::vector<std::string> options = {stated, reference_to("unknown"), reference_to("placeholder"),
                                        evidenced(stated, f.optional)};
    if (f.optional) options.push_back(of_type("null"));
    Object properties;
    properties.raw("from", reference_to("date"))
        .raw("until", reference_to("date"))
        .raw("before", reference_to("date"))
        .raw("value", any_of(options))
        .raw("evidence", reference_to("note"))
        .raw("as_of", reference_to("note_day"))
        .raw("by", reference_to("note"));
    Object period;
    period.raw("required", R"(["value"])");
    period.raw("not", R"({"required":["until","before"]})");
    close_record(period, properties);
    return Object().text("type", "array").raw("items", period.json()).json();
  }

  /// {value: …, evidence: …, as_of: …, by: …} around what `stated` admits.
  static std::string evidenced(const std::string& stated, bool optional) {
    std::vector<std::string> options = {stated, reference_to("placeholder")};
    if (optional) options.push_back(of_type("null"));
    Object properties;
    properties.raw("value", any_of(options))
        .raw("evidence", reference_to("note"))
        .raw("as_of", reference_to("note_day"))
        .raw("by", reference_to("note"));
    Object form;
    form.raw("required", R"(["value","evidence"])");
    close_record(form, properties);
    return form.json();
  }

  /// A value, or what is known of it: an estimate, a list that may have more members.
  std::string any_form(TypeId id) {
    const Type& type = vocabulary_.types[id];
    const std::string stated = value(id);
    switch (type.kind) {
      case TypeKind::integer:
      case TypeKind::decimal:
      case TypeKind::ratio:
      case TypeKind::quantity:
      case TypeKind::money: return any_of({stated, range(stated)});
      case TypeKind::enumeration: {
        Object properties;
        properties.raw(
            "one_of",
            Object().text("type", "array").raw("items", stated).raw("minItems", "2").raw("uniqueItems", "true").json());
        Object form;
        form.raw("required", R"(["one_of"])");
        close_record(form, properties);
        return any_of({stated, form.json()});
      }
      case TypeKind::list:
      case TypeKind::set: {
        Object form;
        form.raw("required", R"(["incomplete"])");
        close_record(form, Object().raw("incomplete", stated));
        return any_of({stated, form.json()});
      }
      default: return stated;
    }
  }

  static std::string range(const std::string& bound) {
    Object both;
    both.raw("required", R"(["between"])");
    close_record(
        both, Object().raw(
                  "between",
                  Object().text("type", "array").raw("items", bound).raw("minItems", "2").raw("maxItems", "2").json()));
    Object sides;
    sides.raw("anyOf", R"([{"required":["at_least"]},{"required":["more_than"]},{"required":["at_most"]},)"
                       R"({"required":["less_than"]}])");
    sides.raw("not", R"({"anyOf":[{"required":["at_least","more_than"]},{"required":["at_most","less_than"]}]})");
    Object properties;
    for (const char* name : {"at_least", "more_than", "at_most", "less_than"}) properties.raw(name, bound);
    close_record(sides, properties);
    return any_of({both.json(), sides.json()});
  }

  std::string value(TypeId id) {
    const Type& type = vocabulary_.types[id];
    switch (type.kind) {
      case TypeKind::error: return "true";
      case TypeKind::boolean: return of_type("boolean");
      case TypeKind::integer: return of_type("integer");
      case TypeKind::decimal: return of_type("number");
      case TypeKind::ratio: return reference_to("ratio");
      case TypeKind::quantity: return reference_to("quantity." + type.name);
      case TypeKind::money: return reference_to("money");
      case TypeKind::date: return reference_to("date");
      case TypeKind::instant:
        return pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})$");
      case TypeKind::duration: return pattern("^[0-9]{1,6} [a-z]+( [0-9]{1,6} [a-z]+)*$");
      case TypeKind::text:
      case TypeKind::party:
      case TypeKind::reference: return R"({"type":["string","number","boolean"]})";
      case TypeKind::country: return reference_to("country");
      case TypeKind::enumeration: return reference_to("enum." + vocabulary_.enums[type.enumeration].name);
      case TypeKind::record: return reference_to("record." + vocabulary_.records[type.record].name);
      case TypeKind::list:
        return Object()
            .text("type", "array")
            .raw("items", any_of({reference_to("record." + vocabulary_.records[type.record].name),
                                  evidenced(reference_to("record." + vocabulary_.records[type.record].name), false)}))
            .json();
      case TypeKind::set:
        return Object()
            .text("type", "array")
            .raw("items", any_of({value(type.element), reference_to("placeholder")}))
            .raw("uniqueItems", "true")
            .json();
      case TypeKind::map: {
        Object object;
        object.text("type", "object").raw("patternProperties", R"({"^x-":true})");
        object.raw("additionalProperties",
                   any_of({any_form(type.element), reference_to("unknown"), reference_to("placeholder"),
                           evidenced(any_form(type.element), false)}));
        return object.json();
      }
    }
    return "true";
  }

  /// A number with a unit of this dimension; of composed units only the names are checked.
  std::string quantity(const Type& type) {
    std::vector<std::string> same;
    std::vector<std::string> all;
    for (const std::string& name : vocabulary_.units.names()) {
      if (name == "%" || vocabulary_.units.is_currency(name)) continue;
      all.push_back(name);
      const auto unit = vocabulary_.units.find(name);
      if (unit && unit->dimension == type.dimension) same.push_back(name);
    }
    const std::string power = fmt::format("({})(\\^-?[0-9]+)?", fmt::join(all, "|"));
    std::string unit = fmt::format(" +({0}( *[*/] *{0})+|({1})\\^-?[0-9]+", power, fmt::join(all, "|"));
    for (const std::string& name : same) unit += "|" + name;
    unit += ")";
    if (type.dimension.dimensionless()) unit += "| *%";
    const bool bare = type.name != "%";
    const std::string text = pattern(fmt::format("^({}|{}){}({})$", kNumber, kPower, kWord, unit));
    return bare
               ? any_of({of_type("number"),
                         pattern(fmt::format("^({}|{} +(thousand|million|billion|trillion))$", kPower, kNumber)), text})
               : text;
  }

  std::string money() {
    std::vector<std::string> currencies;
    for (const std::string& name : vocabulary_.units.names()) {
      if (vocabulary_.units.is_currency(name)) currencies.push_back(name);
    }
    return pattern(fmt::format("^({}|{}){} +({})$", kNumber, kPower, kWord, fmt::join(currencies, "|")));
  }

  std::string definitions() {
    Object defs;
    defs.raw(
        "unknown",
        R"({"description":"Nobody has said, and why","type":"object","properties":{"unknown":{"enum":["not_assessed","disputed","refused"]}},)"
        R"("required":["unknown"],"patternProperties":{"^x-":true},"additionalProperties":false})");
    std::vector<std::string> words;
    for (const std::string_view word : placeholder_words()) words.push_back(either_case(word));
    defs.raw("placeholder",
             Object()
                 .text("description", "Not filled in yet: read as unknown")
                 .text("type", "string")
                 .text("pattern", fmt::format("^\\s*(|<[^<]*>|{}|.* {}|({}|{}):[\\s\\S]*|{}[\\s\\S]*)\\s*$",
                                              fmt::join(words, "|"), either_case("goes here"), either_case("tbd"),
                                              either_case("todo"), either_case("lorem ipsum")))
                 .json());
    defs.raw("date", pattern("^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"));
    defs.raw("note", R"({"description":"What stands behind the value","type":["string","number","boolean"]})");
    defs.raw("note_day", any_of({reference_to("date"), reference_to("placeholder")}));
    defs.raw("ratio",
             any_of({R"({"type":"number","maximum":1})", pattern(fmt::format("^({}|{}){} *%$", kNumber, kPower, kWord)),
                     pattern("^[+-]?(0|1)\\^-?[0-9]+$")}));
    std::string codes;
    const std::string_view assigned = model::assigned_countries();
    for (std::size_t i = 0; i < assigned.size(); i += 2) codes += fmt::format("{}|", assigned.substr(i, 2));
    defs.raw("country", Object()
                            .text("description", "ISO 3166-1 alpha-2 code, or ISO 3166-2 part")
                            .text("type", "string")
                            .text("pattern", fmt::format("^({}XK)(-[A-Z0-9]{{1,3}})?$", codes))
                            .json());
    defs.raw("money", money());
    std::set<std::string> units;
    for (std::uint32_t i = 0; i < vocabulary_.types.size(); ++i) {
      const Type& type = vocabulary_.types[TypeId(i)];
      if (type.kind == TypeKind::quantity && units.insert(type.name).second)
        defs.raw("quantity." + type.name, quantity(type));
    }
    for (const model::Enum& e : vocabulary_.enums) {
      std::vector<std::string> members;
      for (const auto& member : e.members) {
        members.push_back(Object().raw("const", quoted(member.name)).text("description", member.description).json());
      }
      defs.raw("enum." + e.name, Object().text("description", e.description).raw("anyOf", array(members)).json());
    }
    for (std::uint32_t i = 0; i < vocabulary_.records.size(); ++i) {
      const model::RecordId id(i);
      if (id == vocabulary_.root) continue;
      const model::Record& record = vocabulary_.records[id];
      Object properties;
      fields(properties, record);
      Object object;
      object.text("description", record.description);
      if (record.key) object.raw("required", array({quoted(record.fields[*record.key].name)}));
      close_record(object, properties);
      defs.raw("record." + record.name, object.json());
    }
    return defs.json();
  }

  const model::Vocabulary& vocabulary_;
};

}  // namespace

std::string json_schema(const model::Vocabulary& vocabulary) { return Schema(vocabulary).write(); }

}  // namespace writ::facts
