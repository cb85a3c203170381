#include "engine/sema/names.h"

#include <fmt/format.h>

#include <algorithm>

namespace writ::sema {

namespace {

/// What a bare or qualified name may stand for from a package with these imports, in order of precedence: own, then
/// imported.
template <class Map>
std::vector<typename Map::const_iterator> visible(const Map& map, const std::string& package,
                                                  const std::vector<std::string>& imports, const std::string& name) {
  std::vector<typename Map::const_iterator> out;
  if (const auto own = map.find(package + "." + name); own != map.end()) return {own};
  for (const std::string& import : imports) {
    if (const auto it = map.find(import + "." + name); it != map.end()) out.push_back(it);
  }
  return out;
}

std::string package_part(const std::string& qualified) {
  const auto dot = qualified.rfind('.');
  return dot == std::string::npos ? std::string() : qualified.substr(0, dot);
}

}  // namespace

void declare_packages(Context& context) {
  for (const ast::File& file : context.files) {
    // `pack.writ` names its package by its pack.
    const ast::PackDecl* pack = nullptr;
    for (const ast::Item& item : file.items) {
      if (pack == nullptr) pack = std::get_if<ast::PackDecl>(&item);
    }
    context.package.push_back(file.package      ? file.package->text()
                              : pack != nullptr ? pack->name.text()
                                                : std::string());
    context.packages.insert(context.package.back());
    if (!file.package && pack == nullptr && !context.reported_in(file.source)) {
      context.report(Code::missing_package, Span{file.source, 0, 0},
                     "the file does not say to which package it belongs", "begin it with `package NAME`");
    }
  }
  const std::vector<std::string> known(context.packages.begin(), context.packages.end());
  for (std::uint32_t file = 0; file < context.files.size(); ++file) {
    std::vector<std::string>& imports = context.imports.emplace_back();
    context.used_imports.emplace_back();
    std::map<std::string, Span> seen;
    for (const ast::Import& import : context.files[file].imports) {
      const std::string name = import.package.text();
      const auto [first, fresh] = seen.emplace(name, import.span);
      if (!fresh) {
        context.report(Code::duplicate_name, import.span, fmt::format("package `{}` is imported twice", name))
            .labels.push_back({first->second, "first here"});
      } else if (!context.packages.contains(name)) {
        // Who loads packs has said so already.
        if (!context.reported(import.span) && !context.reported(import.package.span)) {
          context.report(Code::unknown_package, import.package.span, fmt::format("unknown package `{}`", name),
                         did_you_mean(name, known));
        }
      } else if (name == context.package[file]) {
        context.report(Code::unused_import, import.span, fmt::format("package `{}` imports itself", name),
                       "leave the import out");
      } else if (name != kFacts) {
        imports.push_back(name);
      }
    }
  }
}

void declare_items(Context& context) {
  for (std::uint32_t file = 0; file < context.files.size(); ++file) {
    const auto& items = context.files[file].items;
    for (std::uint32_t item = 0; item < items.size(); ++item) {
      const ast::Name* name = name_of(items[item]);
      if (name == nullptr || name->text.empty()) continue;
      const std::string qualified = context.package[file] + "." + name->text;
      const auto [it, fresh] = context.checked.items.emplace(qualified, ItemRef{file, item});
      if (fresh) continue;
      const ast::Item& first = context.item(it->second);
      context
          .report(Code::duplicate_name, name->span,
                  fmt::format("`{}` is declared twice in package `{}`", name->text, context.package[file]))
          .labels.push_back({name_of(first)->span, fmt::format("first as a {}", noun_of(first))});
    }
  }
}

Context::Lookup Context::find_item(std::uint32_t file, const std::string& name) {
  Lookup out;
  const auto take = [&](const std::string& qualified, ItemRef item) {
    out.found = Found::one;
    out.item = item;
    used_items.insert(item);
    used_imports[file].insert(package_part(qualified));
  };
  const auto found = visible(checked.items, package[file], imports[file], name);
  if (found.size() == 1) {
    take(found.front()->first, found.front()->second);
    return out;
  }
  if (found.size() > 1) {
    out.found = Found::ambiguous;
    for (const auto& it : found) {
      out.candidates.push_back(it->first);
      used_imports[file].insert(package_part(it->first));
      used_items.insert(it->second);
    }
    return out;
  }
  const auto qualified = checked.items.find(name);
  if (qualified == checked.items.end() || name.find('.') == std::string::npos) return out;
  const std::string owner = package_part(name);
  if (owner == package[file] || std::find(imports[file].begin(), imports[file].end(), owner) != imports[file].end()) {
    take(name, qualified->second);
  } else {
    out.found = Found::not_imported;
    used_items.insert(qualified->second);
    out.candidates = {owner};
  }
  return out;
}

const ItemRef* lookup(const Checked& checked, const std::vector<ast::File>& files, std::uint32_t file,
                      const std::string& name) {
  const std::string package = files[file].package ? files[file].package->text() : std::string();
  std::vector<std::string> imports;
  for (const ast::Import& import : files[file].imports) imports.push_back(import.package.text());
  std::sort(imports.begin(), imports.end());
  imports.erase(std::unique(imports.begin(), imports.end()), imports.end());
  std::erase(imports, package);
  const auto found = visible(checked.items, package, imports, name);
  if (found.size() == 1) return &found.front()->second;
  if (found.size() > 1 || name.find('.') == std::string::npos) return nullptr;
  const auto qualified = checked.items.find(name);
  if (qualified == checked.items.end()) return nullptr;
  const std::string owner = package_part(name);
  const bool seen = owner == package || std::binary_search(imports.begin(), imports.end(), owner);
  return seen ? &qualified->second : nullptr;
}

const TypeName* Context::find_type(std::uint32_t file, const std::string& name) {
  // Types of the vocabulary have no prefix: they are visible everywhere, after the package's own.
  if (package[file] != kFacts) {
    const auto found = visible(type_names, package[file], imports[file], name);
    if (!found.empty()) {
      used_imports[file].insert(package_part(found.front()->first));
      return &found.front()->second;
    }
  }
  const auto it = type_names.find(name);
  if (it == type_names.end()) return nullptr;
  const std::string owner = package_part(name);
  if (!owner.empty()) used_imports[file].insert(owner);
  return &it->second;
}

std::vector<std::string> Context::visible_items(std::uint32_t file, const std::set<std::size_t>& wanted) const {
  std::vector<std::string> out;
  for (const auto& [qualified, ref] : checked.items) {
    const std::string owner = package_part(qualified);
    const bool seen =
        owner == package[file] || std::find(imports[file].begin(), imports[file].end(), owner) != imports[file].end();
    if (seen && (wanted.empty() || wanted.contains(item(ref).index()))) out.push_back(name_of(item(ref))->text);
  }
  return out;
}

void Context::report_lookup(const Lookup& lookup, Code unknown, Span span, std::string_view what,
                            const std::string& name, const std::vector<std::string>& candidates) {
  switch (lookup.found) {
    case Found::one: return;
    case Found::ambiguous:
      report(Code::ambiguous_name, span, fmt::format("`{}` may be {}", name, quoted_list(lookup.candidates)),
             "write the qualified name");
      return;
    case Found::not_imported:
      report(Code::not_imported, span,
             fmt::format("`{}` is in package `{}`, which is not imported here", name, lookup.candidates.front()),
             fmt::format("add `import {}`", lookup.candidates.front()));
      return;
    case Found::none: break;
  }
  std::string help = did_you_mean(name, candidates);
  if (help.empty()) {
    // The name may exist in a package that nobody imported here.
    for (const auto& [qualified, ref] : checked.items) {
      if (qualified.ends_with("." + name))
        help = fmt::format("`{}` exists: add `import {}`", qualified, package_part(qualified));
    }
  }
  report(unknown, span, fmt::format("unknown {} `{}`", what, name), std::move(help));
}

void report_unused(Context& context) {
  context.citation.clear();
  for (std::uint32_t file = 0; file < context.files.size(); ++file) {
    for (const ast::Import& import : context.files[file].imports) {
      const std::string name = import.package.text();
      const auto& imports = context.imports[file];
      if (std::find(imports.begin(), imports.end(), name) == imports.end() || context.used_imports[file].contains(name))
        continue;
      context.report(Code::unused_import, import.span, fmt::format("nothing of package `{}` is used here", name),
                     "leave the import out");
    }
  }
  for (const auto& [qualified, ref] : context.checked.items) {
    const ast::Item& item = context.item(ref);
    const bool helper = context.get<ast::TermDecl>(ref) != nullptr || context.get<ast::SetDecl>(ref) != nullptr ||
                        context.get<ast::TableDecl>(ref) != nullptr || context.get<ast::CalendarDecl>(ref) != nullptr;
    if (!helper || context.used_items.contains(ref)) continue;
    context
        .report(Code::unused_item, name_of(item)->span,
                fmt::format("nothing uses the {} `{}`", noun_of(item), name_of(item)->text))
        .citation = citation_of(item);
  }
}

}  // namespace writ::sema
