// The fields of a program, in the order in which they are stored. A field that is added to engine/ir/program.h is added
// here; the round trip of the whole rule book fails until it is.
#pragma once

#include "engine/bundle/visit_model.h"
#include "engine/ir/program.h"

namespace writ::bundle {

template <>
struct IsPlain<ir::Node> : std::true_type {};

template <>
struct LastOf<ir::Severity> {
  static constexpr ir::Severity value = ir::Severity::critical;
};
template <>
struct LastOf<ir::Status> {
  static constexpr ir::Status value = ir::Status::project;
};
template <>
struct LastOf<ir::Provision::Kind> {
  static constexpr ir::Provision::Kind value = ir::Provision::Kind::judged;
};

template <class A>
void visit(A& ar, ir::Citation& v) {
  ar(v.instrument, v.provision);
}
template <class A>
void visit(A& ar, ir::Effective& v) {
  ar(v.days, v.when, v.span, v.uncertain);
}
template <class A>
void visit(A& ar, ir::Amended& v) {
  ar(v.amendment, v.what, v.cites);
}
template <class A>
void visit(A& ar, ir::History& v) {
  ar(v.suspended, v.published, v.unpublished, v.never, v.repealed, v.amended);
}
template <class A>
void visit(A& ar, ir::Pack& v) {
  ar(v.name, v.title, v.version, v.licence, v.description, v.language, v.law_checked_until, v.span);
}
template <class A>
void visit(A& ar, ir::Provision& v) {
  ar(v.unit, v.kind, v.reason);
}
template <class A>
void visit(A& ar, ir::Instrument& v) {
  ar(v.name, v.package, v.title, v.jurisdiction, v.url, v.published, v.in_force, v.span, v.provisions);
}
template <class A>
void visit(A& ar, ir::Defeater& v) {
  ar(v.when, v.cites, v.span);
}
template <class A>
void visit(A& ar, ir::Unless& v) {
  ar(v.title, v.when, v.cites, v.but_not, v.span);
}
template <class A>
void visit(A& ar, ir::Role& v) {
  ar(v.name, v.package, v.title, v.cites, v.member, v.span, v.var, v.means, v.unless);
}
template <class A>
void visit(A& ar, ir::Group& v) {
  ar(v.name, v.package, v.title, v.cites, v.span);
}
template <class A>
void visit(A& ar, ir::Scope& v) {
  ar(v.name, v.package, v.title, v.instrument, v.cites, v.means, v.unless, v.span);
}
template <class A>
void visit(A& ar, ir::Term& v) {
  ar(v.name, v.package, v.title, v.cites, v.params, v.type, v.means, v.unless, v.span);
}
template <class A>
void visit(A& ar, ir::SetEntry& v) {
  ar(v.member, v.days, v.span);
}
template <class A>
void visit(A& ar, ir::Supplied& v) {
  ar(v.declared, v.file, v.digest, v.known_until, v.rows);
}
template <class A>
void visit(A& ar, ir::Set& v) {
  ar(v.name, v.package, v.title, v.cites, v.element, v.known, v.entries, v.algebra, v.span, v.supplied);
}
template <class A>
void visit(A& ar, ir::TableRow& v) {
  ar(v.keys, v.value, v.days, v.span);
}
template <class A>
void visit(A& ar, ir::Table& v) {
  ar(v.name, v.package, v.title, v.cites, v.keys, v.type, v.known, v.rows, v.otherwise_absent, v.otherwise, v.span,
     v.supplied, v.columns);
}
template <class A>
void visit(A& ar, ir::Branch& v) {
  ar(v.member, v.when, v.span);
}
template <class A>
void visit(A& ar, ir::Class& v) {
  ar(v.name, v.package, v.title, v.cites, v.params, v.enumeration, v.within, v.order, v.branches, v.span);
}
template <class A>
void visit(A& ar, ir::Norm& v) {
  ar(v.criterion, v.max_age, v.independent, v.worded, v.span);
}
template <class A>
void visit(A& ar, ir::Readings::Reading& v) {
  ar(v.name, v.title, v.cites, v.span);
}
template <class A>
void visit(A& ar, ir::Readings& v) {
  ar(v.name, v.package, v.title, v.readings, v.span);
}
template <class A>
void visit(A& ar, ir::Calendar& v) {
  ar(v.name, v.package, v.title, v.cites, v.known, v.weekend, v.holidays, v.span);
}
template <class A>
void visit(A& ar, ir::Presumption& v) {
  ar(v.fact, v.value, v.when, v.cites, v.span);
}
template <class A>
void visit(A& ar, ir::Amendment& v) {
  ar(v.target, v.by, v.title, v.published, v.sequence, v.cites, v.span);
}
template <class A>
void visit(A& ar, ir::Penalty& v) {
  ar(v.citation, v.text, v.amount, v.when, v.span);
}
template <class A>
void visit(A& ar, ir::Requirement& v) {
  ar(v.label, v.forbids, v.holds, v.cites, v.severity, v.remedy, v.note, v.span, v.presumptions);
}
template <class A>
void visit(A& ar, ir::ForEach& v) {
  ar(v.var, v.variable, v.list, v.where, v.path);
}
template <class A>
void visit(A& ar, ir::Rule& v) {
  ar(v.name, v.package, v.title, v.pack, v.cites, v.groups, v.scope, v.binds, v.effective, v.for_each, v.judged_on,
     v.applies, v.requirements, v.exceptions, v.transitionals, v.severity, v.penalties, v.presumptions, v.history,
     v.remedy, v.note, v.author, v.reviewer, v.status, v.sources, v.not_waivable, v.span);
}
template <class A>
void visit(A& ar, ir::Exception& v) {
  ar(v.name, v.package, v.title, v.cites, v.var, v.when, v.but_not, v.effective, v.only_labels, v.span, v.instead,
     v.yields_to, v.presumptions, v.history);
}
template <class A>
void visit(A& ar, ir::Transitional& v) {
  ar(v.name, v.package, v.title, v.cites, v.var, v.when, v.effective, v.span, v.history);
}
template <class A>
void visit(A& ar, ir::Portfolio& v) {
  ar(v.name, v.package, v.title, v.pack, v.var, v.kind, v.cites, v.binds, v.effective, v.where, v.key, v.weight,
     v.requirements, v.penalties, v.severity, v.remedy, v.note, v.author, v.reviewer, v.status, v.sources,
     v.not_waivable, v.span);
}
/// Without its vocabulary, which is stored apart.
template <class A>
void visit(A& ar, ir::Program& v) {
  ar(v.nodes, v.types, v.spans, v.lists, v.constants, v.slots, v.packs, v.instruments, v.roles, v.groups, v.scopes,
     v.terms, v.sets, v.tables, v.classes, v.rules, v.exceptions, v.transitionals, v.norms, v.readings, v.calendars,
     v.presumptions, v.amendments, v.portfolios, v.bearer, v.known_at, v.publications);
}

}  // namespace writ::bundle
