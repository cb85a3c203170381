// Archives that change or check what was read, by the same visits: every id is in its pool or none, every place is in a
// text; and places of other files are put into ours.
#pragma once

#include <functional>
#include <vector>

#include "engine/bundle/stored.h"

namespace writ::bundle {

/// Goes through everything below a value and does nothing; what derives from it hides what it cares for.
template <class Self>
class Walk : public Archive<Self> {
 public:
  static constexpr bool kReads = false;
  template <class T>
  void plain(T&) {}
  template <class E>
  void enumeration(E&) {}
  void truth(bool&) {}
  void text(std::string&) {}
  void number(Rational&) {}
  template <class T>
  void optional(std::optional<T>& value) {
    if (value) (*this)(*value);
  }
  void list(std::vector<bool>&) {}
  template <class T>
  void list(std::vector<T>& values) {
    for (T& value : values) (*this)(value);
  }
  template <class T>
  void pool(Pool<T>& values) {
    for (T& value : values) (*this)(value);
  }
  template <class... T>
  void variant(std::variant<T...>&) {}  // scalars hold neither ids nor places
};

/// Whether every id and every place leads somewhere.
class Bounds : public Walk<Bounds> {
 public:
  /// `sizes`: bytes of each file.
  Bounds(const ir::Program& program, const model::Vocabulary& vocabulary, const std::vector<std::uint32_t>& sizes)
      : p_(program), v_(vocabulary), sizes_(sizes) {}
  [[nodiscard]] bool hold() const { return hold_; }

  using Walk<Bounds>::plain;
  template <class T>
  void plain(Id<T>& id) {
    hold_ = hold_ && (!id.valid() || id.index < size(id));
  }
  void plain(Span& span) {
    if (!span.valid()) return;
    hold_ = hold_ && span.file.index < sizes_.size() && span.begin <= span.end && span.end <= sizes_[span.file.index];
  }

 private:
  [[nodiscard]] std::uint32_t size(model::EnumId) const { return v_.enums.size(); }
  [[nodiscard]] std::uint32_t size(model::RecordId) const { return v_.records.size(); }
  [[nodiscard]] std::uint32_t size(model::TypeId) const { return v_.types.size(); }
  [[nodiscard]] std::uint32_t size(ir::NodeId) const { return p_.nodes.size(); }
  [[nodiscard]] std::uint32_t size(ir::PackId) const { return p_.packs.size(); }
  [[nodiscard]] std::uint32_t size(ir::InstrumentId) const { return p_.instruments.size(); }
  [[nodiscard]] std::uint32_t size(ir::RoleId) const { return p_.roles.size(); }
  [[nodiscard]] std::uint32_t size(ir::GroupId) const { return p_.groups.size(); }
  [[nodiscard]] std::uint32_t size(ir::ScopeId) const { return p_.scopes.size(); }
  [[nodiscard]] std::uint32_t size(ir::RuleId) const { return p_.rules.size(); }
  [[nodiscard]] std::uint32_t size(ir::ExceptionId) const { return p_.exceptions.size(); }
  [[nodiscard]] std::uint32_t size(ir::TransitionalId) const { return p_.transitionals.size(); }
  [[nodiscard]] std::uint32_t size(ir::PresumptionId) const { return p_.presumptions.size(); }
  [[nodiscard]] std::uint32_t size(ir::AmendmentId) const { return p_.amendments.size(); }

  const ir::Program& p_;
  const model::Vocabulary& v_;
  const std::vector<std::uint32_t>& sizes_;
  bool hold_ = true;
};

/// Gives every place the number that its file has elsewhere.
class Renumber : public Walk<Renumber> {
 public:
  explicit Renumber(const std::function<FileId(FileId)>& to) : to_(to) {}
  using Walk<Renumber>::plain;
  void plain(Span& span) {
    if (span.valid()) span.file = to_(span.file);
  }

 private:
  const std::function<FileId(FileId)>& to_;
};

}  // namespace writ::bundle
