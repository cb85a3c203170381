#include <map>

#include "engine/base/check.h"
#include "engine/bundle/stored.h"
#include "engine/crypto/digest.h"

namespace writ::bundle {

namespace {

class Sections {
 public:
  /// The index of a part; equal parts of one kind are stored once: most selections have the facts in common.
  std::uint32_t add(Section section, std::string bytes) {
    const Digest digest = crypto::sha256(bytes);
    const auto [it, fresh] = known_.try_emplace({section, digest}, static_cast<std::uint32_t>(parts_.size()));
    if (!fresh) return it->second;
    parts_.push_back({section, 0, bytes.size(), digest});
    bytes_.push_back(std::move(bytes));
    return it->second;
  }

  void append(Sections&& others) {
    for (std::size_t i = 0; i < others.parts_.size(); ++i) add(others.parts_[i].section, std::move(others.bytes_[i]));
  }

  std::string file() {
    WRIT_CHECK(parts_.size() <= kMostParts);
    std::uint64_t at = kHeader + kPart * parts_.size();
    Writer table;
    for (Book::Part& part : parts_) {
      part.offset = at;
      at += part.size;
      table.put(part);
    }
    const std::string entries = table.take();
    WRIT_CHECK(entries.size() == kPart * parts_.size());
    Writer head;
    head.put(kFormat);
    head.put(static_cast<std::uint32_t>(parts_.size()));
    head.put(at);
    head.put(shape());
    std::string out(kMagic);
    out += head.take();
    const Digest digest = crypto::sha256(out + entries);
    out.append(reinterpret_cast<const char*>(digest.data()), digest.size());
    WRIT_CHECK(out.size() == kHeader);
    out += entries;
    for (const std::string& bytes : bytes_) out += bytes;
    return out;
  }

 private:
  std::vector<Book::Part> parts_;
  std::vector<std::string> bytes_;
  std::map<std::pair<Section, Digest>, std::uint32_t> known_;
};

template <class T>
std::string stored(T value) {
  Writer writer;
  writer.put(value);
  return writer.take();
}

}  // namespace

std::string write(const Contents& contents) {
  std::string texts;
  std::vector<Book::File> files;
  for (const Text& text : contents.texts) {
    files.push_back({text.path, static_cast<std::uint32_t>(text.text.size()), texts.size(), crypto::sha256(text.text)});
    texts += text.text;
  }
  std::vector<Book::Name> names;
  Sections rest;  // after the index and the texts
  for (const Selection& selection : contents.selections) {
    model::Vocabulary vocabulary = *selection.program.vocabulary;
    Book::Name name;
    name.name = selection.name;
    name.facts = 2 + rest.add(Section::facts, stored(Facts{vocabulary}));
    name.names = 2 + rest.add(Section::names, stored(Names{vocabulary}));
    Writer writer;
    writer.put(selection);
    name.program = 2 + rest.add(Section::program, writer.take());
    names.push_back(std::move(name));
  }
  Writer index;
  index.put(contents.built_by);
  index.put(files);
  index.put(names);
  Sections parts;
  parts.add(Section::index, index.take());
  parts.add(Section::texts, std::move(texts));
  parts.append(std::move(rest));
  return parts.file();
}

}  // namespace writ::bundle
