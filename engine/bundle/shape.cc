#include "engine/bundle/stored.h"
#include "engine/crypto/digest.h"

namespace writ::bundle {

std::uint64_t shape() {
  static const std::uint64_t number = [] {
    Shape shape;
    Selection selection;
    model::Vocabulary vocabulary;
    Facts facts{vocabulary};
    Names names{vocabulary};
    Book::File file;
    Book::Name name;
    shape(selection, facts, names, file, name);
    std::string text = shape.text();
    for (unsigned op = 0; op <= static_cast<unsigned>(ir::Op::measure); ++op)
      text += std::string(" ") + ir::to_string(static_cast<ir::Op>(op));
    const Digest digest = crypto::sha256(text);
    std::uint64_t out = 0;
    std::memcpy(&out, digest.data(), sizeof(out));
    return out;
  }();
  return number;
}

}  // namespace writ::bundle
