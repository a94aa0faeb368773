package org.sillok.testdata.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Somebody with the database's password, who needs no server to change what it serves. */
final class Intruder implements AutoCloseable {

  private final Connection database;

  /**
   * @param url of a database that may be opened while the server runs
   */
  Intruder(String url) throws SQLException {
    this.database = DriverManager.getConnection(url, "sa", "");
  }

  /**
   * Replaces text in the stored form of the first version of a resource.
   *
   * @return how many rows were changed
   */
  int replace(String resource, String old, String replacement) throws SQLException {
    String[] name = resource.split("/");
    try (PreparedStatement update =
        database.prepareStatement(
            "UPDATE hfj_res_ver SET res_text_vc = REPLACE(res_text_vc, ?, ?) WHERE res_ver = 1 AND res_id ="
                + " (SELECT res_id FROM hfj_resource WHERE res_type = ? AND fhir_id = ?)")) {
      update.setString(1, old);
      update.setString(2, replacement);
      update.setString(3, name[0]);
      update.setString(4, name[1]);
      return update.executeUpdate();
    }
  }

  /**
   * How many resource versions are stored, have a leaf, and are under a tree head that the ledger
   * has.
   */
  Counts counts() throws SQLException {
    return new Counts(
        number("SELECT COUNT(*) FROM hfj_res_ver"),
        number(
            "SELECT COUNT(*) FROM sillok_entry WHERE kind = 'resource' AND leaf_index IS NOT NULL"),
        number(
            "SELECT COUNT(*) FROM sillok_entry WHERE kind = 'resource' AND leaf_index <"
                + " (SELECT MAX(tree_size) FROM sillok_checkpoint WHERE anchored_at IS NOT NULL)"));
  }

  record Counts(long versions, long logged, long anchored) {

    boolean isComplete() {
      return versions > 0 && versions == logged && logged == anchored;
    }
  }

  private long number(String query) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }
}
