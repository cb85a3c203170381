// The facts of a test as a raw document, so that a test reads its facts in exactly the way a document's are read.
#include <fmt/format.h>

#include "engine/facts/bind.h"
#include "engine/run/rule_tests.h"

namespace writ::run {

namespace {

using facts::RawId;
using facts::RawNode;

class Builder {
 public:
  Builder(facts::RawDocument& raw, const session::Session& session, const ast::File& file)
      : raw_(raw), session_(session), file_(file) {}

  RawId value(ast::FactValueId id) {
    const ast::FactValue& v = file_.values[id];
    span_ = v.span;
    if (std::holds_alternative<ast::FactValue::Absent>(v.node)) {
      RawNode null = node(RawNode::Kind::null);
      null.text = "null";  // a null without text is a key with nothing behind it: unknown, not absent
      return raw_.nodes.add(std::move(null));
    }
    if (const auto* u = std::get_if<ast::FactValue::Unknown>(&v.node)) {
      RawNode map = node(RawNode::Kind::map);
      map.entries.emplace_back(scalar("unknown", false), scalar(u->reason ? u->reason->text : "not_assessed", false));
      return raw_.nodes.add(std::move(map));
    }
    if (const auto* list = std::get_if<ast::FactValue::List>(&v.node)) return items(list->items, v.span);
    if (const auto* set = std::get_if<ast::FactValue::Set>(&v.node)) return items(set->items, v.span);
    if (const auto* record = std::get_if<ast::FactValue::Record>(&v.node)) {
      RawNode map = node(RawNode::Kind::map);
      for (const auto& [name, field] : record->fields) {
        span_ = name.span;
        const RawId key = scalar(name.text, false);
        map.entries.emplace_back(key, value(field));
      }
      map.span = v.span;
      return raw_.nodes.add(std::move(map));
    }
    return literal(std::get<ast::ExprId>(v.node));
  }

  RawId scalar(std::string text, bool quoted) {
    RawNode n = node(RawNode::Kind::scalar);
    n.text = std::move(text);
    n.quoted = quoted;
    return raw_.nodes.add(std::move(n));
  }

 private:
  RawNode node(RawNode::Kind kind) const {
    RawNode n;
    n.kind = kind;
    n.span = span_;
    return n;
  }

  RawId items(const std::vector<ast::FactValueId>& ids, Span span) {
    std::vector<RawId> out;
    for (ast::FactValueId i : ids) out.push_back(value(i));
    span_ = span;
    RawNode list = node(RawNode::Kind::list);
    list.items = std::move(out);
    return raw_.nodes.add(std::move(list));
  }

  static std::string number(const ast::NumberLit& n) { return n.value.exact() + (n.unit ? " " + n.unit->text : ""); }

  RawId literal(ast::ExprId id) {
    const ast::Expr& e = file_.exprs[id];
    span_ = e.span;
    if (const auto* b = std::get_if<ast::BoolLit>(&e.node)) return scalar(b->value ? "true" : "false", false);
    if (const auto* n = std::get_if<ast::NumberLit>(&e.node)) return scalar(number(*n), false);
    if (const auto* d = std::get_if<ast::DateLit>(&e.node)) return scalar(d->value.text(), false);
    if (const auto* i = std::get_if<ast::InstantLit>(&e.node)) return scalar(i->value.text(), false);
    if (const auto* t = std::get_if<ast::TextLit>(&e.node)) return scalar(t->value, true);
    if (const auto* c = std::get_if<ast::CountryLit>(&e.node)) return scalar(c->code, false);
    if (const auto* name = std::get_if<ast::NameRef>(&e.node)) return scalar(name->name, false);
    if (const auto* unary = std::get_if<ast::Unary>(&e.node); unary != nullptr && unary->op == ast::UnaryOp::neg) {
      if (const auto* n = std::get_if<ast::NumberLit>(&file_.exprs[unary->operand].node))
        return scalar("-" + number(*n), false);
    }
    return scalar(std::string(session_.sources.text(e.span)), false);
  }

  facts::RawDocument& raw_;
  const session::Session& session_;
  const ast::File& file_;
  Span span_;
};

std::string dotted(const std::vector<std::string>& path) {
  std::string out;
  for (const std::string& p : path) out += (out.empty() ? "" : ".") + p;
  return out;
}

}  // namespace

bool apply_changes(facts::RawDocument& raw, const session::Session& session, const session::TestCase& test,
                   Diagnostics& out) {
  const ast::File& file = session.files[test.ast_file];
  const model::Vocabulary& vocabulary = *session.program.vocabulary;
  Builder builder(raw, session, file);
  if (!raw.root) {  // facts alone: a document of its own
    RawNode root;
    root.kind = RawNode::Kind::map;
    root.span = test.span;
    root.entries.emplace_back(builder.scalar("writ", false), builder.scalar("deployment/1", false));
    root.entries.emplace_back(builder.scalar("id", false), builder.scalar("test", true));
    raw.root = raw.nodes.add(std::move(root));
    raw.span = test.span;
  }
  bool ok = true;
  for (const auto& path : test.removals) {
    if (facts::remove(raw, vocabulary, path)) continue;
    out.report(Code::test_path, test.span, fmt::format("the document has no `{}` to leave out", dotted(path)));
    ok = false;
  }
  for (const auto& [path, value] : test.assignments) {
    if (facts::assign(raw, vocabulary, path, builder.value(value))) continue;
    out.report(Code::test_path, file.values[value].span,
               fmt::format("`{}` cannot be set in this document", dotted(path)))
        .help = "a path goes through records and through the keys of lists that the document has";
    ok = false;
  }
  return ok;
}

}  // namespace writ::run
