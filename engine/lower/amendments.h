// What amendments known on a day leave of an item: the days on which it is in force, and the texts of its clauses. The
// operations were resolved by sema; here they are carried out, in order.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/lower/expressions.h"

namespace writ::lower {

[[nodiscard]] DayInterval days_of(std::optional<Date> from, std::optional<Date> until, std::optional<Date> before);

/// The texts of one clause, overlaid in order: a later one takes its days from those before it.
using Texts = std::vector<std::pair<DayInterval, ir::NodeId>>;
void overlay(Texts& texts, DayInterval days, ir::NodeId node);

class Amendments {
 public:
  Amendments(ir::Program& program, const std::vector<ast::File>& files, const sema::Checked& checked,
             const ItemIds& ids, Expressions& expressions, Date known_at);

  /// Every amendment into the program, known or not, in order. After the instruments have their ids.
  void declare();

  /// The days of an item with what was done to them; fills the history.
  [[nodiscard]] std::vector<ir::Effective> effective(sema::ItemRef item, const std::vector<ast::EffectiveSpan>& own,
                                                     bool never, ir::History& history);
  /// The text of a clause, or its texts. `base` may be invalid: there is no such clause.
  [[nodiscard]] ir::NodeId clause(sema::ItemRef item, std::string_view clause, std::string_view label, ir::NodeId base);
  struct Inserted {
    std::uint32_t file;
    const ast::Amendment* operation;
  };
  /// Entries and rows put into a set or table.
  [[nodiscard]] std::vector<Inserted> inserted(sema::ItemRef item) const;
  /// A text or word that replaces the whole clause, or null.
  [[nodiscard]] const ast::Amendment* replaced(sema::ItemRef item, std::string_view clause,
                                               std::string_view label) const;

  [[nodiscard]] bool known(std::optional<Date> published) const { return !published || *published <= known_at_; }
  /// Every day on which some text of the book was published.
  [[nodiscard]] std::vector<Date> publications() const;

 private:
  struct Step {  // a change whose amendment is known
    ir::AmendmentId amendment;
    std::uint32_t file;
    const ast::Amendment* operation;
    std::string label;
    bool by_group;
  };
  [[nodiscard]] std::vector<Step> steps(sema::ItemRef item) const;
  [[nodiscard]] std::vector<Step> replacing(sema::ItemRef item, std::string_view clause, std::string_view label) const;
  [[nodiscard]] std::vector<ir::Citation> cites(std::uint32_t file, const std::vector<ast::Citation>& list) const;
  void record(const Step& step, ir::History& history) const;

  ir::Program& program_;
  const std::vector<ast::File>& files_;
  const sema::Checked& checked_;
  const ItemIds& ids_;
  Expressions& expressions_;
  Date known_at_;
  std::map<sema::ItemRef, ir::AmendmentId> amendments_;
};

}  // namespace writ::lower
