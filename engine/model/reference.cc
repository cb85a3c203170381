#include "engine/model/reference.h"

namespace writ::model {

RecordId record_of_kind(const Vocabulary& vocabulary, std::string_view kind) {
  if (!vocabulary.root.valid()) return {};
  const Record& root = vocabulary.records[vocabulary.root];
  const int own = root.find(kind);
  if (own < 0) return {};
  const Type& type = vocabulary.types[root.fields[static_cast<std::size_t>(own)].type];
  return type.kind == TypeKind::record ? type.record : RecordId();
}

std::optional<ReferredField> referred_field(const Vocabulary& vocabulary, std::string_view kind,
                                            std::string_view name) {
  if (!vocabulary.root.valid()) return std::nullopt;
  const Record& root = vocabulary.records[vocabulary.root];
  if (const RecordId record = record_of_kind(vocabulary, kind); record.valid()) {
    if (const int field = vocabulary.records[record].find(name); field >= 0)
      return ReferredField{static_cast<std::uint32_t>(root.find(kind)), static_cast<std::uint32_t>(field), record};
  }
  if (const int field = root.find(name); field >= 0)
    return ReferredField{std::nullopt, static_cast<std::uint32_t>(field), vocabulary.root};
  return std::nullopt;
}

Lineage lineage(const Vocabulary& vocabulary, TypeId of, std::string_view name, std::string_view via) {
  Lineage out;
  const Type& start = vocabulary.types[of];
  const auto declared = [&](RecordId record) { return record.valid() ? vocabulary.records[record].find(via) : -1; };
  if (start.kind == TypeKind::reference) {
    const auto found = referred_field(vocabulary, start.name, via);
    if (!found) {
      out.problem = Lineage::Problem::no_field;
      return out;
    }
    out.kind = found->kind;
    out.record = found->record;
  } else if (start.kind == TypeKind::record && declared(start.record) >= 0) {
    out.record = start.record;
    out.from_root = start.record == vocabulary.root;
  } else if (start.kind == TypeKind::record && record_of_kind(vocabulary, name) == start.record &&
             declared(vocabulary.root) >= 0) {
    out.record = vocabulary.root;
    out.from_root = true;
  } else {
    out.problem = Lineage::Problem::no_field;
    return out;
  }
  out.list = static_cast<std::uint32_t>(declared(out.record));
  out.type = vocabulary.records[out.record].fields[out.list].type;
  const Type& list = vocabulary.types[out.type];
  if (list.kind != TypeKind::list) {
    out.problem = Lineage::Problem::no_list;
    return out;
  }
  out.element = list.record;
  const Record& element = vocabulary.records[list.record];
  for (std::uint32_t i = 0; i < element.fields.size(); ++i) {
    const Type& type = vocabulary.types[element.fields[i].type];
    if (type.kind != TypeKind::reference) continue;
    if (out.record != vocabulary.root && record_of_kind(vocabulary, type.name) != out.record) continue;
    if (out.reference) out.problem = Lineage::Problem::several_ways;
    out.reference = i;
  }
  if (!out.reference && list.record != out.record) out.problem = Lineage::Problem::leads_nowhere;
  return out;
}

}  // namespace writ::model
