package org.sillok.ledger.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sillok.ledger.LedgerUnavailableException;
import org.sillok.ledger.json.JsonFormException;
import org.sillok.ledger.json.RecordJson;

/** The state tables, within the caller's transaction. */
final class JdbcState implements State {

  private final Connection connection;

  JdbcState(Connection connection) {
    this.connection = connection;
  }

  @Override
  public <T extends Record> Optional<T> find(Table<T> table, String item) {
    return body(table, item).map(body -> read(table, item, body));
  }

  /** The item's text as it is stored. */
  Optional<String> body(Table<?> table, String item) {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT body FROM " + table.name() + " WHERE item = ?")) {
      select.setString(1, item);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new LedgerUnavailableException("cannot read " + table.name(), e);
    }
  }

  @Override
  public <T extends Record> List<T> all(Table<T> table) {
    return since(table, "");
  }

  /** The items from {@code first} on, by item. */
  <T extends Record> List<T> since(Table<T> table, String first) {
    List<T> items = new ArrayList<>();
    bodies(table, first).forEach((item, body) -> items.add(read(table, item, body)));
    return items;
  }

  /** The first items behind {@code item} that begin with {@code prefix}, by item. */
  <T extends Record> List<T> after(Table<T> table, String prefix, String item, int most) {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT item, body FROM "
                + table.name()
                + " WHERE item > ? AND item LIKE ? ORDER BY item FETCH FIRST ? ROWS ONLY")) {
      select.setString(1, item);
      select.setString(2, prefix + "%");
      select.setInt(3, most);
      List<T> items = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          items.add(read(table, row.getString(1), row.getString(2)));
        }
      }
      return items;
    } catch (SQLException e) {
      throw new LedgerUnavailableException("cannot read " + table.name(), e);
    }
  }

  /** The texts of all items as they are stored. */
  Map<String, String> bodies(Table<?> table) {
    return bodies(table, "");
  }

  private Map<String, String> bodies(Table<?> table, String first) {
    Map<String, String> bodies = new TreeMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT item, body FROM " + table.name() + " WHERE item >= ?")) {
      select.setString(1, first);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          bodies.put(row.getString(1), row.getString(2));
        }
      }
      return bodies;
    } catch (SQLException e) {
      throw new LedgerUnavailableException("cannot read " + table.name(), e);
    }
  }

  /** Of all items as they are stored, however many. */
  void addTo(RowSum sum, Table<?> table) {
    String last = "";
    Map<String, String> page = page(table, "item >= ?", last);
    while (!page.isEmpty()) {
      for (Map.Entry<String, String> item : page.entrySet()) {
        sum.add(item.getKey(), item.getValue());
        last = item.getKey();
      }
      page = page(table, "item > ?", last);
    }
  }

  private Map<String, String> page(Table<?> table, String condition, String item) {
    Map<String, String> page = new LinkedHashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT item, body FROM "
                + table.name()
                + " WHERE "
                + condition
                + " ORDER BY item FETCH FIRST 1000 ROWS ONLY")) {
      select.setString(1, item);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          page.put(row.getString(1), row.getString(2));
        }
      }
      return page;
    } catch (SQLException e) {
      throw new LedgerUnavailableException("cannot read " + table.name(), e);
    }
  }

  long count(Table<?> table) {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT COUNT(*) FROM " + table.name());
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new LedgerUnavailableException("cannot read " + table.name(), e);
    }
  }

  @Override
  public <T extends Record> void put(Table<T> table, String item, T value) {
    String body = RecordJson.write(value);
    try {
      if (table.appendOnly() || update(table, item, body) == 0) {
        insert(table, item, body);
      }
    } catch (SQLException e) {
      throw new LedgerUnavailableException("cannot write " + table.name(), e);
    }
  }

  private int update(Table<?> table, String item, String body) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE " + table.name() + " SET body = ? WHERE item = ?")) {
      update.setString(1, body);
      update.setString(2, item);
      return update.executeUpdate();
    }
  }

  private void insert(Table<?> table, String item, String body) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO " + table.name() + " (item, body) VALUES (?, ?)")) {
      insert.setString(1, item);
      insert.setString(2, body);
      insert.executeUpdate();
    }
  }

  private static <T extends Record> T read(Table<T> table, String item, String body) {
    try {
      return RecordJson.read(table.type(), body);
    } catch (JsonFormException e) {
      throw new LedgerUnavailableException(
          table.name() + " does not hold what the ledger wrote for " + item, e);
    }
  }
}
