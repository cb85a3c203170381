#include "engine/facts/assessments.h"

#include <fmt/format.h>

#include <map>

namespace writ::facts {

bool check_assessments(const Document& document, const model::Vocabulary& vocabulary, Diagnostics& out) {
  const model::RecordId assessment = vocabulary.find_record("assessment");
  if (!assessment.valid()) return true;
  const model::Record& record = vocabulary.records[assessment];
  const int finding = record.find("finding"), by = record.find("by"), on = record.find("on");
  if (finding < 0 || by < 0 || on < 0) return true;
  bool good = true;
  for (const Fact& list : document.facts) {
    if (!list.type.valid() || list.children.empty()) continue;
    const model::Type& type = vocabulary.types[list.type];
    if (type.kind != model::TypeKind::list || type.record != assessment) continue;
    std::map<std::pair<std::string, Date>, const Fact*> seen;
    for (FactId id : list.children) {
      const auto child = [&](int field) -> const Fact& {
        return document[document[id].children[static_cast<std::size_t>(field)]];
      };
      const auto* who = std::get_if<std::string>(&child(by).scalar);
      const auto* day = std::get_if<Date>(&child(on).scalar);
      if (who == nullptr || day == nullptr || child(finding).state != State::known) continue;
      const auto [first, fresh] = seen.emplace(std::pair(*who, *day), &child(finding));
      if (fresh || first->second->scalar == child(finding).scalar) continue;
      good = false;
      Diagnostic& d = out.report(Code::contradicting_assessments, child(finding).span,
                                 fmt::format("{} found two things on {}", *who, day->text()));
      d.help = "state the finding that stands, or the day on which it was changed";
      d.labels.push_back({first->second->span, "the other finding"});
    }
  }
  return good;
}

}  // namespace writ::facts
