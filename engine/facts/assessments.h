// Assessments of open norms, where a document contradicts itself.
#pragma once

#include "engine/base/diagnostic.h"
#include "engine/facts/document.h"

namespace writ::facts {

/// Two findings of one assessor on one day that differ, in one list: nobody can say which of them is meant. Reports
/// them with both places; false when there are any.
bool check_assessments(const Document& document, const model::Vocabulary& vocabulary, Diagnostics& out);

}  // namespace writ::facts
