// Terms, sets, classifications and scopes must not be defined by themselves, in any number of steps.
#include <fmt/format.h>

#include <algorithm>

#include "engine/sema/items.h"
#include "engine/sema/walk.h"

namespace writ::sema {

namespace {

class Cycles {
 public:
  explicit Cycles(Context& context) : context_(context) {
    for (const auto& [name, ref] : context.checked.items) {
      std::vector<ItemRef>& out = uses_[ref];
      for (const auto& [clause, root] : roots(context.item(ref))) collect(ref.file, root, out);
      for (const Replacement& r : replacements(context, ref, "means")) collect(r.file, r.operation->value, out);
      if (const auto* d = context.get<ast::ClassifyDecl>(ref); d != nullptr && d->within) {
        if (const ItemRef* scope = lookup(context.checked, context.files, ref.file, d->within->text()))
          out.push_back(*scope);
      }
    }
    // An exception to a term or scope is one more `unless` of it.
    for (const auto& [exception, targets] : context.checked.targets) {
      for (const Checked::Target& target : targets) {
        if (!defined(target.item)) continue;
        for (const auto& [clause, root] : roots(context.item(exception)))
          collect(exception.file, root, uses_[target.item]);
      }
    }
  }

  void run() {
    for (const auto& [ref, uses] : uses_) {
      if (defined(ref)) visit(ref);
    }
  }

 private:
  bool defined(ItemRef ref) const {
    return context_.get<ast::TermDecl>(ref) != nullptr || context_.get<ast::ScopeDecl>(ref) != nullptr ||
           context_.get<ast::SetDecl>(ref) != nullptr || context_.get<ast::ClassifyDecl>(ref) != nullptr;
  }

  void collect(std::uint32_t file, ast::ExprId root, std::vector<ItemRef>& out) {
    walk(context_.files[file], root, [&](ast::ExprId id, const ast::Expr&) {
      if (const auto* use = std::get_if<ItemUse>(&context_.checked.files[file].meanings[id.index]))
        out.push_back(use->item);
    });
  }

  void visit(ItemRef start) {
    // Depth first with an explicit path: a chain of terms may be longer than the stack.
    struct Frame {
      ItemRef item;
      std::size_t next = 0;
    };
    if (state_[start] != 0) return;
    std::vector<Frame> path{{start}};
    state_[start] = 1;
    while (!path.empty()) {
      Frame& top = path.back();
      const std::vector<ItemRef>& uses = uses_[top.item];
      if (top.next == uses.size()) {
        state_[top.item] = 2;
        std::size_t& depth = depth_[top.item];
        for (const ItemRef& use : uses) depth = std::max(depth, depth_[use] + 1);
        if (depth == kDeepestDefinition) report_depth(top.item);
        path.pop_back();
        continue;
      }
      const ItemRef to = uses[top.next++];
      if (state_[to] == 0) {
        state_[to] = 1;
        path.push_back({to});
      } else if (state_[to] == 1) {
        std::vector<ItemRef> cycle;
        const auto begin = std::find_if(path.begin(), path.end(), [&](const Frame& f) { return f.item == to; });
        std::transform(begin, path.end(), std::back_inserter(cycle), [](const Frame& f) { return f.item; });
        report(cycle);
      }
    }
  }

  void report(const std::vector<ItemRef>& cycle) {
    const ItemRef first = *std::min_element(cycle.begin(), cycle.end());
    const auto begin = static_cast<std::size_t>(std::find(cycle.begin(), cycle.end(), first) - cycle.begin());
    std::string text;
    for (std::size_t i = 0; i <= cycle.size(); ++i) {
      if (i > 0) text += " → ";
      text += name_of(context_.item(cycle[(begin + i) % cycle.size()]))->text;
    }
    const At at(context_, first);
    Diagnostic& d = context_.report(Code::cyclic_definition, name_of(context_.item(first))->span,
                                    fmt::format("{} `{}` is defined by itself: `{}`", noun_of(context_.item(first)),
                                                name_of(context_.item(first))->text, text));
    for (std::size_t i = 1; i < cycle.size(); ++i)
      d.labels.push_back({name_of(context_.item(cycle[(begin + i) % cycle.size()]))->span, "by way of this"});
  }

  void report_depth(ItemRef ref) {
    const At at(context_, ref);
    context_.report(Code::nesting_too_deep, name_of(context_.item(ref))->span,
                    fmt::format("{} `{}` is defined through {} others", noun_of(context_.item(ref)),
                                name_of(context_.item(ref))->text, kDeepestDefinition));
  }

  Context& context_;
  std::map<ItemRef, std::vector<ItemRef>> uses_;
  std::map<ItemRef, std::size_t> depth_;  // of those that are done
  std::map<ItemRef, int> state_;
};

}  // namespace

void check_cycles(Context& context) { Cycles(context).run(); }

}  // namespace writ::sema
