#include "engine/sema/vocabulary.h"

#include <fmt/format.h>

#include <algorithm>

namespace writ::sema {

namespace {

using K = model::TypeKind;

std::string text_or_empty(const std::optional<ast::Text>& text) { return text ? text->text : std::string(); }

class Records {
 public:
  explicit Records(Context& context) : context_(context), vocabulary_(context.vocabulary) {}

  void run() {
    model::Record root;
    root.name = "document";
    vocabulary_.root = vocabulary_.records.add(root);
    each<ast::RecordDecl>(context_.files, [&](ItemRef ref, const ast::RecordDecl& d) { record(ref, d); });
    each<ast::FactsDecl>(context_.files, [&](ItemRef ref, const ast::FactsDecl& d) {
      const std::string& package = context_.package[ref.file];
      const model::RecordId home = package == kFacts ? vocabulary_.root : space(package, d.span);
      if (!home) return;
      fields(home, ref.file, d.fields);
      if (d.description && package != kFacts) vocabulary_.records[home].description = d.description->text;
    });
    report_recursion();
  }

 private:
  /// The record of the facts of a package: `eu.ai_act` is the field `ai_act` of the record of the root field `eu`.
  model::RecordId space(const std::string& package, Span span) {
    model::RecordId at = vocabulary_.root;
    std::string path;
    for (std::size_t begin = 0; begin <= package.size();) {
      const std::size_t end = std::min(package.find('.', begin), package.size());
      const std::string name = package.substr(begin, end - begin);
      path += (path.empty() ? "" : ".") + name;
      begin = end + 1;
      const auto known = spaces_.find(path);
      if (known != spaces_.end()) {
        at = known->second;
        continue;
      }
      if (vocabulary_.records[at].find(name) >= 0) {
        context_
            .report(Code::duplicate_name, span,
                    fmt::format("the facts of package `{}` have no place: `{}` is a fact", package, path))
            .labels.push_back(
                {vocabulary_.records[at].fields[static_cast<std::size_t>(vocabulary_.records[at].find(name))].span,
                 "declared here"});
        return {};
      }
      model::Record record;
      record.name = path;
      record.span = span;
      const model::RecordId inner = vocabulary_.records.add(record);
      model::Field field;
      field.name = name;
      field.type = record_type(context_, inner);
      field.description = fmt::format("Facts of {}", path);
      field.span = span;
      vocabulary_.records[at].fields.push_back(field);
      spaces_.emplace(path, inner);
      at = inner;
    }
    return at;
  }

  void record(ItemRef ref, const ast::RecordDecl& d) {
    const std::string prefix = context_.package[ref.file] == kFacts ? "" : context_.package[ref.file] + ".";
    const auto it = context_.type_names.find(prefix + d.name.text);
    if (it == context_.type_names.end() || it->second.kind != TypeName::Kind::record || it->second.span != d.name.span)
      return;  // a duplicate
    const model::RecordId id = it->second.record;
    fields(id, ref.file, d.fields);
    if (!d.key) return;
    model::Record& out = vocabulary_.records[id];
    const int key = out.find(d.key->text);
    if (key < 0) {
      std::vector<std::string> names;
      for (const model::Field& f : out.fields) names.push_back(f.name);
      context_.report(Code::invalid_key, d.key->span,
                      fmt::format("record `{}` has no field `{}` that could be its key", d.name.text, d.key->text),
                      did_you_mean(d.key->text, names));
      return;
    }
    out.key = static_cast<std::uint32_t>(key);  // also when it does not serve: the list is meant to be keyed
    const model::Field& field = out.fields[static_cast<std::size_t>(key)];
    const bool text = context_.kind(field.type) == K::text || context_.kind(field.type) == K::error;
    if (!text || field.optional || field.dated) {
      context_
          .report(Code::invalid_key, d.key->span,
                  fmt::format("the key `{}` must be a text that is always stated", d.key->text))
          .labels.push_back({field.span, "declared here"});
    }
  }

  void fields(model::RecordId home, std::uint32_t file, const std::vector<ast::FieldDecl>& declared) {
    for (const ast::FieldDecl& d : declared) {
      if (d.name.text.empty()) continue;
      const model::TypeId type = resolve_type(context_, file, d.type);
      model::Record& record = vocabulary_.records[home];
      if (const int first = record.find(d.name.text); first >= 0) {
        context_.report(Code::duplicate_name, d.name.span, fmt::format("fact `{}` is declared twice", d.name.text))
            .labels.push_back({record.fields[static_cast<std::size_t>(first)].span, "first here"});
        continue;
      }
      model::Field field;
      field.name = d.name.text;
      field.type = type;
      field.optional = d.optional;
      field.dated = d.dated;
      field.event = d.event;
      field.description = text_or_empty(d.description);
      field.ask = text_or_empty(d.ask);
      for (const ast::Text& from : d.from) field.from.push_back(from.text);
      field.provision = text_or_empty(d.provision);
      if (d.formerly) field.formerly = d.formerly->text;
      field.span = d.name.span;
      check_flags(d, type);
      record.fields.push_back(std::move(field));
    }
    for (const ast::FieldDecl& d : declared) {
      if (d.formerly && vocabulary_.records[home].find(d.formerly->text) >= 0) {
        context_.report(Code::duplicate_name, d.formerly->span,
                        fmt::format("`{}` was formerly `{}`, but `{}` is still declared", d.name.text, d.formerly->text,
                                    d.formerly->text),
                        "a renamed fact leaves its old name free");
      }
    }
  }

