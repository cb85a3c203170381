#include "engine/facts/bind.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/suggest.h"
#include "engine/facts/assessments.h"
#include "engine/facts/binder.h"
#include "engine/facts/raw_forms.h"

namespace writ::facts {
namespace {

constexpr std::string_view kVersion = "1";

const RawNode* entry(const RawDocument& raw, const RawNode& map, std::string_view key) {
  for (const auto& [k, v] : map.entries) {
    if (raw.nodes[k].text == key) return &raw.nodes[v];
  }
  return nullptr;
}

}  // namespace

bool looks_like_document(const RawDocument& raw) {
  const RawNode& root = raw.nodes[raw.root];
  return root.kind == RawNode::Kind::map && !root.entries.empty() &&
         raw.nodes[root.entries.front().first].text == "writ";
}

std::optional<Document> bind(const RawDocument& raw, const SourceMap& sources, const model::Vocabulary& vocabulary,
                             Diagnostics& out, const BindOptions& options) {
  return Binder(raw, sources, vocabulary, out, options).run();
}

std::optional<Document> Binder::run() {
  const RawNode& root = node(raw_.root);
  const std::string example =
      fmt::format("begin with `writ: {}/1`", vocabulary_.kinds.empty() ? "deployment" : vocabulary_.kinds.front());
  if (root.kind != RawNode::Kind::map) {
    const Span place{root.span.file, root.span.begin, root.span.begin};
    error(Code::document_header, place, "a document is a record of facts", example);
    return std::nullopt;
  }
  if (!looks_like_document(raw_)) {
    const RawNode* later = entry(raw_, root, "writ");
    const Span place = root.entries.empty() ? root.span : node(root.entries.front().first).span;
    error(Code::document_header, place,
          later == nullptr ? "the document does not say what it is" : "`writ` is not the first key of the document",
          example);
    if (later == nullptr) return std::nullopt;  // something else altogether: what else is wrong with it does not matter
  }
  header();
  collect_parties();
  Place place;
  place.type = vocabulary_.types.find(model::TypePool::record_type(vocabulary_.root));
  document_.path = std::string(root.span.valid() ? sources_.path(root.span.file) : "");
  document_.index = raw_.index;
  document_.span = raw_.span;
  document_.facts.reserve(options_.facts);
  document_.root = record(raw_.root, place);
  if (errors_ != 0) return std::nullopt;
  if (!check_assessments(document_, vocabulary_, out_)) return std::nullopt;
  if (const int field = vocabulary_.records[vocabulary_.root].find("assessed_for"); field >= 0) {
    const Fact& fact = document_[document_[document_.root].children[static_cast<std::size_t>(field)]];
    if (const auto* party = std::get_if<std::string>(&fact.scalar); fact.state == State::known && party != nullptr)
      document_.assessed_for = *party;
  }
  return std::move(document_);
}

void Binder::header() {
  const RawNode& root = node(raw_.root);
  if (const RawNode* form = entry(raw_, root, "writ"); form != nullptr) {
    const std::string_view text = form->text;
    const std::size_t slash = std::min(text.find('/'), text.size());
    const std::string_view kind = text.substr(0, slash);
    const bool declared =
        std::find(vocabulary_.kinds.begin(), vocabulary_.kinds.end(), kind) != vocabulary_.kinds.end();
    if (form->kind != RawNode::Kind::scalar) {
      error(Code::document_header, form->span, "`writ` takes the kind and the version of the document",
            "write the kind and the version: `deployment/1`");
    } else if (slash == text.size()) {
      error(Code::document_header, form->span, fmt::format("`{}` is no kind and version of a document", shown(text)),
            "write the kind and the version: `deployment/1`");
    } else if (!declared) {
      const std::string near = nearest(kind, vocabulary_.kinds);
      error(Code::document_header, form->span, fmt::format("`{}` is no kind of document", shown(kind)),
            near.empty() ? fmt::format("one of {}", fmt::join(vocabulary_.kinds, ", "))
                         : fmt::format("did you mean `{}/1`?", near));
    } else if (text.substr(slash + 1) != kVersion) {
      error(Code::document_header, form->span,
            fmt::format("version `{}` of the document format is not known", shown(text.substr(slash + 1))),
            fmt::format("write `{}/1`", kind));
    }
    document_.kind = kind;
  }
  const RawNode* id = entry(raw_, root, "id");
  if (id == nullptr) {
    const Span place = root.entries.empty() ? root.span : node(root.entries.front().first).span;
    error(Code::document_id, place, "the document has no `id`", "add `id:` and a name that no other document has");
  } else if (id->kind != RawNode::Kind::scalar || id->text.empty() ||
             id->text.find_first_not_of(" \t\n") == std::string::npos) {
    error(Code::document_id, id->span, "the `id` of the document is no text",
          "write a name that no other document has");
  } else {
    document_.id = id->text;
  }
}

void Binder::collect_parties() {
  const model::Record& root = vocabulary_.records[vocabulary_.root];
  const int field = root.find("parties");
  if (field < 0) return;
  const model::Type& type = vocabulary_.types[root.fields[static_cast<std::size_t>(field)].type];
  if (type.kind != model::TypeKind::list || !vocabulary_.records[type.record].key) return;
  has_parties_ = true;
  const model::Record& record = vocabulary_.records[type.record];
  const RawId list = entry_of(raw_, raw_.root, "parties");
  if (!list.valid()) return;
  // Within evidence, and then within {incomplete: …}.
  const RawId members = contents(raw_, contents(raw_, list, type, vocabulary_), type, vocabulary_);
  const model::Type element = model::TypePool::record_type(type.record);
  for (const RawId item : node(members).items) {
    const RawNode* key = entry(raw_, node(contents(raw_, item, element, vocabulary_)), record.fields[*record.key].name);
    if (key != nullptr && key->kind == RawNode::Kind::scalar) parties_.insert(key->text);
  }
}

}  // namespace writ::facts
