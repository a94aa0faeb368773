package org.sillok.server;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A database server that does not answer, or does not let this server in. */
final class DatabaseUnreachableAnalyzer extends AbstractFailureAnalyzer<SQLException> {

  /** Classes of SQLSTATE: connection, authorization, no such database, resources, operator. */
  private static final Set<String> REFUSED = Set.of("08", "28", "3D", "53", "57");

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
    String state = cause.getSQLState();
    if (state == null || state.length() < 2 || !REFUSED.contains(state.substring(0, 2))) {
      return null;
    }
    return new FailureAnalysis(
        "The database cannot be used: " + cause.getMessage(),
        "Check spring.datasource.url, username and password, here and in the environment, and"
            + " whether the database server runs.",
        cause);
  }
}
