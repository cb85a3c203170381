// The order between exceptions: `yields to` and `prevails over` name exceptions of a common rule, and nobody yields to
// himself.
#include <fmt/format.h>

#include <algorithm>

#include "engine/sema/items.h"

namespace writ::sema {

namespace {

class Yields {
 public:
  explicit Yields(Context& context) : context_(context) {
    each<ast::RuleDecl>(context.files, [&](ItemRef ref, const ast::RuleDecl& d) {
      for (const ast::Path& group : d.groups) {
        if (const ItemRef* g = lookup(context.checked, context.files, ref.file, group.text()))
          members_[*g].push_back(ref);
      }
    });
  }

  void run() {
    each<ast::ExceptionDecl>(context_.files, [&](ItemRef ref, const ast::ExceptionDecl& d) {
      const At at(context_, ref);
      std::map<ItemRef, Span> seen;
      for (const ast::Path& path : d.yields_to) {
        if (const auto other = named(ref, d, path, seen)) add(ref, *other, path.span);
      }
      for (const ast::Path& path : d.prevails_over) {
        if (const auto other = named(ref, d, path, seen)) add(*other, ref, path.span);
      }
    });
    for (const auto& [ref, uses] : edges_) visit(ref);
  }

 private:
  struct Edge {
    ItemRef to;
    Span span;
  };

  void add(ItemRef from, ItemRef to, Span span) {
    edges_[from].push_back({to, span});
    std::vector<ItemRef>& out = context_.checked.yields[from];
    if (std::find(out.begin(), out.end(), to) == out.end()) out.push_back(to);
  }

  std::optional<ItemRef> named(ItemRef ref, const ast::ExceptionDecl& d, const ast::Path& path,
                               std::map<ItemRef, Span>& seen) {
    const TargetLookup found =
        find_target(context_, ref.file, path, {kItemIndex<ast::ExceptionDecl>}, "exception", Code::unknown_exception);
    if (!found.ok) return std::nullopt;
    const ItemRef other = found.target.item;
    const auto [first, fresh] = seen.emplace(other, path.span);
    if (!fresh) {
      context_.report(Code::duplicate_name, path.span, fmt::format("`{}` is named twice", path.text()))
          .labels.push_back({first->second, "first here"});
      return std::nullopt;
    }
    if (other != ref && !meet(ref, other)) {
      context_
          .report(Code::unrelated_exceptions, path.span,
                  fmt::format("`{}` and `{}` are no exceptions of a common rule", d.name.text, path.text()),
                  "only exceptions of one requirement can meet")
          .labels.push_back({name_of(context_.item(other))->span, "declared here"});
      return std::nullopt;
    }
    return other;
  }

  /// The requirements that an exception attaches to; an empty label stands for all of a rule.
  std::vector<Checked::Target> requirements(ItemRef exception) const {
    std::vector<Checked::Target> out;
    for (const Checked::Target& target : context_.checked.targets[exception]) {
      if (context_.get<ast::RuleDecl>(target.item) != nullptr) out.push_back(target);
      if (const auto group = members_.find(target.item); group != members_.end()) {
        for (const ItemRef& rule : group->second) out.push_back({rule, {}});
      }
    }
    return out;
  }

  bool meet(ItemRef a, ItemRef b) const {
    const std::vector<Checked::Target> mine = requirements(a), theirs = requirements(b);
    return std::any_of(mine.begin(), mine.end(), [&](const Checked::Target& x) {
      return std::any_of(theirs.begin(), theirs.end(), [&](const Checked::Target& y) {
        return x.item == y.item && (x.label.empty() || y.label.empty() || x.label == y.label);
      });
    });
  }

  void visit(ItemRef start) {
    if (state_[start] != 0) return;
    struct Frame {
      ItemRef item;
      std::size_t next = 0;
    };
    std::vector<Frame> path{{start}};
    state_[start] = 1;
    while (!path.empty()) {
      Frame& top = path.back();
      const std::vector<Edge>& edges = edges_[top.item];
      if (top.next == edges.size()) {
        state_[top.item] = 2;
        path.pop_back();
        continue;
      }
      const Edge edge = edges[top.next++];
      if (state_[edge.to] == 0) {
        state_[edge.to] = 1;
        path.push_back({edge.to});
      } else if (state_[edge.to] == 1) {
        std::string circle;
        auto from = std::find_if(path.begin(), path.end(), [&](const Frame& f) { return f.item == edge.to; });
        for (; from != path.end(); ++from) circle += name_of(context_.item(from->item))->text + " → ";
        const std::string name = name_of(context_.item(edge.to))->text;
        const At at(context_, edge.to);
        context_.report(Code::cyclic_yield, edge.span,
                        fmt::format("exception `{}` yields to itself: `{}{}`", name, circle, name),
                        "`a prevails over b` says the same as `b yields to a`");
      }
    }
  }

  Context& context_;
  std::map<ItemRef, std::vector<ItemRef>> members_;  // of groups
  std::map<ItemRef, std::vector<Edge>> edges_;
  std::map<ItemRef, int> state_;
};

}  // namespace

void check_yields(Context& context) { Yields(context).run(); }

}  // namespace writ::sema
