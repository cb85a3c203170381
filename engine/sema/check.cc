#include "engine/sema/calendars.h"
#include "engine/sema/context.h"
#include "engine/sema/items.h"
#include "engine/sema/names.h"
#include "engine/sema/vocabulary.h"

namespace writ::sema {

Checked check(const std::vector<ast::File>& files, const SourceMap& sources, Diagnostics& out) {
  Checked checked;
  checked.vocabulary = std::make_shared<model::Vocabulary>();
  Context context(files, sources, checked, out);
  for (const ast::File& file : files) {
    checked.files.push_back({std::vector<model::TypeId>(file.exprs.size(), context.basic.error),
                             std::vector<Meaning>(file.exprs.size()),
                             std::vector<std::uint32_t>(file.exprs.size(), UINT32_MAX)});
  }

  declare_packages(context);
  declare_items(context);
  build_units(context);
  declare_types(context);
  build_records(context);
  declare_signatures(context);
  resolve_amendments(context);

  check_instruments(context);
  check_terms(context);
  check_calendars(context);
  check_roles(context);
  check_sets(context);
  check_tables(context);
  check_classes(context);
  check_rules(context);
  check_exceptions(context);
  check_portfolios(context);
  check_amendments(context);
  check_yields(context);
  check_presumptions(context);
  check_tests(context);

  check_cycles(context);
  check_placement(context);
  check_presence(context);
  check_constants(context);
  report_unused(context);
  return checked;
}

}  // namespace writ::sema
