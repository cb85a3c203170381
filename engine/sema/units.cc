#include <fmt/format.h>

#include <functional>

#include "engine/sema/vocabulary.h"

namespace writ::sema {

namespace {

struct Declared {
  const ast::UnitDecl* unit = nullptr;
  enum class State : std::uint8_t { untouched, busy, done } state = State::untouched;
};

/// Names in "10^12 op/s": what stands between the operators, without exponents.
std::vector<std::string> names_in(std::string_view text) {
  std::vector<std::string> out;
  std::string name;
  const auto flush = [&] {
    if (!name.empty() && name != "1") out.push_back(name);
    name.clear();
  };
  bool exponent = false;
  for (char c : text) {
    if (c == '*' || c == '/' || c == ' ') {
      flush();
      exponent = false;
    } else if (c == '^') {
      exponent = true;
    } else if (!exponent) {
      name += c;
    }
  }
  flush();
  return out;
}

class Units {
 public:
  explicit Units(Context& context) : context_(context) {}

  void run() {
    each<ast::CurrencyDecl>(context_.files, [&](ItemRef, const ast::CurrencyDecl& d) {
      for (const ast::Name& code : d.codes) {
        if (fresh(code)) static_cast<void>(context_.vocabulary.units.add_currency(code.text));
      }
    });
    each<ast::UnitDecl>(context_.files, [&](ItemRef, const ast::UnitDecl& d) {
      if (fresh(d.name)) declared_[d.name.text] = {&d, Declared::State::untouched};
    });
    for (auto& [name, declared] : declared_) define(name, declared);
  }

 private:
  bool fresh(const ast::Name& name) {
    if (name.text.empty()) return false;
    if (name.text == "%" || context_.duration_words.contains(name.text)) {
      context_.report(Code::duplicate_name, name.span, fmt::format("unit `{}` is built in", name.text),
                      "leave the declaration out");
      return false;
    }
    const auto [first, is_fresh] = context_.unit_spans.emplace(name.text, name.span);
    if (is_fresh) return true;
    context_.report(Code::duplicate_name, name.span, fmt::format("unit `{}` is declared twice", name.text))
        .labels.push_back({first->second, "first here"});
    return false;
  }

  void define(const std::string& name, Declared& declared) {
    if (declared.state != Declared::State::untouched) return;
    declared.state = Declared::State::busy;
    if (path_.size() >= kDeepestDefinition) {
      if (!too_deep_) {
        context_.report(
            Code::nesting_too_deep, declared.unit->name.span,
            fmt::format("unit `{}` is derived through more than {} others", path_.front(), kDeepestDefinition));
      }
      too_deep_ = true;
      static_cast<void>(context_.vocabulary.units.add_base(name, ""));
      declared.state = Declared::State::done;
      return;
    }
    path_.push_back(name);
    const ast::UnitDecl& d = *declared.unit;
    const std::string description = d.description ? d.description->text : std::string();
    if (!d.unit && !d.factor) {
      static_cast<void>(context_.vocabulary.units.add_base(name, description));
    } else if (const auto unit = derive(d)) {
      static_cast<void>(context_.vocabulary.units.add_derived(name, description, *unit));
    } else {
      // Reported: a unit of its own keeps the expressions that use it readable.
      static_cast<void>(context_.vocabulary.units.add_base(name, description));
    }
    path_.pop_back();
    declared.state = Declared::State::done;
  }

  std::optional<Unit> derive(const ast::UnitDecl& d) {
    Unit unit;
    if (d.unit) {
      for (const std::string& part : names_in(d.unit->text)) {
        const auto it = declared_.find(part);
        if (it == declared_.end()) continue;
        if (it->second.state == Declared::State::busy) {
          report_cycle(part, d);
          return std::nullopt;
        }
        define(part, it->second);
      }
      const auto parsed = context_.vocabulary.units.parse(d.unit->text);
      if (!parsed) {
        context_.report(Code::unknown_unit, d.unit->span, fmt::format("unknown unit `{}`", parsed.error()),
                        did_you_mean(parsed.error(), context_.vocabulary.units.names()));
        return std::nullopt;
      }
      unit = *parsed;
    }
    if (d.factor) {
      const auto factor = unit.factor.mul(*d.factor);
      if (!factor || d.factor->sign() <= 0) {
        context_.report(Code::unknown_unit, d.span, fmt::format("unit `{}` has no usable factor", d.name.text),
                        "a factor is a positive number");
        return std::nullopt;
      }
      unit.factor = *factor;
    }
    return unit;
  }

  void report_cycle(const std::string& part, const ast::UnitDecl& d) {
    std::string text;
    bool inside = false;
    for (const std::string& name : path_) {
      inside = inside || name == part;
      if (inside) text += name + " → ";
    }
    context_.report(Code::unit_cycle, d.name.span,
                    fmt::format("unit `{}` is defined by itself: `{}{}`", d.name.text, text, part),
                    "one of them must be a base unit");
  }

  Context& context_;
  std::map<std::string, Declared> declared_;
  std::vector<std::string> path_;
  bool too_deep_ = false;
};

}  // namespace

void build_units(Context& context) {
  context.duration_words = {"hour", "hours", "day", "days", "week", "weeks", "month", "months", "year", "years"};
  Units(context).run();
  each<ast::KindsDecl>(context.files, [&](ItemRef, const ast::KindsDecl& d) {
    for (const ast::Name& kind : d.kinds) {
      const auto [first, fresh] = context.kind_spans.emplace(kind.text, kind.span);
      if (fresh) {
        context.vocabulary.kinds.push_back(kind.text);
      } else {
        context.report(Code::duplicate_name, kind.span, fmt::format("kind `{}` is declared twice", kind.text))
            .labels.push_back({first->second, "first here"});
      }
    }
  });
}

}  // namespace writ::sema
