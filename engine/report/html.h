// The page in parts. Private to this room.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/report/formats.h"
#include "engine/report/sheet.h"
#include "engine/report/sheet_text.h"

namespace writ::report {

[[nodiscard]] std::string_view html_style();

class Page {
 public:
  explicit Page(const Sheet& sheet);
  [[nodiscard]] std::string write();

 private:
  using Rows = std::vector<const SheetRow*>;
  // html.cc
  void head();
  void verdict();
  void figures();
  void foot();
  // html_findings.cc
  void finding(const SheetRow& row, const char* edge);
  void against();
  void questions();
  void judgement();
  void waived();
  void information();
  void rest();
  void table(const Rows& rows, const char* label);
  // html_overview.cc
  void chart();
  void matrix();
  void time();
  void law();
  void diagnostics();

  const Sheet& sheet_;
  Rows against_, open_, judged_, waived_, information_, dated_, rest_;
  std::size_t inapplicable_ = 0;
  std::string out_;
};

}  // namespace writ::report
