#include "engine/facts/link.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <unordered_map>

#include "engine/base/suggest.h"
#include "engine/base/utf8.h"

namespace writ::facts {

namespace fs = std::filesystem;

namespace {

bool is_path(std::string_view text) {
  return text.starts_with("./") || text.starts_with("../") || text.starts_with("/");
}

bool within(const fs::path& path, const fs::path& folder) {
  return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first == folder.end();
}

class Linker {
 public:
  Linker(const Inventory& inventory, Diagnostics& out) : inventory_(inventory), out_(out) {
    for (std::uint32_t i = 0; i < inventory.entries.size(); ++i) {
      const Entry& e = inventory.entries[i];
      if (!e.id.empty()) {
        by_id_[e.id].push_back(i);
        ids_.push_back(e.id);
      }
      if (!e.file.empty()) by_file_[e.file].push_back(i);
    }
  }

  Links run() {
    links_.errors.assign(inventory_.entries.size(), 0);
    for (std::uint32_t i = 0; i < inventory_.entries.size(); ++i) {
      std::vector<std::uint32_t>& targets = links_.targets.emplace_back();
      for (const Reference& r : inventory_.entries[i].references) targets.push_back(resolve(i, r));
    }
    cycles();
    spread();
    return std::move(links_);
  }

 private:
  void error(std::uint32_t from, Code code, Span span, std::string message, std::string help = {}) {
    ++links_.errors[from];
    out_.report(code, span, std::move(message)).help = std::move(help);
  }

  std::uint32_t resolve(std::uint32_t from, const Reference& r) {
    const std::uint32_t target = is_path(r.text) ? by_path(from, r) : by_id(from, r);
    if (target == kNoEntry) return target;
    const Entry& found = inventory_.entries[target];
    if (!found.kind.empty() && found.kind != r.kind) {
      error(
          from, Code::wrong_reference_kind, r.span,
          fmt::format("`{}` is a document of kind {}, but a {} is meant here", printable(r.text), found.kind, r.kind));
      return kNoEntry;
    }
    return target;
  }

  std::uint32_t by_id(std::uint32_t from, const Reference& r) {
    const auto it = by_id_.find(r.text);
    if (it == by_id_.end()) {
      const std::string near = nearest(r.text, ids_);
      std::string help = near.empty() ? "name its file or folder on the command line too, or refer to it by `./FILE`"
                                      : fmt::format("did you mean `{}`?", printable(near));
      if (near.empty() && !inventory_.unreadable.empty())
        help = "it may be in a file that could not be read; otherwise name its file on the command line too";
      error(from, Code::dangling_reference, r.span, fmt::format("no document has the id `{}`", printable(r.text)),
            std::move(help));
      return kNoEntry;
    }
    if (it->second.size() > 1) {
      error(from, Code::ambiguous_reference, r.span,
            fmt::format("{} documents have the id `{}`", it->second.size(), printable(r.text)),
            "every document has an id of its own");
      return kNoEntry;
    }
    return it->second.front();
  }

  std::uint32_t by_path(std::uint32_t from, const Reference& r) {
    const Entry& e = inventory_.entries[from];
    const auto leaves = [&](const char* how) {
      error(from, Code::reference_leaves_folder, r.span,
            fmt::format("`{}` leads out of the inventory{}", printable(r.text), how),
            "refer to documents of the folder that was named, by id or by a path within it");
      return kNoEntry;
    };
    if (e.file.empty()) return leaves(": standard input has no folder");
    if (r.text.starts_with("/")) return leaves("");
    const fs::path named = (fs::path(e.file).parent_path() / r.text).lexically_normal();
    const auto inside = [&](const fs::path& path) {
      return std::any_of(inventory_.folders.begin(), inventory_.folders.end(),
                         [&](const std::string& folder) { return within(path, folder); });
    };
    if (!inside(named)) return leaves("");
    std::error_code failed;
    const fs::path real = fs::weakly_canonical(named, failed);
    if (failed || !inside(real)) return leaves(" through a link");
    const auto it = by_file_.find(real.string());
    if (it != by_file_.end() && it->second.size() == 1) return it->second.front();
    if (it != by_file_.end()) {
      error(from, Code::ambiguous_reference, r.span,
            fmt::format("`{}` holds {} documents", printable(r.text), it->second.size()),
            "refer to one of them by its id");
      return kNoEntry;
    }
    const auto& broken = inventory_.unreadable;
    if (std::find(broken.begin(), broken.end(), real.string()) != broken.end()) {
      error(from, Code::broken_reference, r.span, fmt::format("`{}` could not be read", printable(r.text)),
            "mend its errors first");
      return kNoEntry;
    }
    std::vector<std::string> files;
    for (const auto& [file, entries] : by_file_)
      files.push_back("./" + fs::path(file).lexically_relative(fs::path(e.file).parent_path()).generic_string());
    const std::string near = nearest(r.text, files);
    error(from, Code::dangling_reference, r.span, fmt::format("no document stands in `{}`", printable(r.text)),
          near.empty() ? "the path is taken from the folder of this document; the file must be among those checked"
                       : fmt::format("did you mean `{}`?", printable(near)));
    return kNoEntry;
  }

