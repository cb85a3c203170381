#include "engine/sema/fact_paths.h"

#include "engine/base/suggest.h"

namespace writ::sema {

namespace {

void collect(const Context& context, model::RecordId record, const std::string& prefix, std::vector<std::string>& out,
             int depth) {
  if (depth > 16 || out.size() > kMostFacts)
    return;  // records do not hold themselves; a broken vocabulary still must come to an end
  for (const model::Field& field : context.vocabulary.records[record].fields) {
    const std::string path = prefix.empty() ? field.name : prefix + "." + field.name;
    out.push_back(path);
    const model::Type& type = context.type(field.type);
    if (type.kind == model::TypeKind::record) collect(context, type.record, path, out, depth + 1);
  }
}

std::string last_word(const std::string& path) {
  const auto dot = path.rfind('.');
  return dot == std::string::npos ? path : path.substr(dot + 1);
}

}  // namespace

std::vector<std::string> all_fact_paths(const Context& context) {
  std::vector<std::string> out;
  if (context.vocabulary.root) collect(context, context.vocabulary.root, "", out, 0);
  return out;
}

std::string fact_named(const Context& context, const std::string& word) {
  std::string found;
  for (const std::string& path : all_fact_paths(context)) {
    if (last_word(path) != word) continue;
    if (!found.empty()) return {};
    found = path;
  }
  return found;
}

std::string nearest_fact(const Context& context, const std::string& path) {
  const std::string near = nearest(path, all_fact_paths(context));
  if (!near.empty() && near != path) return near;
  const std::string same = fact_named(context, last_word(path));
  return same == path ? std::string() : same;
}

}  // namespace writ::sema
