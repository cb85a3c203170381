#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>

#include "engine/bundle/bounds.h"
#include "engine/bundle/stored.h"
#include "engine/crypto/digest.h"
#include "engine/ir/verify.h"

namespace writ::bundle {

namespace {

std::unexpected<Refusal> damaged(std::string what) {
  return std::unexpected<Refusal>(Refusal{Code::damaged_bundle, std::move(what)});
}

Refusal damage(std::string what) { return {Code::damaged_bundle, std::move(what)}; }

}  // namespace

Diagnostic refused(const Refusal& refusal, const std::string& path) {
  Diagnostic out;
  out.code = refusal.code;
  out.level = info(refusal.code).level;
  out.path = path;
  out.message = refusal.message;
  out.help = refusal.code == Code::bundle_format ? "build it again: writ bundle build -r RULES -o " + path
                                                 : "take another copy of it, or build it again: writ bundle build";
  return out;
}

const char* to_string(Section section) {
  switch (section) {
    case Section::index: return "index";
    case Section::texts: return "texts";
    case Section::facts: return "facts";
    case Section::names: return "names";
    case Section::program: return "program";
  }
  return "";
}

bool is_bundle(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  struct stat status {};
  std::array<char, kMagic.size()> begin{};
  const bool file = ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
  const bool magic = file && ::read(fd, begin.data(), begin.size()) == static_cast<ssize_t>(begin.size()) &&
                     std::string_view(begin.data(), begin.size()) == kMagic;
  ::close(fd);
  return magic || (file && path.extension() == ".writb");
}

Book::~Book() {
  if (fd_ >= 0) ::close(fd_);
}

Result<std::shared_ptr<const Book>, Refusal> Book::open(const std::filesystem::path& path) {
  const std::shared_ptr<Book> book(new Book);
  book->path_ = path.generic_string();
  book->fd_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status {};
  if (book->fd_ < 0 || ::fstat(book->fd_, &status) != 0) {
    const int error = errno;
    return std::unexpected<Refusal>(
        Refusal{Code::file_unreadable, fmt::format("cannot open the file: {}", std::strerror(error))});
  }
  book->size_ = static_cast<std::uint64_t>(status.st_size);
  return opened(book);
}

Result<std::shared_ptr<const Book>, Refusal> Book::of(std::string bytes, std::string path) {
  const std::shared_ptr<Book> book(new Book);
  book->path_ = std::move(path);
  book->size_ = bytes.size();
  book->memory_ = std::move(bytes);
  return opened(book);
}

Result<std::shared_ptr<const Book>, Refusal> Book::opened(std::shared_ptr<Book> book) {
  if (auto wrong = book->read_table()) return std::unexpected<Refusal>(*std::move(wrong));
  if (auto wrong = book->read_index()) return std::unexpected<Refusal>(*std::move(wrong));
  return std::shared_ptr<const Book>(std::move(book));
}

bool Book::bytes(std::uint64_t offset, std::size_t size, std::string& out) const {
  if (offset > size_ || size > size_ - offset) return false;
  if (fd_ < 0) {
    out = memory_.substr(static_cast<std::size_t>(offset), size);
    return true;
  }
  out.resize(size);
  for (std::size_t at = 0; at < size;) {
    const ssize_t n = ::pread(fd_, out.data() + at, size - at, static_cast<off_t>(offset + at));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    at += static_cast<std::size_t>(n);
  }
  return true;
}

std::optional<Refusal> Book::read_table() {
  std::string head;
  if (!bytes(0, kHeader, head)) return damage("the file ends before its header does");
  if (!std::string_view(head).starts_with(kMagic)) return damage("this is no bundle: it does not begin as one");
  Reader reader(std::string_view(head).substr(kMagic.size()));
  std::uint32_t format = 0, count = 0;
  std::uint64_t size = 0, form = 0;
  Digest digest{};
  reader(format, count, size, form, digest);
  // Before the digest: another version may compute it otherwise.
  if (format != kFormat)
    return Refusal{Code::bundle_format,
                   fmt::format("the bundle has format {}, and this version reads format {}", format, kFormat)};
  std::string entries;
  if (count > kMostParts || !bytes(kHeader, count * kPart, entries)) return damage("the table of sections is cut off");
  head.resize(kHeader - digest.size());
  if (crypto::sha256(head + entries) != digest) return damage("the table of sections does not have its digest");
  if (form != shape())
    return Refusal{Code::bundle_format, "the bundle was built by a version of Writ that stores rules in another form"};
  if (size != size_) return damage(fmt::format("the file has {} bytes, and the bundle {}", size_, size));
  Reader table(entries);
  std::uint64_t at = kHeader + count * kPart;
  for (std::uint32_t i = 0; i < count; ++i) {
    Part part;
    table(part);
    if (part.offset != at || part.size > size_ - at) return damage("the sections do not follow one another");
    at += part.size;
    parts_.push_back(part);
  }
  if (!table.finished() || at != size_ || parts_.size() < 2 || parts_[0].section != Section::index ||
      parts_[1].section != Section::texts)
    return damage("the sections do not make up the file");
  texts_ = parts_[1].offset;
  return std::nullopt;
}

std::optional<Refusal> Book::read_index() {
  const auto index = part(0);
  if (!index) return index.error();
  Reader reader(*index);
  reader(built_by_, files_, names_);
  bool right = reader.finished();
  std::uint64_t at = 0;
  for (const File& file : files_) {
    right = right && file.offset == at && file.size <= parts_[1].size - at && file.size < UINT32_MAX;
    if (!right) break;
    at += file.size;
  }
  right = right && at == parts_[1].size;
  const auto is = [&](std::uint32_t i, Section section) { return i < parts_.size() && parts_[i].section == section; };
  for (const Name& name : names_)
    right =
        right && is(name.facts, Section::facts) && is(name.names, Section::names) && is(name.program, Section::program);
  right = right && find("") != nullptr;
  return right ? std::nullopt : std::optional(damage("the index does not fit the sections"));
}

const Book::Name* Book::find(std::string_view name) const {
  const auto it = std::find_if(names_.begin(), names_.end(), [&](const Name& n) { return n.name == name; });
  return it == names_.end() ? nullptr : &*it;
}

Result<std::string, Refusal> Book::part(std::uint32_t index) const {
  const Part& part = parts_[index];
  std::string out;
  if (!bytes(part.offset, static_cast<std::size_t>(part.size), out)) return damaged("a section cannot be read");
  if (crypto::sha256(out) != part.digest)
    return damaged(
        fmt::format("the section of {} at byte {} does not have its digest", to_string(part.section), part.offset));
  return out;
}

std::string Book::text(std::uint32_t index) const {
  WRIT_CHECK(index < files_.size());
  const File& file = files_[index];
  std::string out;
  if (!bytes(texts_ + file.offset, file.size, out) || crypto::sha256(out) != file.digest)
    throw IntegrityError(
        render(refused(damage("the text of " + file.path + " does not have its digest"), path_), SourceMap(), false));
  return out;
}

Result<Selection, Refusal> Book::read(const Name& name) const {
  const auto facts = part(name.facts), names = part(name.names), program = part(name.program);
  for (const auto* bytes : {&facts, &names, &program})
    if (!*bytes) return std::unexpected<Refusal>(bytes->error());
  auto vocabulary = std::make_shared<model::Vocabulary>();
  Selection out;
  out.name = name.name;
  Reader a(*facts), b(*names), c(*program);
  Facts stored_facts{*vocabulary};
  Names stored_names{*vocabulary};
  a(stored_facts);
  b(stored_names);
  c(out);
  if (!a.finished() || !b.finished() || !c.finished()) return damaged("a section holds something else than it should");
  std::vector<std::uint32_t> sizes;
  for (const File& file : files_) sizes.push_back(file.size);
  Bounds bounds(out.program, *vocabulary, sizes);
  bounds(stored_facts, stored_names, out);
  bool right = bounds.hold();
  for (const std::uint32_t file : out.files) right = right && file < files_.size();
  for (const Diagnostic& d : out.diagnostics)
    right = right && d.level != Level::error &&
            std::any_of(all_codes().begin(), all_codes().end(), [&](const CodeInfo& i) { return i.code == d.code; });
  if (!right) return damaged("something refers to what is not there");
  out.program.vocabulary = std::move(vocabulary);
  if (const auto wrong = ir::verify(out.program)) return damaged("the program does not hold together: " + *wrong);
  return out;
}

std::optional<Refusal> Book::verify() const {
  for (std::uint32_t i = 0; i < parts_.size(); ++i)
    if (const auto bytes = part(i); !bytes) return bytes.error();
  for (const Name& name : names_)
    if (const auto selection = read(name); !selection) return selection.error();
  try {
    for (std::uint32_t i = 0; i < files_.size(); ++i) static_cast<void>(text(i));
  } catch (const IntegrityError&) {
    return damage("a text does not have its digest");
  }
  return std::nullopt;
}

void renumber(Selection& selection, const std::function<FileId(FileId)>& to) {
  auto vocabulary = std::make_shared<model::Vocabulary>(*selection.program.vocabulary);
  Facts facts{*vocabulary};
  Renumber archive(to);
  archive(selection, facts);
  selection.program.vocabulary = std::move(vocabulary);
}

}  // namespace writ::bundle