  // Tarjan's strongly connected components, without recursion: a chain may be longer than the stack.
  void cycles() {
    const auto count = static_cast<std::uint32_t>(inventory_.entries.size());
    std::vector<std::uint32_t> order(count, kNoEntry), low(count, 0);
    std::vector<bool> open(count, false);
    std::vector<std::uint32_t> stack;
    std::uint32_t next = 0;
    struct Frame {
      std::uint32_t at;
      std::size_t edge = 0;
    };
    for (std::uint32_t start = 0; start < count; ++start) {
      if (order[start] != kNoEntry) continue;
      std::vector<Frame> path{{start}};
      while (!path.empty()) {
        Frame& frame = path.back();
        const std::uint32_t at = frame.at;
        if (frame.edge == 0 && order[at] == kNoEntry) {
          order[at] = low[at] = next++;
          stack.push_back(at);
          open[at] = true;
        }
        if (frame.edge < links_.targets[at].size()) {
          const std::uint32_t to = links_.targets[at][frame.edge++];
          if (to == kNoEntry) continue;
          if (order[to] == kNoEntry) {
            path.push_back({to});
          } else if (open[to]) {
            low[at] = std::min(low[at], order[to]);
          }
          continue;
        }
        if (low[at] == order[at]) {
          std::vector<std::uint32_t> component;
          do {
            component.push_back(stack.back());
            open[stack.back()] = false;
            stack.pop_back();
          } while (component.back() != at);
          circle(std::move(component));
        }
        path.pop_back();
        if (!path.empty()) low[path.back().at] = std::min(low[path.back().at], low[at]);
      }
    }
  }

  void circle(std::vector<std::uint32_t> component) {
    std::sort(component.begin(), component.end());
    const std::uint32_t start = component.front();
    const auto& own = links_.targets[start];
    if (component.size() == 1 && std::find(own.begin(), own.end(), start) == own.end()) return;
    // The shortest way from the first of them back to itself, breadth first.
    std::map<std::uint32_t, std::pair<std::uint32_t, std::size_t>> from;  // entry: who names it, by which reference
    std::vector<std::uint32_t> wave{start};
    for (std::size_t i = 0; i < wave.size() && !from.contains(start); ++i) {
      for (std::size_t k = 0; k < links_.targets[wave[i]].size(); ++k) {
        const std::uint32_t to = links_.targets[wave[i]][k];
        if (to == kNoEntry || !std::binary_search(component.begin(), component.end(), to)) continue;
        if (from.try_emplace(to, wave[i], k).second && to != start) wave.push_back(to);
      }
    }
    std::vector<std::pair<std::uint32_t, const Reference*>> steps;
    for (std::uint32_t at = start;;) {
      const auto [who, which] = from.at(at);
      steps.emplace_back(who, &inventory_.entries[who].references[which]);
      if (who == start) break;
      at = who;
    }
    std::reverse(steps.begin(), steps.end());
    std::string words;
    constexpr std::size_t kShown = 20;
    for (std::size_t i = 0; i < steps.size() && i < kShown; ++i)
      words += fmt::format("`{}` → ", printable(inventory_.entries[steps[i].first].id));
    if (steps.size() > kShown) words += fmt::format("{} more → ", steps.size() - kShown);
    words += fmt::format("`{}`", printable(inventory_.entries[start].id));
    Diagnostic& diagnostic = out_.report(
        Code::cyclic_references, steps.front().second->span,
        (component.size() == 1 ? "the document refers to itself: " : "documents refer to one another: ") + words);
    for (std::size_t i = 1; i < steps.size() && i < kShown; ++i)
      diagnostic.labels.push_back(
          {steps[i].second->span, fmt::format("`{}` refers on", printable(inventory_.entries[steps[i].first].id))});
    diagnostic.help = "leave out the reference that is not so";
    for (const std::uint32_t member : component) ++links_.errors[member];
    circular_.resize(inventory_.entries.size(), false);
    for (const std::uint32_t member : component) circular_[member] = true;
  }

  // Who refers to a document with errors cannot be judged either, and is told which it is.
  void spread() {
    std::vector<std::vector<std::uint32_t>> users(inventory_.entries.size());
    std::vector<std::uint32_t> bad;
    circular_.resize(inventory_.entries.size(), false);
    for (std::uint32_t i = 0; i < inventory_.entries.size(); ++i) {
      for (const std::uint32_t to : links_.targets[i])
        if (to != kNoEntry && (users[to].empty() || users[to].back() != i)) users[to].push_back(i);
      if (!links_.usable(inventory_, i)) bad.push_back(i);
    }
    std::vector<bool> told(inventory_.entries.size(), false);
    for (std::size_t k = 0; k < bad.size(); ++k) {
      for (const std::uint32_t user : users[bad[k]]) {
        if (circular_[user] || inventory_.entries[user].broken) continue;
        const bool was_usable = links_.usable(inventory_, user);
        const auto& targets = links_.targets[user];
        const auto which =
            static_cast<std::size_t>(std::find(targets.begin(), targets.end(), bad[k]) - targets.begin());
        const Entry& target = inventory_.entries[bad[k]];
        error(user, Code::broken_reference, inventory_.entries[user].references[which].span,
              fmt::format("`{}` has errors, and so nothing can be relied on that it says", printable(target.id)),
              fmt::format("mend the errors of {}", printable(target.path)));
        if (was_usable) bad.push_back(user);
      }
    }
  }

  const Inventory& inventory_;
  Diagnostics& out_;
  Links links_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_id_;
  std::map<std::string, std::vector<std::uint32_t>> by_file_;
  std::vector<std::string> ids_;
  std::vector<bool> circular_;
};

}  // namespace

std::vector<Reference> references_of(const Document& document, const model::Vocabulary& vocabulary) {
  std::vector<Reference> out;
  for (const Fact& fact : document.facts) {
    if (fact.state != State::known || !fact.type.valid()) continue;
    const model::Type& type = vocabulary.types[fact.type];
    const auto* text = std::get_if<std::string>(&fact.scalar);
    if (type.kind == model::TypeKind::reference && text != nullptr) out.push_back({*text, type.name, fact.span});
  }
  return out;
}

Links link(const Inventory& inventory, Diagnostics& out) { return Linker(inventory, out).run(); }

}  // namespace writ::facts
