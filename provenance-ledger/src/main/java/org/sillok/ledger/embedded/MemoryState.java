package org.sillok.ledger.embedded;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.sillok.ledger.json.RecordJson;

/** The state of a replay; append-only tables go to {@code appended} and are forgotten. */
final class MemoryState implements State {

  /** Takes an item that is never read again. */
  interface Appended {
    void item(Table<?> table, String item, String body);
  }

  private final Map<Table<?>, Map<String, Record>> tables = new ConcurrentHashMap<>();
  private final Appended appended;

  MemoryState(Appended appended) {
    this.appended = appended;
  }

  @Override
  public <T extends Record> Optional<T> find(Table<T> table, String item) {
    return Optional.ofNullable(rows(table).get(item)).map(table.type()::cast);
  }

  @Override
  public <T extends Record> List<T> all(Table<T> table) {
    return rows(table).values().stream().map(table.type()::cast).toList();
  }

  @Override
  public <T extends Record> void put(Table<T> table, String item, T value) {
    if (table.appendOnly()) {
      appended.item(table, item, RecordJson.write(value));
    } else {
      rows(table).put(item, value);
    }
  }

  /** The texts of all items, as the tables should hold them. */
  Map<String, String> bodies(Table<?> table) {
    Map<String, String> bodies = new TreeMap<>();
    rows(table).forEach((item, value) -> bodies.put(item, RecordJson.write(value)));
    return bodies;
  }

  private Map<String, Record> rows(Table<?> table) {
    return tables.computeIfAbsent(table, any -> new TreeMap<>());
  }
}
