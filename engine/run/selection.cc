#include "engine/run/selection.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "engine/base/suggest.h"

namespace writ::run {

namespace {

using eval::Verdict;

bool names_role(const ir::Role& role, const std::string& name) {
  return name == role.name || name == role.package + "." + role.name;
}

std::string joined(const std::vector<std::string>& parts, const char* between) {
  std::string out;
  for (const std::string& p : parts) out += (out.empty() ? "" : between) + p;
  return out;
}

/// ", among them 2 gaps and 1 error": what nobody may overlook when it is hidden.
std::string among(const std::map<Verdict, std::size_t>& verdicts, std::size_t at_risk) {
  std::vector<std::string> out;
  const auto add = [&](Verdict v, const char* one, const char* more) {
    const auto it = verdicts.find(v);
    if (it != verdicts.end()) out.push_back(fmt::format("{} {}", it->second, it->second == 1 ? one : more));
  };
  add(Verdict::error, "that could not be evaluated", "that could not be evaluated");
  add(Verdict::conflict, "conflict", "conflicts");
  add(Verdict::gap, "gap", "gaps");
  if (at_risk > 0) out.push_back(fmt::format("{} undetermined at risk", at_risk));
  return out.empty() ? "" : ", among them " + joined(out, ", ");
}

}  // namespace

std::vector<UsageError> unknown_roles(const ir::Program& program, const std::vector<std::string>& roles) {
  std::set<std::string> known;
  for (const ir::Role& role : program.roles) known.insert(role.name);
  if (const model::EnumId members = program.vocabulary->find_enum("party_role"); members.valid()) {
    for (const model::EnumMember& m : program.vocabulary->enums[members].members) known.insert(m.name);
  }
  std::vector<UsageError> out;
  for (const std::string& name : roles) {
    const bool qualified =
        std::any_of(program.roles.begin(), program.roles.end(), [&](const ir::Role& r) { return names_role(r, name); });
    if (qualified || known.contains(name)) continue;
    const std::vector<std::string> names(known.begin(), known.end());
    const std::string near = nearest(name, names);
    out.push_back({"unknown role `" + name + "`",
                   near.empty() ? "the roles are " + joined(names, ", ") : "did you mean `" + near + "`?"});
  }
  return out;
}

void select_rows(const ir::Program& program, const Request& request, eval::Parties& parties,
                 gate::CheckedDocument& checked) {
  if (request.roles.empty() && !request.party) return;
  const facts::FactId party = request.party ? parties.find(*request.party) : facts::FactId{};
  checked.party_missing = request.party && !party.valid();
  if (checked.party_missing) checked.parties = parties.keys();
  for (gate::Row& row : checked.rows) {
    const ir::Rule& rule = program.rules[row.finding.rule];
    const auto binds = [&](const std::string& name) {
      return std::any_of(rule.binds.begin(), rule.binds.end(),
                         [&](ir::RoleId id) { return names_role(program.roles[id], name); });
    };
    if (!request.roles.empty() && std::none_of(request.roles.begin(), request.roles.end(), binds)) row.hidden = true;
    if (request.party && (!party.valid() || !parties.concerned(party, rule))) row.hidden = true;
  }
}

void order_rows(const Request& request, gate::CheckedDocument& checked) {
  const std::string& key = request.party ? *request.party : checked.document.assessed_for;
  if (key.empty()) return;
  for (gate::Row& row : checked.rows) row.first = row.bearer_certain && row.party == key;
  std::stable_partition(checked.rows.begin(), checked.rows.end(), [](const gate::Row& row) { return row.first; });
}

void drop_hidden(const ir::Program& program, const Request& request, gate::Result& result) {
  result.selected_roles = request.roles;
  result.selected_party = request.party.value_or("");
  if (request.roles.empty() && !request.party) return;
  std::map<Verdict, std::size_t> verdicts;
  std::size_t at_risk = 0, without = 0;
  std::set<std::string> keys;
  for (gate::CheckedDocument& d : result.documents) {
    if (d.party_missing) ++without;
    keys.insert(d.parties.begin(), d.parties.end());
    for (const gate::Row& row : d.rows) {
      if (!row.hidden) continue;
      ++d.hidden;
      if (program.rules[row.finding.rule].status != ir::Status::binding) continue;
      ++verdicts[row.finding.judgement.verdict];
      at_risk += row.finding.judgement.at_risk;
    }
    result.hidden += d.hidden;
    std::erase_if(d.rows, [](const gate::Row& row) { return row.hidden; });
    d.checked = gate::is_checked(d.document, d.rows);
  }
  std::vector<std::string> flags, words;
  if (!request.roles.empty()) {
    flags.push_back("--role " + joined(request.roles, ", "));
    words.emplace_back("of rules that do not bind that role");
  }
  if (request.party) {
    flags.push_back("--party " + *request.party);
    words.emplace_back("that do not concern that party");
  }
  result.notes.push_back(fmt::format("{} hid {} {} {}{}", joined(flags, " and "), result.hidden,
                                     result.hidden == 1 ? "result" : "results", joined(words, " or "),
                                     among(verdicts, at_risk)));
  if (without > 0) {
    const std::string near = nearest(*request.party, {keys.begin(), keys.end()});
    result.notes.push_back(fmt::format(
        "{} {} no party `{}`, and {} not checked{}", without, without == 1 ? "document has" : "documents have",
        *request.party, without == 1 ? "is" : "are", near.empty() ? "" : fmt::format(": did you mean `{}`?", near)));
  }
}

}  // namespace writ::run
