// A rule book in one file: the texts of its rules, and for each selection of packs the program that they compile to.
// This room turns programs into bytes and back, and checks every digest and every index of what it reads. It neither
// finds rule files nor compiles them (session does), and a bundle holds no tests.
//
// The file: magic, version of the format, digest of the table, a table of sections (kind, place, size, SHA-256), then
// the sections without gaps. What is not asked for is neither read nor hashed.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/diagnostic.h"
#include "engine/base/result.h"
#include "engine/ir/program.h"

namespace writ::bundle {

/// Raised when the same rules compile to another program, although its shape is the same; a change of the shape is
/// noticed without that.
inline constexpr std::uint32_t kFormat = 1;

/// A rule file; its index in the bundle is its FileId in every selection.
struct Text {
  std::string path;  // within the rule book, with '/'
  std::string text;
};

/// What loading some packs of the book gives.
struct Selection {
  std::string name;                     // as `-r` takes it: "eu.gdpr"; empty: what the bundle was built of
  std::vector<std::uint32_t> files;     // texts, in order of their paths
  std::vector<std::string> packs;       // all that are loaded
  std::vector<std::string> selected;    // packages that were asked for
  std::string digest;                   // "sha256:…" of the rules
  std::vector<Diagnostic> diagnostics;  // warnings
  ir::Program program;
};

struct Contents {
  std::string built_by;  // version of the program
  std::vector<Text> texts;
  std::vector<Selection> selections;
};

/// The same contents give the same bytes.
[[nodiscard]] std::string write(const Contents& contents);

/// Why a file is not used: damaged_bundle or bundle_format, and what is wrong.
struct Refusal {
  Code code = Code::damaged_bundle;
  std::string message;
};
/// As everybody shows it, with what would mend it.
[[nodiscard]] Diagnostic refused(const Refusal& refusal, const std::string& path);

enum class Section : std::uint32_t { index, texts, facts, names, program };
[[nodiscard]] const char* to_string(Section section);

using Digest = std::array<std::uint8_t, 32>;

/// An open bundle. Threads may share it.
class Book {
 public:
  struct Part {
    Section section = Section::index;
    std::uint64_t offset = 0, size = 0;
    Digest digest{};
  };
  struct File {
    std::string path;
    std::uint32_t size = 0;
    std::uint64_t offset = 0;  // in the section of texts
    Digest digest{};
  };
  struct Name {
    std::string name;
    std::uint32_t facts = 0, names = 0, program = 0;  // parts
  };

  /// Reads the table and the index.
  static Result<std::shared_ptr<const Book>, Refusal> open(const std::filesystem::path& path);
  /// The same of bytes that are no file yet; `path` is what messages show.
  static Result<std::shared_ptr<const Book>, Refusal> of(std::string bytes, std::string path);
  ~Book();
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const std::string& built_by() const { return built_by_; }
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] const std::vector<Part>& parts() const { return parts_; }
  [[nodiscard]] const std::vector<File>& files() const { return files_; }
  [[nodiscard]] const std::vector<Name>& names() const { return names_; }
  [[nodiscard]] const Name* find(std::string_view name) const;

  /// A file's text, checked against its digest; IntegrityError when it is another.
  [[nodiscard]] std::string text(std::uint32_t file) const;
  /// The program of a selection and what belongs to it, checked.
  [[nodiscard]] Result<Selection, Refusal> read(const Name& name) const;
  /// Every digest, and every selection. Nothing: all is well.
  [[nodiscard]] std::optional<Refusal> verify() const;

 private:
  Book() = default;
  [[nodiscard]] bool bytes(std::uint64_t offset, std::size_t size, std::string& out) const;
  [[nodiscard]] Result<std::string, Refusal> part(std::uint32_t index) const;
  static Result<std::shared_ptr<const Book>, Refusal> opened(std::shared_ptr<Book> book);
  [[nodiscard]] std::optional<Refusal> read_table();
  [[nodiscard]] std::optional<Refusal> read_index();

  std::string path_, built_by_;
  int fd_ = -1;                         // none:
  std::string memory_;                  // all of it
  std::uint64_t size_ = 0, texts_ = 0;  // where the texts begin
  std::vector<Part> parts_;
  std::vector<File> files_;
  std::vector<Name> names_;
};

/// Whether a path names a bundle: by the beginning of the file, or by its name `*.writb`.
[[nodiscard]] bool is_bundle(const std::filesystem::path& path);

/// The FileIds in a program, through a function: other sessions number the same files otherwise.
void renumber(Selection& selection, const std::function<FileId(FileId)>& to);

}  // namespace writ::bundle
