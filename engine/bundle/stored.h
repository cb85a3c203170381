// What the sections hold, and the form of all of it: shared by writing and reading.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/bundle/bundle.h"
#include "engine/bundle/visit_law.h"

namespace writ::bundle {

// The first byte is no text, and the line break breaks when something translates it.
inline constexpr std::string_view kMagic = "\x89WRITB\r\n";
inline constexpr std::size_t kHeader = 8 + 4 + 4 + 8 + 8 + 32;  // magic, format, sections, size, shape, digest
inline constexpr std::size_t kPart = 4 + 8 + 8 + 32;            // section, offset, size, digest
inline constexpr std::uint32_t kMostParts = 4096;

template <>
struct LastOf<Section> {
  static constexpr Section value = Section::program;
};
template <>
struct LastOf<Level> {
  static constexpr Level value = Level::note;
};
/// Numbers of codes are looked up, they are no range.
template <>
struct LastOf<Code> {
  static constexpr Code value = Code{UINT16_MAX};
};

template <class A>
void visit(A& ar, Digest& v) {
  for (std::uint8_t& byte : v) ar(byte);
}
template <class A>
void visit(A& ar, Book::Part& v) {
  ar(v.section, v.offset, v.size, v.digest);
}
template <class A>
void visit(A& ar, Book::File& v) {
  ar(v.path, v.size, v.offset, v.digest);
}
template <class A>
void visit(A& ar, Book::Name& v) {
  ar(v.name, v.facts, v.names, v.program);
}
template <class A>
void visit(A& ar, Label& v) {
  ar(v.span, v.text);
}
template <class A>
void visit(A& ar, Diagnostic& v) {
  ar(v.code, v.level, v.span, v.path, v.message, v.labels, v.help, v.citation);
}
template <class A>
void visit(A& ar, Selection& v) {
  ar(v.files, v.packs, v.selected, v.digest, v.diagnostics, v.program);
}

/// A number for the form of everything stored: fields and their types, the last of each enumeration, the operations by
/// name. A bundle of another form cannot be read.
[[nodiscard]] std::uint64_t shape();

}  // namespace writ::bundle
