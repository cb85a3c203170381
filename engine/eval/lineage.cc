// References to other documents, and the walk over everything that a record is built on: each ancestor once, nearest
// first, over however many paths.
#include <set>

#include "engine/eval/machine.h"

namespace writ::eval {

using facts::Fact;
using facts::FactId;
using ir::NodeId;

Value Machine::deref(const ir::Node& node) {
  Value v = eval(NodeId(node.a));
  if (!v.known() || !v.fact.valid()) return v;
  if (v.fact == document.root) return v;  // a document that stands for itself
  const FactId target = document[v.fact].target;
  if (target.valid()) return read(target);
  Blame blame;  // judged apart from its inventory
  blame.missing = {v.fact};
  Value out = Value::maybe({}, std::move(blame));
  out.fact = v.fact;
  return out;
}

Elements Machine::lineage(const ir::Node& node) {
  Elements out;
  BlameSum because, missing;
  Value start = eval(NodeId(node.a));
  if (start.absent() || start.error()) {
    out.list = std::move(start);
    return out;
  }
  const model::Vocabulary& vocabulary = *program.vocabulary;
  const bool from_root = vocabulary.types[program.types[node.a]].record == vocabulary.root;
  std::set<FactId> known;  // documents on the way: that of the record itself, and the ancestors
  FactId holder = start.fact;
  for (FactId at = holder; at.valid(); at = document[at].parent)
    if (!document[at].parent.valid()) known.insert(at);
  std::vector<FactId> holders;
  if (holder.valid()) holders.push_back(holder);
  FactId phantom;
  const auto open = [&](const Blame& blame) {
    out.complete = false;
    missing.missing(blame);
  };
  if (!holder.valid()) open(start.blame);

  for (std::size_t i = 0; i < holders.size(); ++i) {
    const Fact& record = document[holders[i]];
    if (record.children.empty()) {
      if (record.state != facts::State::absent) open(read(holders[i]).blame);
      continue;
    }
    WRIT_CHECK(node.b < record.children.size());
    const Value list = read(record.children[node.b]);
    because.because(list.blame);
    if (list.absent()) continue;  // stated that there are none
    const Fact& stated = document[record.children[node.b]];
    if (!phantom.valid()) phantom = stated.phantom;
    if (!list.known() || stated.incomplete) {
      Blame blame;
      blame.missing = {record.children[node.b]};
      open(blame);
    }
    if (!list.known()) continue;
    for (const FactId child : stated.children) {
      Element element{read(child), false, false};
      const Fact& link = document[child];
      if (node.c == NodeId::kNone) {  // the bases stand in place
        holders.push_back(child);
      } else if (node.c < link.children.size()) {
        const Value reference = read(link.children[node.c]);
        const FactId target = document[link.children[node.c]].target;
        if (reference.known() && target.valid()) {
          element.repeated = !known.insert(target).second;
          if (!element.repeated) {
            const std::string& kind = vocabulary.types[document[link.children[node.c]].type].name;
            const int own = from_root ? -1 : vocabulary.records[vocabulary.root].find(kind);
            holders.push_back(own < 0 ? target : document[target].children[static_cast<std::size_t>(own)]);
          }
        } else if (!reference.absent()) {  // nobody has said which it is, nor what it is built on
          Blame blame;
          blame.missing = {link.children[node.c]};
          open(blame);
        }
      }
      out.all.push_back(std::move(element));
    }
  }

  Blame blame = because.take();
  blame.missing = missing.take().missing;
  if (!out.complete) {
    // What is not named may be any of those that are.
    for (Element& e : out.all) e.repeated_perhaps = true;
    Element more;
    more.phantom = true;
    if (phantom.valid()) more.value = read(phantom);
    if (!phantom.valid()) more.value.blame = blame;
    out.all.push_back(std::move(more));
  }
  out.list = Value::of(model::Scalar{}, std::move(blame));
  if (!out.complete) out.list.state = Value::State::unknown;
  return out;
}

}  // namespace writ::eval
