// Changes to a raw document before binding: what tests of rules, the deletion property and repairs need. Paths go
// through the vocabulary, so that a segment is a field, the key of an element, or a position in brackets.
#include <algorithm>
#include <charconv>
#include <utility>

#include "engine/facts/bind.h"
#include "engine/facts/raw_forms.h"

namespace writ::facts {
namespace {

using model::Type;
using model::TypeKind;

RawNode make(RawNode::Kind kind, std::string text = {}) {
  RawNode node;
  node.kind = kind;
  node.text = std::move(text);
  return node;
}

class Path {
 public:
  Path(RawDocument& raw, const model::Vocabulary& vocabulary)
      : raw_(raw), vocabulary_(vocabulary), at_(raw.root), type_(model::TypePool::record_type(vocabulary.root)) {}

  /// One segment down; invalid ids mean that it cannot be followed.
  bool step(std::string_view segment, bool create) {
    if (node().kind == RawNode::Kind::map && (type_.kind == TypeKind::record || type_.kind == TypeKind::map))
      return into_map(segment, create);
    if (node().kind == RawNode::Kind::list && type_.kind == TypeKind::list) return into_list(segment);
    return false;
  }

  bool assign(std::string_view last, RawId value) {
    if (node().kind == RawNode::Kind::list && type_.kind == TypeKind::list) {
      const std::size_t found = element(last);
      if (found == kNone) return false;
      node().items[found] = value;
      return true;
    }
    if (!named(last)) return false;
    const std::size_t found = entry(last);
    if (found != kNone) {
      node().entries[found].second = value;
    } else {
      append(last, value);
    }
    return true;
  }

  bool remove(std::string_view last) {
    if (node().kind == RawNode::Kind::list && type_.kind == TypeKind::list) {
      const std::size_t found = element(last);
      if (found == kNone) return false;
      node().items.erase(node().items.begin() + static_cast<std::ptrdiff_t>(found));
      return true;
    }
    if (node().kind != RawNode::Kind::map || !named(last)) return false;
    const std::size_t found = entry(last);
    if (found == kNone) return false;
    node().entries.erase(node().entries.begin() + static_cast<std::ptrdiff_t>(found));
    return true;
  }

 private:
  static constexpr std::size_t kNone = SIZE_MAX;

  [[nodiscard]] RawNode& node() { return raw_.nodes[at_]; }

  /// The segment can name something here: a declared field, or any key of a map.
  bool named(std::string_view segment) {
    if (node().kind != RawNode::Kind::map || form()) return false;
    return type_.kind == TypeKind::map ||
           (type_.kind == TypeKind::record && vocabulary_.records[type_.record].find(segment) >= 0);
  }
  /// {unknown: …} is no record to add a field to.
  bool form() {
    return entry("unknown") != kNone &&
           !(type_.kind == TypeKind::record && vocabulary_.records[type_.record].find("unknown") >= 0);
  }
  std::size_t entry(std::string_view key) {
    const auto& entries = node().entries;
    const auto found =
        std::find_if(entries.begin(), entries.end(), [&](const auto& e) { return raw_.nodes[e.first].text == key; });
    return found == entries.end() ? kNone : static_cast<std::size_t>(found - entries.begin());
  }
  void append(std::string_view key, RawId value) {
    RawNode name = make(RawNode::Kind::scalar, std::string(key));
    name.span = node().span;
    const RawId id = raw_.nodes.add(std::move(name));
    node().entries.emplace_back(id, value);
  }

  bool into_map(std::string_view segment, bool create) {
    if (!named(segment)) return false;
    Type below;
    if (type_.kind == TypeKind::map) {
      below = vocabulary_.types[type_.element];
    } else {
      const model::Record& record = vocabulary_.records[type_.record];
      const model::Field& field = record.fields[static_cast<std::size_t>(record.find(segment))];
      if (field.dated) return false;  // its periods are no paths
      below = vocabulary_.types[field.type];
    }
    std::size_t found = entry(segment);
    if (found == kNone) {
      if (!create || (below.kind != TypeKind::record && below.kind != TypeKind::map)) return false;
      RawNode fresh = make(RawNode::Kind::map);
      fresh.span = node().span;
      append(segment, raw_.nodes.add(std::move(fresh)));
      found = entry(segment);
    }
    at_ = node().entries[found].second;
    type_ = std::move(below);
    enter();
    return true;
  }

  bool into_list(std::string_view segment) {
    const std::size_t found = element(segment);
    if (found == kNone) return false;
    at_ = node().items[found];
    type_ = model::TypePool::record_type(type_.record);
    enter();
    return true;
  }

  /// Evidence around a record or list, and a list that is not complete, are no steps of a path.
  void enter() {
    at_ = contents(raw_, at_, type_, vocabulary_);
    at_ = contents(raw_, at_, type_, vocabulary_);
  }

  std::size_t element(std::string_view segment) {
    const bool bracketed = segment.starts_with('[') && segment.ends_with(']');
    const std::string_view name = bracketed ? segment.substr(1, segment.size() - 2) : segment;
    const auto& items = node().items;
    const model::Record& record = vocabulary_.records[type_.record];
    if (record.key) {
      const std::string& key = record.fields[*record.key].name;
      for (std::size_t i = 0; i < items.size(); ++i) {
        const RawId inner = contents(raw_, items[i], model::TypePool::record_type(type_.record), vocabulary_);
        for (const auto& [k, v] : raw_.nodes[inner].entries) {
          if (raw_.nodes[k].text == key && raw_.nodes[v].kind == RawNode::Kind::scalar && raw_.nodes[v].text == name)
            return i;
        }
      }
    }
    if (!bracketed) return kNone;
    std::size_t position = 0;
    const auto parsed = std::from_chars(name.data(), name.data() + name.size(), position);
    const bool whole = parsed.ec == std::errc() && parsed.ptr == name.data() + name.size();
    return whole && position < items.size() ? position : kNone;
  }

  RawDocument& raw_;
  const model::Vocabulary& vocabulary_;
  RawId at_;
  Type type_;
};

/// "transfers[cn_servers]" is two steps.
std::vector<std::string> steps(const std::vector<std::string>& path) {
  std::vector<std::string> result;
  for (const std::string& segment : path) {
    const std::size_t bracket = segment.ends_with(']') ? segment.find('[') : std::string::npos;
    if (bracket != std::string::npos && bracket > 0) {
      result.push_back(segment.substr(0, bracket));
      result.push_back(segment.substr(bracket));
    } else {
      result.push_back(segment);
    }
  }
  return result;
}

}  // namespace

bool assign(RawDocument& raw, const model::Vocabulary& vocabulary, const std::vector<std::string>& given, RawId value) {
  if (given.empty()) return false;
  const std::vector<std::string> path = steps(given);
  Path at(raw, vocabulary);
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    if (!at.step(path[i], true)) return false;
  }
  return at.assign(path.back(), value);
}

bool remove(RawDocument& raw, const model::Vocabulary& vocabulary, const std::vector<std::string>& given) {
  if (given.empty()) return false;
  const std::vector<std::string> path = steps(given);
  Path at(raw, vocabulary);
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    if (!at.step(path[i], false)) return false;
  }
  return at.remove(path.back());
}

}  // namespace writ::facts
