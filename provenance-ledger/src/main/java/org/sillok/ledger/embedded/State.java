package org.sillok.ledger.embedded;

import java.util.List;
import java.util.Optional;

/** What the rules read and change; either the tables or a replay in memory. */
interface State {

  <T extends Record> Optional<T> find(Table<T> table, String item);

  /** All items, in no particular order. */
  <T extends Record> List<T> all(Table<T> table);

  <T extends Record> void put(Table<T> table, String item, T value);
}
