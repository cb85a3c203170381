#include "tests/facts/vocabulary.h"

#include <utility>

namespace writ::test {
namespace {

using model::EnumId;
using model::Field;
using model::Record;
using model::RecordId;
using model::Type;
using model::TypeId;
using model::TypeKind;

class Maker {
 public:
  model::Vocabulary make() {
    units();
    v.kinds = {"deployment", "model", "dataset"};
    v.term_names = {"gpai", "eu.ai_act.systemic_risk"};
    const EnumId modality = enumeration("modality", {"text", "speech", "image", "video", "unknown"});
    const EnumId mechanism = enumeration("transfer_mechanism", {"adequacy", "scc", "bcr", "consent"});
    const EnumId role = enumeration("party_role", {"provider", "deployer", "importer"});

    const RecordId documentation = record("documentation", {field("public", simple(TypeKind::boolean), "Is it public?"),
                                                            field("url", optional(simple(TypeKind::text)))});
    const RecordId transfer =
        record("transfer", {field("id", simple(TypeKind::text)),
                            field("destination", simple(TypeKind::country), "To which country?"),
                            field("mechanism", optional(member(mechanism)), "Which instrument?"),
                            event(field("date", simple(TypeKind::date))),
                            formerly(field("tia", simple(TypeKind::boolean)), "transfer_assessment"),
                            field("by", simple(TypeKind::party))});
    v.records[transfer].key = 0;
    const RecordId note =
        record("note", {field("text", simple(TypeKind::text)), field("weight", simple(TypeKind::integer))});
    // A record that holds a list of itself.
    v.records[note].fields.push_back(field("replies", list_of(note)));
    const RecordId party = record(
        "party_entry", {field("key", simple(TypeKind::text)), field("name", simple(TypeKind::text)),
                        field("roles", set_of(member(role))), field("establishment", simple(TypeKind::country))});
    v.records[party].key = 0;
    const RecordId rebuttal =
        record("rebuttal", {field("accepted", simple(TypeKind::boolean)), field("transfers", list_of(transfer))});
    const RecordId model = record(
        "model",
        {field("name", simple(TypeKind::text), "What is it called?"),
         field("open", simple(TypeKind::boolean), "Is it open?"),
         field("training_compute", quantity("FLOP"), "How much computation?"), field("bandwidth", quantity("GB/s")),
         field("sparsity", quantity("%")), field("layers", simple(TypeKind::integer)),
         field("temperature", simple(TypeKind::decimal)), field("share", simple(TypeKind::ratio)),
         field("price", simple(TypeKind::money)), field("released", optional(simple(TypeKind::date))),
         field("frozen_at", simple(TypeKind::instant)), field("retention", simple(TypeKind::duration)),
         field("generates", set_of(member(modality)), "What does it generate?"),
         field("markets", set_of(simple(TypeKind::country))), field("tags", set_of(simple(TypeKind::text))),
         field("base", reference("model")), field("rebuttal", optional(simple_record(rebuttal))),
         dated(field("licence", member(enumeration("licence", {"mit", "apache2", "llama"})))),
         dated(field("free", optional(simple(TypeKind::boolean))))});
    v.root = record(
        "facts",
        {field("model", simple_record(model)),
         field("documents", simple_record(record("documents", {field("summary", simple_record(documentation))}))),
         field("transfers", list_of(transfer), "Which transfers?"), field("notes", optional(list_of(note))),
         field("users", map_of(TypeKind::country, TypeKind::integer)),
         field("shares", map_of(TypeKind::text, TypeKind::ratio)), field("purpose", simple(TypeKind::text)),
         field("seat", simple(TypeKind::country)), field("owner", simple(TypeKind::party)),
         field("parties", list_of(party)), field("assessed_for", simple(TypeKind::party))});
    (void)v.types.intern(model::TypePool::record_type(v.root));
    return std::move(v);
  }

 private:
  struct Typed {
    TypeId type;
    bool optional = false;
  };

  void units() {
    v.units.add_base("FLOP", "floating-point operation");
    v.units.add_derived("op", "operation", *v.units.find("FLOP"));
    v.units.add_base("s", "second");
    v.units.add_base("bit", "bit");
    v.units.add_derived("byte", "byte", {v.units.find("bit")->dimension, Rational(8)});
    v.units.add_derived("GB", "gigabyte", {v.units.find("bit")->dimension, Rational(8'000'000'000)});
    v.units.add_currency("EUR");
    v.units.add_currency("USD");
  }
  EnumId enumeration(std::string name, std::vector<std::string> members) {
    model::Enum e;
    e.name = std::move(name);
    for (std::string& m : members) e.members.push_back({std::move(m), ""});
    return v.enums.add(std::move(e));
  }
  RecordId record(std::string name, std::vector<Field> fields) {
    Record r;
    r.name = std::move(name);
    r.fields = std::move(fields);
    return v.records.add(std::move(r));
  }
  Typed typed(Type type) { return {v.types.intern(std::move(type)), false}; }
  Typed simple(TypeKind kind) {
    Type type;
    type.kind = kind;
    return typed(type);
  }
  Typed member(EnumId id) {
    Type type;
    type.kind = TypeKind::enumeration;
    type.enumeration = id;
    return typed(type);
  }
  Typed quantity(const std::string& unit) {
    Type type;
    type.kind = TypeKind::quantity;
    type.dimension = v.units.parse(unit)->dimension;
    type.name = unit;
    return typed(type);
  }
  Typed reference(const std::string& kind) {
    Type type;
    type.kind = TypeKind::reference;
    type.name = kind;
    return typed(type);
  }
  Typed simple_record(RecordId id) { return typed(model::TypePool::record_type(id)); }
  Typed list_of(RecordId id) {
    Type type;
    type.kind = TypeKind::list;
    type.record = id;
    return typed(type);
  }
  Typed set_of(Typed element) {
    Type type;
    type.kind = TypeKind::set;
    type.element = element.type;
    return typed(type);
  }
  Typed map_of(TypeKind key, TypeKind element) {
    Type type;
    type.kind = TypeKind::map;
    type.key = simple(key).type;
    type.element = simple(element).type;
    return typed(type);
  }
  static Typed optional(Typed type) {
    type.optional = true;
    return type;
  }
  static Field field(std::string name, Typed type, std::string ask = {}) {
    Field f;
    f.name = std::move(name);
    f.type = type.type;
    f.optional = type.optional;
    f.description = "Description of " + f.name;
    f.ask = std::move(ask);
    return f;
  }
  static Field dated(Field f) {
    f.dated = true;
    return f;
  }
  static Field event(Field f) {
    f.event = true;
    return f;
  }
  static Field formerly(Field f, std::string name) {
    f.formerly = std::move(name);
    return f;
  }

  model::Vocabulary v;
};

}  // namespace

const model::Vocabulary& vocabulary() {
  static const model::Vocabulary made = Maker().make();
  return made;
}

}  // namespace writ::test