  void check_flags(const ast::FieldDecl& d, model::TypeId type) {
    const K kind = context_.kind(type);
    if (kind == K::error) return;
    if (kind == K::enumeration && is_class(type)) {
      context_.report(Code::invalid_type, d.name.span,
                      fmt::format("fact `{}` has the type of a classification", d.name.text),
                      "derived values are not stated: declare an enumeration");
    }
    if (d.event && kind != K::date && kind != K::instant) {
      context_.report(Code::invalid_type, d.name.span,
                      fmt::format("event `{}` is {}, not a date", d.name.text, context_.describe(type)));
    }
    if (d.dated && (kind == K::list || kind == K::record || kind == K::map)) {
      context_.report(Code::invalid_type, d.name.span,
                      fmt::format("dated fact `{}` is {}", d.name.text, context_.describe(type)),
                      "single values and sets can be dated");
    }
    if (d.dated && d.event)
      context_.report(Code::invalid_type, d.name.span, fmt::format("event `{}` cannot be dated", d.name.text));
  }

  bool is_class(model::TypeId type) const {
    for (const auto& [ref, enumeration] : context_.checked.class_enums) {
      if (enumeration == context_.type(type).enumeration) return true;
    }
    return false;
  }

  /// A record may hold itself only through a list or a reference: else no document could ever be complete. And a
  /// document has bounds.
  void report_recursion() {
    sizes_.assign(vocabulary_.records.size(), {});
    for (std::uint32_t r = 0; r < vocabulary_.records.size(); ++r) visit(model::RecordId(r), 0);
    const Size& root = sizes_[vocabulary_.root.index];
    if (root.facts > kMostFacts || root.depth > kDeepestFact) {
      const auto& fields = vocabulary_.records[vocabulary_.root].fields;
      context_.report(Code::nesting_too_deep, fields.empty() ? Span() : fields.front().span,
                      root.depth > kDeepestFact
                          ? fmt::format("the facts are nested more than {} deep", kDeepestFact)
                          : fmt::format("the vocabulary declares more than {} facts", kMostFacts));
    }
  }

  /// Facts below a record, and how deep.
  struct Size {
    enum class State : std::uint8_t { untouched, busy, done } state = State::untouched;
    std::size_t facts = 0, depth = 0;
  };

  void visit(model::RecordId id, std::size_t depth) {
    if (sizes_[id.index].state != Size::State::untouched) return;
    Size size{Size::State::busy, 0, 0};
    sizes_[id.index] = size;
    for (model::Field& field : vocabulary_.records[id].fields) {
      model::Type type = context_.type(field.type);
      if (type.kind == K::map) type = context_.type(type.element);
      ++size.facts;
      if (type.kind != K::record) continue;
      if (sizes_[type.record.index].state == Size::State::busy) {
        context_.report(Code::record_cycle, field.span,
                        fmt::format("record `{}` would hold itself through `{}`", vocabulary_.records[type.record].name,
                                    field.name),
                        "hold it in a `list of` records or by `reference to` a document");
        field.type = context_.basic.error;  // whoever walks the vocabulary must come to an end
        continue;
      }
      if (depth == kDeepestDefinition) {  // too deep for a document in any case; those below have their own turn
        size.depth = kDeepestFact + 1;
        continue;
      }
      visit(type.record, depth + 1);
      const Size& inner = sizes_[type.record.index];
      size.facts = std::min(size.facts + inner.facts, kMostFacts + 1);
      size.depth = std::max(size.depth, inner.depth + 1);
    }
    size.state = Size::State::done;
    sizes_[id.index] = size;
  }

  Context& context_;
  model::Vocabulary& vocabulary_;
  std::map<std::string, model::RecordId> spaces_;
  std::vector<Size> sizes_;  // by record
};

}  // namespace

void build_records(Context& context) {
  Records(context).run();
  std::vector<std::string>& names = context.vocabulary.term_names;
  for (const auto& [qualified, ref] : context.checked.items) {
    const bool derived = context.get<ast::TermDecl>(ref) != nullptr || context.get<ast::ScopeDecl>(ref) != nullptr ||
                         context.get<ast::ClassifyDecl>(ref) != nullptr;
    if (derived) names.push_back(name_of(context.item(ref))->text);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

}  // namespace writ::sema
