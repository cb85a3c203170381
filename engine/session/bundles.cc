#include "engine/session/bundles.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "engine/crypto/digest.h"
#include "engine/ir/verify.h"
#include "engine/lower/lower.h"
#include "engine/sema/sema.h"
#include "engine/syntax/parse.h"

namespace writ::session {

namespace fs = std::filesystem;

namespace {

using bundle::Book;

/// The texts of a bundle under their numbers; nobody has read one yet.
void add_sources(const Shelf& shelf, Session& session) {
  const std::string folder = shown(shelf.folder);
  for (std::uint32_t i = 0; i < shelf.bundle->files().size(); ++i) {
    const Book::File& file = shelf.bundle->files()[i];
    session.sources.add_later(folder + "/" + file.path, file.size, [book = shelf.bundle, i] { return book->text(i); });
    session.relative.push_back(file.path);
  }
}

/// Trees and side tables as the loader makes them: in the order of paths, and with the types that lowering adds.
void parse(Session& session, const std::vector<std::uint32_t>& files) {
  Diagnostics nothing_new;
  for (const std::uint32_t i : files) session.files.push_back(syntax::parse(FileId{i}, session.sources, nothing_new));
  session.checked = sema::check(session.files, session.sources, nothing_new);
  static_cast<void>(lower::lower(session.files, session.checked, nothing_new));
}

bundle::Selection selection_of(std::string name, Session& session) {
  bundle::Selection out;
  out.name = std::move(name);
  out.packs = session.packs;
  out.selected.assign(session.selected.begin(), session.selected.end());
  out.digest = session.digest;
  out.diagnostics = session.diagnostics.items();
  out.program = std::move(session.program);
  return out;
}

/// A bundle's own numbers for the files of a session.
void renumber(bundle::Selection& selection, const Session& session,
              const std::map<std::string, std::uint32_t>& numbers) {
  bundle::renumber(selection, [&](FileId file) { return FileId{numbers.at(session.relative[file.index])}; });
  std::vector<std::string> paths = session.relative;
  std::sort(paths.begin(), paths.end());
  for (const std::string& path : paths) selection.files.push_back(numbers.at(path));
}

/// What `-r` can name: every pack, and every folder with packs below.
std::set<std::string> names_of(const Shelf& shelf) {
  std::set<std::string> out;
  for (std::string name : packs_below(shelf, "")) {
    for (std::size_t dot = name.size(); dot != std::string::npos; dot = name.rfind('.', dot - 1)) {
      name.resize(dot);
      out.insert(name);
      if (dot == 0) break;
    }
  }
  return out;
}

}  // namespace

std::unique_ptr<Session> load_compiled(const std::vector<Shelf>& search, const LoadOptions& options) {
  if (search.empty() || !search.front().bundle || options.with_tests || options.rules.size() > 1) return nullptr;
  const std::string name = options.rules.empty() ? std::string() : options.rules.front();
  std::error_code error;
  // What is a path to the loader is one here too.
  if (!name.empty() && (name.find('/') != std::string::npos || fs::exists(name, error))) return nullptr;
  const Shelf& shelf = search.front();
  const Book::Name* found = shelf.bundle->find(name);
  if (found == nullptr) return nullptr;
  auto session = std::make_unique<Session>();
  auto selection = shelf.bundle->read(*found);
  if (!selection) {
    session->diagnostics.add(bundle::refused(selection.error(), shown(shelf.bundle->path())));
    return session;
  }
  add_sources(shelf, *session);
  for (Diagnostic& d : selection->diagnostics) session->diagnostics.add(std::move(d));
  session->packs = std::move(selection->packs);
  session->selected.insert(selection->selected.begin(), selection->selected.end());
  session->digest = std::move(selection->digest);
  session->program = std::move(selection->program);
  session->parse_later([files = std::move(selection->files)](Session& s) { parse(s, files); });
  return session;
}

bool is_current(const Book& book) {
  const fs::path folder = folder_of_bundle(book.path());
  std::error_code error;
  if (folder == fs::path(book.path()) || !fs::is_directory(folder, error)) return true;
  const auto made = fs::last_write_time(book.path(), error);
  if (error) return false;
  std::map<std::string, std::uintmax_t> sizes;
  for (const Book::File& file : book.files()) sizes.emplace(file.path, file.size);
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const std::string path = it->path().lexically_relative(folder).generic_string();
    if (!path.ends_with(".writ") || path.ends_with(".test.writ")) continue;
    const auto known = sizes.find(path);
    if (known == sizes.end() || it->file_size(error) != known->second || it->last_write_time(error) > made)
      return false;
    sizes.erase(known);
  }
  return !error && sizes.empty();
}

Built build_bundle(const LoadOptions& options, const std::string& version) {
  Built out;
  out.session = load(options);
  Session& whole = *out.session;
  if (!whole.ok() || !whole.usable()) return out;
  if (const auto wrong = ir::verify(whole.program)) {
    whole.diagnostics.report_path(Code::damaged_bundle, "", "these rules cannot be bundled: " + *wrong);
    return out;
  }
  bundle::Contents contents;
  contents.built_by = version;
  std::map<std::string, std::uint32_t> numbers;
  for (std::uint32_t i = 0; i < whole.sources.size(); ++i) {
    const std::string& path = whole.relative[i];
    if (!numbers.emplace(path, i).second) {
      whole.diagnostics.report_path(Code::duplicate_name, path,
                                    "two rule files have this path within their rule books");
      return out;
    }
    contents.texts.push_back({path, std::string(whole.sources.text(FileId{i}))});
  }
  out.rules = whole.program.rules.size() + whole.program.portfolios.size();
  contents.selections.push_back(selection_of("", whole));
  renumber(contents.selections.front(), whole, numbers);
  // The other selections are loaded from the bundle itself, by the loader that a missing one would be loaded by.
  const auto book = Book::of(bundle::write(contents), "rules.writb");
  WRIT_CHECK(book.has_value());
  const Shelf shelf = shelf_of(*book);
  for (const std::string& name : names_of(shelf)) {
    LoadOptions one;
    one.rules = {name};
    one.names_only = true;
    const auto session = load_from({shelf}, one);
    if (!session->ok() || !session->usable()) continue;
    contents.selections.push_back(selection_of(name, *session));
    renumber(contents.selections.back(), *session, numbers);
  }
  out.bytes = bundle::write(contents);
  return out;
}

std::optional<std::string> recompile(const std::shared_ptr<const Book>& book) {
  for (const Book::Name& name : book->names()) {
    const auto selection = book->read(name);
    if (!selection) return selection.error().message;
    const std::string what = name.name.empty() ? std::string("the whole book") : "`" + name.name + "`";
    Session session;
    add_sources(shelf_of(book), session);
    parse(session, selection->files);
    crypto::Sha256 digest;
    for (const std::uint32_t i : selection->files) {
      digest.update_field(session.relative[i]);
      digest.update_field(session.sources.text(FileId{i}));
    }
    if ("sha256:" + digest.hex() != selection->digest) return what + " has another digest than its texts";
    Diagnostics problems;
    ir::Program made = lower::lower(session.files, session.checked, problems);
    if (made.vocabulary == nullptr || *made.vocabulary != *selection->program.vocabulary)
      return "the texts of " + what + " make another vocabulary";
    made.vocabulary = selection->program.vocabulary;
    if (made != selection->program) return "the texts of " + what + " make another program";
  }
  return std::nullopt;
}

}  // namespace writ::session
