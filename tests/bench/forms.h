// How often a document says something in a special form, in per cent. The fixtures have explicit nulls in 4 % of their
// scalars and every other form in a few thousandths; most rates here are higher, so that a reader cannot ignore them.
#pragma once

namespace writ::bench {

struct Forms {
  double null = 25;          // of optional facts that are stated: stated to be absent
  double unknown = 1;        // of facts: {"unknown": "not_assessed"}
  double placeholder = 0.3;  // of scalars: "TBD"
  double estimate = 2;       // of numbers: {"between": [a, b]}, bounds; of members of enumerations: {"one_of": [a, b]}
  double incomplete = 1;     // of lists and sets: {"incomplete": [a]}
  double evidence = 1;       // of scalars, sets and lists: {"value": …, "evidence": …, "as_of": …}
  double unit = 50;  // of quantities: a text with the unit, "3.3e24 FLOP"; else a bare number in the fact's own unit
  double long_number = 1;   // of numbers: with more digits than 64 bits hold
  double escape = 5;        // of texts: \", \\, \n or \u00e9
  double beyond_ascii = 5;  // of texts: letters beyond ASCII, as themselves
  double own_key = 5;       // of documents and of 1 record in 20: a key of one's own, "x-…"
  double shuffled = 10;     // of records: facts in another order than in the vocabulary

  /// The best case: values as they are, in one order.
  static Forms plain() { return {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}; }
};

}  // namespace writ::bench
