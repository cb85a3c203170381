// The lists that the user supplies (`--table NAME=FILE.csv`): found, read, and put into the program of every day of
// knowledge before anything is judged.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/run/run.h"
#include "engine/session/session.h"

namespace writ::run {

/// `given`: NAME=FILE each. Unknown names and missing files are usage errors; files that are wrong are diagnostics, and
/// their lists stay unknown.
void supply(session::Session& session, const std::vector<std::string>& given, Diagnostics& problems,
            std::vector<UsageError>& usage);

/// For tests of rules: what is not given is taken from FOLDER/QUALIFIED_NAME.csv, where that exists.
[[nodiscard]] std::vector<std::string> with_fixtures(const session::Session& session, std::vector<std::string> given,
                                                     const std::filesystem::path& folder);

}  // namespace writ::run
