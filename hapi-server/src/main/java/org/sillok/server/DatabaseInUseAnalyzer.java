package org.sillok.server;

import org.h2.api.ErrorCode;
import org.h2.jdbc.JdbcSQLNonTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A second server on the same H2 file. */
final class DatabaseInUseAnalyzer
    extends AbstractFailureAnalyzer<JdbcSQLNonTransientConnectionException> {

  @Override
  protected @Nullable FailureAnalysis analyze(
      Throwable rootFailure, JdbcSQLNonTransientConnectionException cause) {
    if (cause.getErrorCode() != ErrorCode.DATABASE_ALREADY_OPEN_1) {
      return null;
    }
    return new FailureAnalysis(
        "The database file is in use by another process: " + cause.getOriginalMessage() + ".",
        "Stop the other server, or choose another file with spring.datasource.url.",
        cause);
  }
}
