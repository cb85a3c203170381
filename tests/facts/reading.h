// Reading and binding text in tests, in one call.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/diagnostic.h"
#include "engine/facts/bind.h"
#include "engine/facts/document.h"
#include "engine/facts/raw.h"

namespace writ::test {

/// What a text gave: documents, diagnostics, and the map that knows their places.
struct Reading {
  SourceMap sources;
  Diagnostics diagnostics;
  std::vector<facts::RawDocument> raw;
  std::vector<facts::Document> documents;

  /// "WR0501 3:1" for each diagnostic, in order of place.
  [[nodiscard]] std::vector<std::string> codes() const;
  /// The fact at "model.name" of the first document; fails the test when there is none.
  [[nodiscard]] const facts::Fact& at(const std::string& path) const;
};

[[nodiscard]] Reading read_raw(std::string text, facts::Format format, const facts::ReadLimits& limits = {});
[[nodiscard]] Reading read_bound(std::string text, facts::Format format = facts::Format::yaml,
                                 const facts::ReadLimits& limits = {});
/// With the header of a document in front, three lines: writ, id, and an empty one.
[[nodiscard]] Reading read_facts(const std::string& yaml);
[[nodiscard]] std::vector<std::string> split(std::string_view path);

/// The facts of a document, one line each: path, state, value. Without places: equal for YAML and JSON.
[[nodiscard]] std::string dump(const facts::Document& document);

}  // namespace writ::test
