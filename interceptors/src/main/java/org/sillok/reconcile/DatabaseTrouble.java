package org.sillok.reconcile;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells trouble with the database, which passes, from a row that the database cannot give or that
 * nobody can make sense of.
 */
public final class DatabaseTrouble {

  /**
   * Classes of SQLSTATE: connection, rolled back for others' sake, resources, state of the object,
   * operator, operating system.
   */
  private static final Set<String> PASSING = Set.of("08", "40", "53", "55", "57", "58");

  private DatabaseTrouble() {}

  /** Whether trouble with the database is behind {@code failure}. */
  public static boolean isCauseOf(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return passes(sql);
      }
    }
    return false;
  }

  /**
   * What sort of failure it is: its class, and what the database calls it. Its message is left out,
   * which may quote what is stored.
   */
  public static String kindOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return failure.getClass().getSimpleName() + ", SQLSTATE " + sql.getSQLState();
      }
    }
    return failure.getClass().getSimpleName();
  }

  private static boolean passes(SQLException e) {
    return e instanceof SQLTransientException
        || e instanceof SQLRecoverableException
        || e instanceof SQLNonTransientConnectionException
        || isPassing(e.getSQLState());
  }

  private static boolean isPassing(@Nullable String state) {
    return state == null || state.length() < 2 || PASSING.contains(state.substring(0, 2));
  }
}
