#include "engine/run/inventory.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "engine/crypto/digest.h"
#include "engine/facts/bind.h"

namespace writ::run {

namespace fs = std::filesystem;

namespace {

/// What the root states under `key`; of documents that could not be bound. Empty when it is no text.
std::string stated(const facts::RawDocument& raw, std::string_view key) {
  if (!raw.root) return {};
  for (const auto& [name, value] : raw.nodes[raw.root].entries) {
    const facts::RawNode& node = raw.nodes[value];
    if (raw.nodes[name].text == key && node.kind == facts::RawNode::Kind::scalar) return node.text;
  }
  return {};
}

}  // namespace

void Inventory::read(const Found& found, const std::optional<std::string>& standard_input,
                     const facts::ReadLimits& limits, Diagnostics& out) {
  entries_.folders = found.folders;
  for (const DocumentFile& file : found.files) read_file(file, standard_input, limits, out);
  refuse_taken_ids(out);
  links_ = facts::link(entries_, out);
  for (std::uint32_t i = 0; i < entries_.entries.size(); ++i) {
    facts::Entry& e = entries_.entries[i];
    if (links_.usable(entries_, i) && !facts::reached(entries_, links_, i, out)) ++links_.errors[i];
    if (links_.usable(entries_, i)) {
      sound_.push_back(i);
      continue;
    }
    bad_[e.path] += links_.errors[i];
    unread_kinds.push_back(e.kind);
    held_[i] = {};
  }
  for (const std::string& path : order_) {
    if (const auto it = bad_.find(path); it != bad_.end()) unread.push_back({path, it->second});
  }
}

void Inventory::read_file(const DocumentFile& file, const std::optional<std::string>& standard_input,
                          const facts::ReadLimits& limits, Diagnostics& out) {
  std::error_code failed;
  const std::string canonical = file.standard_input ? std::string() : fs::weakly_canonical(file.path, failed).string();
  const auto nothing = [&](const std::string& shown) {  // an unknown number of documents of unknown kinds
    order_.push_back(shown);
    ++bad_[shown];
    unread_kinds.emplace_back();
    if (!canonical.empty()) entries_.unreadable.push_back(canonical);
  };
  auto text = run::read_file(file, standard_input, limits.max_bytes);
  if (!text) {
    const bool limit = text.error().error_number == EFBIG;
    out.report_path(limit ? Code::document_too_large : Code::file_unreadable, file.path, text.error().message).help =
        limit ? "raise --max-input-bytes" : "";
    nothing(file.path);
    return;
  }
  const facts::Format format = format_of(file, *text);
  const std::string shown = file.standard_input ? "<standard input>" : file.path;
  const FileId id = sources_.add(shown, std::move(*text));
  Diagnostics reading;
  std::vector<facts::RawDocument> raws = facts::read(id, format, sources_, limits, reading);
  if (!file.named && (raws.empty() || std::none_of(raws.begin(), raws.end(), facts::looks_like_document))) {
    ++not_documents;  // some other YAML or JSON in the folder: counted, not judged
    return;
  }
  out.append(reading);
  if (raws.empty() && !reading.has_errors()) {
    out.report_path(Code::empty_file, shown, "the file holds no document").help =
        "a document begins with `writ: deployment/1`";
  }
  if (raws.empty()) {
    nothing(shown);
    bad_[shown] = std::max<std::size_t>(1, reading.error_count());
    return;
  }
  order_.push_back(shown);
  if (reading.has_errors()) {  // some documents of the file are missing
    bad_[shown] += reading.error_count();
    unread_kinds.emplace_back();
  }
  const bool alone = raws.size() == 1 && raws.front().index == 0;
  for (facts::RawDocument& raw : raws) {
    Diagnostics binding;
    const std::optional<facts::Document> document = facts::bind(raw, sources_, vocabulary_, binding);
    out.append(binding);
    facts::Entry entry;
    entry.path = shown;
    entry.file = canonical;
    entry.span = raw.span;
    if (document) {
      entry.id = document->id;
      entry.kind = document->kind;
      entry.facts = document->facts.size();
      entry.references = facts::references_of(*document, vocabulary_);
    } else {
      entry.broken = true;
      entry.id = stated(raw, "id");
      const std::string form = stated(raw, "writ");
      const std::string kind = form.substr(0, form.find('/'));
      const auto& kinds = vocabulary_.kinds;
      if (std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) entry.kind = kind;
      bad_[shown] += std::max<std::size_t>(1, binding.error_count());
    }
    const std::string_view bytes = alone ? sources_.text(id) : sources_.text(raw.span);
    const std::string digest = document ? "sha256:" + crypto::sha256_hex(bytes) : std::string();
    entries_.entries.push_back(std::move(entry));
    held_.push_back({document ? std::move(raw) : facts::RawDocument{}, digest});
  }
}

void Inventory::refuse_taken_ids(Diagnostics& out) {
  std::map<std::string_view, const facts::Entry*> ids;
  for (const facts::Entry& e : entries_.entries) {
    if (e.broken) continue;
    const auto [it, fresh] = ids.try_emplace(e.id, &e);
    if (fresh) continue;
    Diagnostic& clash = out.report(Code::duplicate_document_id, e.span, "document id `" + e.id + "` is taken");
    clash.labels.push_back({it->second->span, "first used in " + it->second->path});
    clash.help = "every document has an id of its own";
  }
}

facts::Document Inventory::bind(std::uint32_t entry) const {
  Diagnostics said;  // when it was read
  std::optional<facts::Document> document = facts::bind(held_[entry].raw, sources_, vocabulary_, said);
  WRIT_CHECK(document.has_value());
  document->path = entries_.entries[entry].path;
  document->index = held_[entry].raw.index;
  document->digest = held_[entry].digest;
  return std::move(*document);
}

const facts::Document& Inventory::linked(std::uint32_t entry) {
  constexpr std::size_t kRecent = 32;  // many documents refer to few
  if (const auto it = recent_.find(entry); it != recent_.end()) return it->second;
  if (recent_.size() >= kRecent) recent_.clear();
  return recent_.emplace(entry, bind(entry)).first->second;
}

facts::Document Inventory::document(std::size_t index) {
  const std::uint32_t entry = sound_[index];
  facts::Document document = bind(entry);
  facts::attach(document, entry, entries_, links_, vocabulary_,
                [&](std::uint32_t other) -> const facts::Document& { return linked(other); });
  return document;
}

}  // namespace writ::run
