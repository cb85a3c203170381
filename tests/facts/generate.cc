#include "tests/facts/generate.h"

#include <fmt/format.h>

#include <set>

namespace writ::test {
namespace {

using model::Type;
using model::TypeKind;

Tree word(std::string text) {
  Tree tree;
  tree.text = std::move(text);
  tree.word = true;
  return tree;
}
Tree token(std::string text) {
  Tree tree;
  tree.text = std::move(text);
  return tree;
}

}  // namespace

Tree Generator::document() {
  parties_ = {"acme", "beta", "p-3"};
  Tree root;
  root.kind = Tree::Kind::map;
  root.entries.emplace_back("writ", word(pick(vocabulary_.kinds) + "/1"));
  root.entries.emplace_back("id", word(fmt::format("doc-{}", below(1'000'000))));
  Tree parties;
  parties.kind = Tree::Kind::list;
  for (const std::string& key : parties_) {
    Tree party;
    party.kind = Tree::Kind::map;
    party.entries.emplace_back("key", word(key));
    parties.items.push_back(party);
  }
  Tree facts = record(vocabulary_.records[vocabulary_.root], 0);
  std::erase_if(facts.entries, [](const auto& entry) { return entry.first == "parties"; });
  for (auto& entry : facts.entries) root.entries.push_back(std::move(entry));
  root.entries.emplace_back("parties", parties);
  return root;
}

Tree Generator::record(const model::Record& record, int depth) {
  Tree tree;
  tree.kind = Tree::Kind::map;
  for (std::uint32_t i = 0; i < record.fields.size(); ++i) {
    const bool key = record.key && *record.key == i;
    if (!key && chance(35)) continue;
    tree.entries.emplace_back(record.fields[i].name, key ? word(fmt::format("k{}", below(1'000'000'000)))
                                                         : field(record.fields[i], depth + 1));
  }
  if (chance(10)) tree.entries.emplace_back("x-note", word("free: anything"));
  return tree;
}

Tree Generator::field(const model::Field& f, int depth) {
  if (f.optional && chance(15)) return token("null");
  if (chance(6)) {
    Tree tree;
    tree.kind = Tree::Kind::map;
    tree.entries.emplace_back("unknown", word(pick({"not_assessed", "disputed", "refused"})));
    return tree;
  }
  if (chance(5))
    return word(pick({"", "TBD", "todo", "N/A", "<the value>", "task goes here", "?", "To be determined"}));
  Tree stated = f.dated ? dated(f, depth) : chance(10) ? estimate(f.type, depth) : value(f.type, depth);
  const TypeKind kind = vocabulary_.types[f.type].kind;
  if (chance(6) && kind != TypeKind::map) {  // a map takes any key for its own
    Tree around;
    around.kind = Tree::Kind::map;
    around.entries.emplace_back("value", std::move(stated));
    around.entries.emplace_back("evidence", word(pick({"board paper 7", "https://example.org/card", "TBD"})));
    if (chance(50)) around.entries.emplace_back("as_of", word("2026-10-01"));
    if (chance(50)) around.entries.emplace_back("by", word("Head of risk"));
    return around;
  }
  return stated;
}

Tree Generator::dated(const model::Field& f, int depth) {
  Tree list;
  list.kind = Tree::Kind::list;
  const std::size_t count = below(4);
  for (std::size_t i = 0; i < count; ++i) {
    Tree period;
    period.kind = Tree::Kind::map;
    if (i > 0 || chance(50)) period.entries.emplace_back("from", word(fmt::format("20{:02}-01-01", 10 + i)));
    if (i + 1 < count || chance(50)) {
      const bool last = chance(50);
      period.entries.emplace_back(last ? "until" : "before", word(last ? fmt::format("20{:02}-12-31", 10 + i)
                                                                       : fmt::format("20{:02}-01-01", 11 + i)));
    }
    period.entries.emplace_back("value", f.optional && chance(20) ? token("null") : value(f.type, depth + 1));
    list.items.push_back(period);
  }
  return list;
}

/// What is known of a value that is not known; the value where its type has no such form.
Tree Generator::estimate(model::TypeId id, int depth) {
  const Type& type = vocabulary_.types[id];
  const auto form = [](std::string key, Tree inner) {
    Tree map;
    map.kind = Tree::Kind::map;
    map.entries.emplace_back(std::move(key), std::move(inner));
    return map;
  };
  switch (type.kind) {
    case TypeKind::integer:
    case TypeKind::decimal:
    case TypeKind::ratio:
    case TypeKind::quantity:
    case TypeKind::money: {
      if (chance(40)) return form(pick({"at_least", "more_than", "at_most", "less_than"}), value(id, depth));
      Tree pair;
      pair.kind = Tree::Kind::list;
      pair.items.push_back(value(id, depth));
      pair.items.push_back(pair.items.front());
      return form("between", std::move(pair));
    }
    case TypeKind::enumeration: {
      const auto& members = vocabulary_.enums[type.enumeration].members;
      Tree some;
      some.kind = Tree::Kind::list;
      some.items.push_back(word(members[0].name));
      some.items.push_back(word(members[1].name));
      return form("one_of", std::move(some));
    }
    case TypeKind::list:
    case TypeKind::set: return form("incomplete", value(id, depth));
    default: return value(id, depth);
  }
}

Tree Generator::value(model::TypeId id, int depth) {
  const Type& type = vocabulary_.types[id];
  switch (type.kind) {
    case TypeKind::boolean: return token(chance(50) ? "true" : "false");
    case TypeKind::integer: return token(pick({"0", "-1", "80", "10000000000000000000000000", "1e3", "-0"}));
    case TypeKind::decimal: return token(pick({"0.7", "-12.25", "1e-7", "3", "2.5E+3"}));
    case TypeKind::ratio:
      return chance(50) ? token(pick({"0", "0.8", "1", "0.333"})) : word(pick({"80 %", "0.5%", "120 %"}));
    case TypeKind::quantity:
      if (type.name != "%" && chance(40)) return token(pick({"3.3e24", "0", "1500"}));
      return word(pick({"3.3e24 ", "10^25 ", "700 million ", "0.5 "}) + type.name);
    case TypeKind::money: return word(pick({"15 million EUR", "0.5 USD", "15e6 EUR"}));
    case TypeKind::date: return word(pick({"2025-08-02", "2024-02-29", "0001-01-01"}));
    case TypeKind::instant: return word(pick({"2025-08-02T10:00Z", "2025-08-02T10:00:30+02:00"}));
    case TypeKind::duration: return word(pick({"14 days", "12 months", "72 hours", "1 year"}));
    case TypeKind::text:
      return word(pick({"plain words", "NO", "null", "010", "true", "- dash", "a: b", "# no comment", "\"quoted\"",
                        "back\\slash", "Müller 人工知能 🙂", "line\nbreak", "tab\there", "2025-08-02", "~"}));
    case TypeKind::country: return word(pick({"NO", "DE", "JP", "US-CA", "XK", "CN"}));
    case TypeKind::party: return word(pick(parties_));
    case TypeKind::reference: return word(pick({"llama-3", "base model"}));
    case TypeKind::enumeration: {
      const auto& members = vocabulary_.enums[type.enumeration].members;
      return word(members[below(members.size())].name);
    }
    case TypeKind::record: return record(vocabulary_.records[type.record], depth);
    case TypeKind::list: {
      Tree list;
      list.kind = Tree::Kind::list;
      const std::size_t count = depth > 6 ? 0 : below(4);
      for (std::size_t i = 0; i < count; ++i) list.items.push_back(record(vocabulary_.records[type.record], depth + 1));
      return list;
    }
    case TypeKind::set: {
      Tree list;
      list.kind = Tree::Kind::list;
      std::set<std::string> seen;
      const std::size_t count = below(4);
      for (std::size_t i = 0; i < count; ++i) {
        Tree member = value(type.element, depth);
        if (member.text != "~" && seen.insert(member.text).second) list.items.push_back(std::move(member));
      }
      return list;
    }
    case TypeKind::map: {
      Tree map;
      map.kind = Tree::Kind::map;
      std::set<std::string> seen;
      const std::size_t count = below(4);
      for (std::size_t i = 0; i < count; ++i) {
        std::string key = vocabulary_.types[type.key].kind == TypeKind::country ? pick({"NO", "DE", "JP"})
                                                                                : pick({"a", "b/c", "d~e", "f g"});
        if (seen.insert(key).second) map.entries.emplace_back(std::move(key), value(type.element, depth));
      }
      return map;
    }
    case TypeKind::error: break;
  }
  return token("null");
}

namespace {
std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\t': out += "\\t"; break;
      default: out += c;
    }
  }
  return out + "\"";
}
/// A plain scalar of YAML that reads as this very text.
bool plain(std::string_view text) {
  if (text.empty() || text == "null" || text == "~") return false;
  for (const char c : text) {
    const bool safe = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' ||
                      c == '.' || c == '-' || c == '%' || c == '^' || c == '/' || c == '+' || c == '_';
    if (!safe) return false;
  }
  return text.front() != '-' && text.front() != '%' && text.front() != ' ' && text.back() != ' ';
}
}  // namespace

std::string Generator::json(const Tree& tree) {
  if (tree.kind == Tree::Kind::scalar) return tree.word ? json_string(tree.text) : tree.text;
  std::string out(1, tree.kind == Tree::Kind::map ? '{' : '[');
  for (const auto& [key, value] : tree.entries)
    out += (out.size() > 1 ? ", " : "") + json_string(key) + ": " + json(value);
  for (const Tree& item : tree.items) out += (out.size() > 1 ? "," : "") + json(item);
  return out + (tree.kind == Tree::Kind::map ? '}' : ']');
}

std::string Generator::scalar(const Tree& tree) {
  if (!tree.word) return tree.text;
  if (plain(tree.text) && chance(80)) return tree.text;
  if (chance(50) && tree.text.find_first_of("\n'\t") == std::string::npos) return "'" + tree.text + "'";
  return json_string(tree.text);
}

std::string Generator::flow(const Tree& tree) {
  if (tree.kind == Tree::Kind::scalar) return scalar(tree);
  std::string out(1, tree.kind == Tree::Kind::map ? '{' : '[');
  for (const auto& [key, value] : tree.entries)
    out += (out.size() > 1 ? ", " : "") + scalar(word(key)) + ": " + flow(value);
  for (const Tree& item : tree.items) out += (out.size() > 1 ? ", " : "") + flow(item);
  return out + (tree.kind == Tree::Kind::map ? '}' : ']');
}

void Generator::block(const Tree& tree, int indent, std::string& out) {
  const std::string margin(static_cast<std::size_t>(indent), ' ');
  const auto below_it = [&](const Tree& value) {
    const bool flat = value.kind == Tree::Kind::scalar || (value.entries.empty() && value.items.empty()) || chance(25);
    if (flat) {
      out += " " + flow(value) + (chance(5) ? "   # a comment" : "") + "\n";
    } else {
      out += "\n";
      block(value, indent + 2, out);
    }
  };
  for (const auto& [key, value] : tree.entries) {
    out += margin + scalar(word(key)) + ":";
    below_it(value);
  }
  for (const Tree& item : tree.items) {
    out += margin + "-";
    below_it(item);
  }
}

std::string Generator::yaml(const Tree& tree) {
  std::string out;
  block(tree, 0, out);
  return out;
}

}  // namespace writ::test
