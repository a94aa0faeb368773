package org.sillok.plugin;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Tells whether the database's driver puts the values of a statement that fails into its messages,
 * and so into logs: contents of resources, and nonces, which open commitments.
 */
final class LoggedValues {

  private static final String SAFE = "logServerErrorDetail=false";

  private LoggedValues() {}

  static Optional<String> warning(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection()) {
      DatabaseMetaData data = connection.getMetaData();
      return warning(data.getDatabaseProductName(), data.getURL());
    } catch (SQLException e) {
      throw new IllegalStateException("The database cannot be reached", e);
    }
  }

  static Optional<String> warning(String product, String url) {
    return product.equals("PostgreSQL") && !url.contains(SAFE)
        ? Optional.of(
            "PostgreSQL's driver writes the values of statements that fail into logs, patients' data"
                + " among them. Add "
                + SAFE
                + " to the parameters of spring.datasource.url.")
        : Optional.empty();
  }
}
