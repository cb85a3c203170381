// Random documents, and every way of supplying one fact to them.
#include <algorithm>

#include "tests/eval/generate.h"

namespace writ::eval::testing {

using model::Candidates;
using model::NumberRange;
using model::TypeId;
using model::TypeKind;

namespace {
const std::vector<const char*> kDays{"2019-06-01", "2020-12-31", "2021-01-01", "2023-03-03", "2024-02-29",
                                     "2026-06-01", "2026-11-12", "2026-11-22", "2027-05-05"};
const std::vector<const char*> kNumbers{"0", "1", "2", "0.5", "3", "-1", "10"};
const std::vector<const char*> kLands{"CN", "US", "US-CA", "US-NY", "JP", "GB", "FR"};
}  // namespace

Given World::element(const std::string& key, int depth) {
  Given g = known(element_type_, depth);
  g.parts[0] = Given::of(key);
  return g;
}

Given World::known(TypeId type_id, int depth) {
  const model::Type type = book.vocabulary->types[type_id];
  Given g;
  switch (type.kind) {
    case TypeKind::boolean: return Given::of(dice_.chance(50));
    case TypeKind::decimal: {
      if (!dice_.chance(15)) return Given::number(dice_.pick(kNumbers));
      const Rational a = rational(dice_.pick(kNumbers)), b = rational(dice_.pick(kNumbers));
      NumberRange r{std::min(a, b), std::max(a, b), dice_.chance(20), dice_.chance(20)};
      if (dice_.chance(20)) r.lo.reset();
      if (dice_.chance(20)) r.hi.reset();
      if (r.lo && r.hi && *r.lo == *r.hi) r.lo_open = r.hi_open = false;  // not empty
      return Given::of(r);
    }
    case TypeKind::money:
      return Given::of(
          model::Money{NumberRange::exactly(rational(dice_.pick(kNumbers))), dice_.chance(70) ? "EUR" : "USD"});
    case TypeKind::date: return Given::day(dice_.pick(kDays));
    case TypeKind::country: return Given::country(dice_.pick(kLands));
    case TypeKind::text: return Given::of(std::string(dice_.chance(70) ? "x" : "y"));
    case TypeKind::enumeration: {
      const std::size_t n = book.vocabulary->enums[type.enumeration].members.size();
      Candidates c = Candidates::one(dice_.below(n), n);
      if (dice_.chance(15)) c.possible[dice_.below(n)] = true;
      return Given::of(c);
    }
    case TypeKind::record: {
      g.kind = Given::Kind::record;
      for (const model::Field& f : book.vocabulary->records[type.record].fields)
        g.parts.push_back(value(f.type, f.optional, f.dated, depth - 1));
      return g;
    }
    case TypeKind::list: {
      std::vector<std::string> keys;
      std::vector<Given> parts;
      for (std::size_t n = depth > 0 ? dice_.below(3) : 0; n > 0; --n) {
        keys.push_back("k" + std::to_string(keys_++));
        parts.push_back(element(keys.back(), depth - 1));
      }
      return Given::list(std::move(keys), std::move(parts), dice_.chance(25));
    }
    case TypeKind::set: {
      g.kind = Given::Kind::set;
      g.incomplete = dice_.chance(20);
      for (std::size_t n = dice_.below(3); n > 0; --n) {
        Given m = known(type.element, depth);
        if (const auto* c = std::get_if<Candidates>(&m.scalar); c != nullptr && c->single() < 0) continue;
        if (std::none_of(g.parts.begin(), g.parts.end(), [&](const Given& o) { return o.scalar == m.scalar; }))
          g.parts.push_back(std::move(m));
      }
      return g;
    }
    case TypeKind::map: {
      g.kind = Given::Kind::map;
      for (std::size_t i = 0; i < 4; ++i) {
        if (!dice_.chance(70)) continue;
        g.map_keys.push_back(Candidates::one(i, 4));
        g.parts.push_back(value(type.element, false, false, depth));
      }
      return g;
    }
    default: return g;
  }
}

Given World::value(TypeId type, bool optional, bool dated, int depth) {
  if (dice_.chance(35)) return Given::unknown(dice_.chance(10) ? model::Reason::refused : model::Reason::not_provided);
  if (optional && dice_.chance(30)) return Given::absent();
  if (!dated) return known(type, depth);
  Given g;
  g.kind = Given::Kind::dated;
  // Two or three periods that touch, the outer ones open, or a gap between them.
  const bool gap = dice_.chance(30);
  g.periods = {days("", "2020-12-31"), days(gap ? "2022-01-01" : "2021-01-01", "2024-02-28"), days("2024-02-29")};
  for (std::size_t i = 0; i < 3; ++i) g.parts.push_back(value(type, optional, false, depth));
  if (dice_.chance(40)) {
    g.periods = {DayInterval{}};
    g.parts.resize(1);
  }
  return g;
}

Given World::document() {
  Given g = known(book.record_type(book.vocabulary->root), 3);
  return g;
}

void World::sites(Given& g, TypeId type_id, bool optional, bool dated, const std::string& path,
                  std::vector<Site>& out) {
  const model::Type type = book.vocabulary->types[type_id];
  const Site here{&g, type_id, optional, dated, path};
  switch (g.kind) {
    case Given::Kind::unknown:
      if (g.reason != model::Reason::refused) out.push_back(here);
      return;
    case Given::Kind::absent: return;
    case Given::Kind::scalar: {
      const auto* r = std::get_if<NumberRange>(&g.scalar);
      const auto* c = std::get_if<Candidates>(&g.scalar);
      if ((r != nullptr && !r->exact()) || (c != nullptr && c->single() < 0)) out.push_back(here);
      return;
    }
    case Given::Kind::record: {
      const auto& fields = book.vocabulary->records[type.record].fields;
      for (std::size_t i = 0; i < fields.size(); ++i)
        sites(g.parts[i], fields[i].type, fields[i].optional, fields[i].dated, path + "." + fields[i].name, out);
      return;
    }
    case Given::Kind::list:
      for (std::size_t i = 0; i < g.parts.size(); ++i)
        sites(g.parts[i], element_type_, false, false, path + "[" + g.keys[i] + "]", out);
      if (g.incomplete) out.push_back(here);
      return;
    case Given::Kind::set:
      if (g.incomplete) out.push_back(here);
      return;
    case Given::Kind::map:
      for (Given& p : g.parts) sites(p, type.element, false, false, path + "[]", out);
      if (g.parts.size() < 4) out.push_back(here);
      return;
    case Given::Kind::dated:
      for (Given& p : g.parts) sites(p, type_id, optional, false, path + "{}", out);
      return;
  }
}

void World::apply(const Site& site) {
  Given& g = *site.given;
  const model::Type type = book.vocabulary->types[site.type];
  switch (g.kind) {
    case Given::Kind::unknown: {
      if (site.optional && dice_.chance(35)) {
        g = Given::absent();
        return;
      }
      do {
        g = site.dated ? value(site.type, site.optional, true, 2) : known(site.type, 2);
      } while (g.kind == Given::Kind::unknown);
      return;
    }
    case Given::Kind::scalar: {
      if (auto* c = std::get_if<Candidates>(&g.scalar)) {
        std::vector<std::size_t> in;
        for (std::size_t i = 0; i < c->possible.size(); ++i)
          if (c->possible[i]) in.push_back(i);
        g.scalar = Candidates::one(dice_.pick(in), c->possible.size());
        return;
      }
      // A number inside the range; the ends where they belong to it, otherwise between or beyond them.
      auto& r = std::get<NumberRange>(g.scalar);
      std::vector<Rational> inside;
      if (r.lo && !r.lo_open) inside.push_back(*r.lo);
      if (r.hi && !r.hi_open) inside.push_back(*r.hi);
      if (r.lo && r.hi) inside.push_back(*r.lo->add(*r.hi)->div(2));
      if (!r.hi && r.lo) inside.push_back(*r.lo->add(7));
      if (!r.lo && r.hi) inside.push_back(*r.hi->sub(7));
      if (!r.lo && !r.hi) inside.push_back(Rational(0));
      g.scalar = NumberRange::exactly(dice_.pick(inside));
      return;
    }
    case Given::Kind::list: {
      for (std::size_t n = dice_.below(3); n > 0; --n) {
        g.keys.push_back("k" + std::to_string(keys_++));
        g.parts.push_back(element(g.keys.back(), 2));
      }
      g.incomplete = dice_.chance(20);
      return;
    }
    case Given::Kind::set: {
      Given m = known(type.element, 1);
      const auto* c = std::get_if<Candidates>(&m.scalar);
      const bool several = c != nullptr && c->single() < 0;
      if (!several &&
          std::none_of(g.parts.begin(), g.parts.end(), [&](const Given& o) { return o.scalar == m.scalar; }))
        g.parts.push_back(m);
      g.incomplete = dice_.chance(20);
      return;
    }
    case Given::Kind::map: {
      for (std::size_t i = 0; i < 4; ++i) {
        const model::Scalar key = Candidates::one(i, 4);
        if (std::find(g.map_keys.begin(), g.map_keys.end(), key) != g.map_keys.end()) continue;
        g.map_keys.push_back(key);
        g.parts.push_back(known(type.element, 1));
        return;
      }
      return;
    }
    case Given::Kind::absent:
    case Given::Kind::record:
    case Given::Kind::dated: return;
  }
}

bool World::supply(Given& document, std::string& what) {
  std::vector<Site> all;
  sites(document, book.record_type(book.vocabulary->root), false, false, "", all);
  if (all.empty()) return false;
  const Site site = dice_.pick(all);
  what = site.path.substr(1);
  apply(site);
  return true;
}

}  // namespace writ::eval::testing
