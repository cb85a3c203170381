#include "engine/model/value.h"

namespace writ::model {

const char* to_string(Reason reason) {
  switch (reason) {
    case Reason::none: return "none";
    case Reason::not_provided: return "not_provided";
    case Reason::not_assessed: return "not_assessed";
    case Reason::disputed: return "disputed";
    case Reason::refused: return "refused";
    case Reason::placeholder: return "placeholder";
    case Reason::incomplete: return "incomplete";
    case Reason::law: return "law";
  }
  return "";
}

Candidates Candidates::one(std::size_t member, std::size_t count) {
  Candidates candidates;
  candidates.possible.assign(count, false);
  candidates.possible.at(member) = true;
  return candidates;
}

int Candidates::single() const {
  int found = -1;
  for (std::size_t i = 0; i < possible.size(); ++i) {
    if (!possible[i]) continue;
    if (found != -1) return -1;
    found = static_cast<int>(i);
  }
  return found;
}

}  // namespace writ::model
