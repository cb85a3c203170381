// Copying the facts of documents that are referred to into the one that refers to them.
#include <fmt/format.h>

#include <unordered_map>
#include <unordered_set>

#include "engine/base/utf8.h"
#include "engine/facts/link.h"

namespace writ::facts {

namespace {

// What one document may reach: bounded like a document's own facts, so that an inventory cannot ask for all memory.
constexpr std::size_t kMostDocuments = 1'000;
constexpr std::uint32_t kMostFacts = 500'000;

/// The facts of `from` behind those of `to`, under the name of their document.
FactId append(Document& to, const Document& from) {
  const std::uint32_t offset = to.facts.size();
  const auto evidence = static_cast<std::uint32_t>(to.evidence.size());
  const auto moved = [&](FactId id) { return id.valid() ? FactId(id.index + offset) : id; };
  for (const Fact& original : from.facts) {
    Fact fact = original;
    fact.parent = moved(fact.parent);
    fact.phantom = moved(fact.phantom);
    fact.target = {};
    for (FactId& child : fact.children) child = moved(child);
    for (DatedValue& period : fact.dated) period.value = moved(period.value);
    if (fact.evidence != UINT32_MAX) fact.evidence += evidence;
    fact.path = fact.path.empty() ? from.id : from.id + ": " + fact.path;
    to.facts.add(std::move(fact));
  }
  to.evidence.insert(to.evidence.end(), from.evidence.begin(), from.evidence.end());
  return moved(from.root);
}

/// Known references among the facts [first, last), in the order of `references_of`.
void point(Document& document, std::uint32_t first, std::uint32_t last, const std::vector<std::uint32_t>& targets,
           const std::unordered_map<std::uint32_t, FactId>& roots, const model::Vocabulary& vocabulary) {
  std::size_t next = 0;
  for (std::uint32_t i = first; i < last; ++i) {
    Fact& fact = document.facts[FactId(i)];
    if (fact.state != State::known || !fact.type.valid() || !std::holds_alternative<std::string>(fact.scalar) ||
        vocabulary.types[fact.type].kind != model::TypeKind::reference)
      continue;
    WRIT_CHECK(next < targets.size());
    fact.target = roots.at(targets[next++]);
  }
}

}  // namespace

std::optional<std::vector<std::uint32_t>> reached(const Inventory& inventory, const Links& links, std::uint32_t entry,
                                                  Diagnostics& out) {
  std::vector<std::uint32_t> all{entry};
  std::unordered_set<std::uint32_t> seen{entry};
  std::uint64_t facts = inventory.entries[entry].facts;
  const auto refuse = [&](const std::string& what) {
    out.report(Code::too_many_linked, inventory.entries[entry].span,
               fmt::format("`{}` reaches more than {} by its references", printable(inventory.entries[entry].id), what))
        .help = "split the inventory";
    return std::nullopt;
  };
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (const std::uint32_t to : links.targets[all[i]]) {
      if (to == kNoEntry || !seen.insert(to).second) continue;
      all.push_back(to);
      facts += inventory.entries[to].facts;
      if (all.size() > kMostDocuments + 1) return refuse(fmt::format("{} documents", kMostDocuments));
      if (facts > kMostFacts) return refuse(fmt::format("{} facts", kMostFacts));
    }
  }
  all.erase(all.begin());
  return all;
}

void attach(Document& document, std::uint32_t entry, const Inventory& inventory, const Links& links,
            const model::Vocabulary& vocabulary, const std::function<const Document&(std::uint32_t)>& load) {
  if (inventory.entries[entry].references.empty()) return;
  Diagnostics said;  // when the documents were linked
  const auto all = reached(inventory, links, entry, said);
  WRIT_CHECK(all.has_value());
  std::unordered_map<std::uint32_t, FactId> roots;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> spans{{entry, 0}};
  for (const std::uint32_t other : *all) {
    spans.emplace_back(other, document.facts.size());
    const Document& from = load(other);
    const FactId root = append(document, from);
    roots.emplace(other, root);
    document.linked.push_back({from.id, from.kind, from.path, root});
  }
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const std::uint32_t end = i + 1 < spans.size() ? spans[i + 1].second : document.facts.size();
    point(document, spans[i].second, end, links.targets[spans[i].first], roots, vocabulary);
  }
}

}  // namespace writ::facts
