#include "engine/run/supply.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "engine/base/suggest.h"
#include "engine/crypto/digest.h"
#include "engine/run/documents.h"
#include "engine/tables/supply.h"

namespace writ::run {

namespace {

/// "entity_list=FILE" as its name and its file.
std::pair<std::string, std::string> parts(const std::string& given) {
  const std::size_t equals = given.find('=');
  if (equals == std::string::npos) return {given, std::string()};
  return {given.substr(0, equals), given.substr(equals + 1)};
}

std::string near_target(const ir::Program& program, const std::string& name) {
  std::vector<std::string> names, bare;
  for (const tables::Target& target : tables::declared(program)) {
    names.push_back(target.name);
    bare.push_back(target.name.substr(target.name.rfind('.') + 1));
  }
  std::string near = nearest(name, names);
  if (near.empty()) near = nearest(name, bare);
  if (!near.empty()) return "did you mean `" + near + "`?";
  std::string all;
  for (const std::string& n : names) all += (all.empty() ? "" : ", ") + n;
  return all.empty() ? "no rule of these packs reads a list that is supplied" : "the lists are " + all;
}

}  // namespace

void supply(session::Session& session, const std::vector<std::string>& given, Diagnostics& problems,
            std::vector<UsageError>& usage) {
  if (given.empty() || !session.usable()) return;
  const tables::Limits limits;
  std::vector<tables::Rows> all;
  for (const std::string& flag : given) {
    const auto [name, path] = parts(flag);
    if (name.empty() || path.empty()) {
      usage.push_back({"--table takes NAME=FILE.csv, not `" + flag + "`", ""});
      continue;
    }
    const std::vector<tables::Target> found = tables::named(session.program, name);
    if (found.empty()) {
      usage.push_back({"no list `" + name + "` is supplied", near_target(session.program, name)});
      continue;
    }
    if (found.size() > 1) {
      usage.push_back({"`" + name + "` may be `" + found[0].name + "` or `" + found[1].name + "`", "write it in full"});
      continue;
    }
    const auto same = [&](const tables::Rows& rows) { return rows.target.name == found[0].name; };
    if (std::any_of(all.begin(), all.end(), same)) {
      usage.push_back({"--table gives `" + found[0].name + "` twice", ""});
      continue;
    }
    const Result<std::string> text = slurp(path, limits.max_bytes);
    if (!text) {
      usage.push_back({"--table " + name + ": " + text.error().message + ": " + path, ""});
      continue;
    }
    const std::string digest = "sha256:" + crypto::sha256_hex(*text);
    const FileId file = session.sources.add(path, *text);
    Diagnostics found_wrong;
    tables::Rows rows = tables::read_rows(session.program, found[0], file, session.sources, limits, found_wrong);
    if (!found_wrong.has_errors()) rows.supplied.digest = digest;
    problems.append(found_wrong);
    all.push_back(std::move(rows));
  }
  session.complete([all = std::move(all)](ir::Program& program) {
    for (const tables::Rows& rows : all) tables::fill(program, rows);
  });
}

std::vector<std::string> with_fixtures(const session::Session& session, std::vector<std::string> given,
                                       const std::filesystem::path& folder) {
  if (!session.usable()) return given;
  std::vector<std::string> named;
  for (const std::string& flag : given)
    for (const tables::Target& target : tables::named(session.program, parts(flag).first)) named.push_back(target.name);
  for (const tables::Target& target : tables::declared(session.program)) {
    const std::filesystem::path file = folder / (target.name + ".csv");
    const bool taken = std::find(named.begin(), named.end(), target.name) != named.end();
    if (!taken && std::filesystem::exists(file)) given.push_back(target.name + "=" + file.generic_string());
  }
  return given;
}

}  // namespace writ::run
