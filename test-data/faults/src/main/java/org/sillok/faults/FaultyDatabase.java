package org.sillok.faults;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A database whose commits can be watched and made to fail: of transactions, and of prepared
 * updates that are committed by themselves. Threads may share it, but not a connection.
 */
public final class FaultyDatabase {

  /** Something that may throw when something is committed. */
  public interface Step {

    /**
     * @param sql what the transaction has prepared
     */
    void run(String sql) throws SQLException;
  }

  private final DataSource real;
  private volatile Step before = sql -> {};
  private volatile Step after = sql -> {};

  public FaultyDatabase(DataSource real) {
    this.real = real;
  }

  /** Runs before and after each commit. */
  public void around(Step first, Step then) {
    before = first;
    after = then;
  }

  /** The database as its client sees it. */
  public DataSource dataSource() {
    return proxy(
        DataSource.class,
        (method, arguments) ->
            method.getName().equals("getConnection")
                ? connection(real.getConnection())
                : invoke(method, real, arguments));
  }

  private Connection connection(Connection connection) {
    StringBuilder prepared = new StringBuilder();
    return proxy(
        Connection.class,
        (method, arguments) -> {
          switch (method.getName()) {
            case "commit" -> {
              String sql = prepared.toString();
              prepared.setLength(0);
              return committed(sql, method, connection, arguments);
            }
            case "rollback" -> prepared.setLength(0);
            case "prepareStatement" -> {
              prepared.append(arguments[0]).append(";\n");
              Object statement = invoke(method, connection, arguments);
              return statement instanceof PreparedStatement real
                  ? statement(connection, real, "" + arguments[0])
                  : statement;
            }
            default -> {
              // As it is.
            }
          }
          return invoke(method, connection, arguments);
        });
  }

  private PreparedStatement statement(Connection connection, PreparedStatement real, String sql) {
    return proxy(
        PreparedStatement.class,
        (method, arguments) -> {
          boolean commits =
              (method.getName().equals("executeUpdate") || method.getName().equals("executeBatch"))
                  && connection.getAutoCommit();
          return commits
              ? committed(sql, method, real, arguments)
              : invoke(method, real, arguments);
        });
  }

  private @Nullable Object committed(
      String sql, Method method, Object target, Object @Nullable [] arguments) throws Throwable {
    before.run(sql);
    Object result = invoke(method, target, arguments);
    after.run(sql);
    return result;
  }

  private interface Handler {
    @Nullable Object handle(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Handler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            FaultyDatabase.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                handler.handle(method, arguments == null ? new Object[0] : arguments)));
  }

  private static @Nullable Object invoke(
      Method method, Object target, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }
}
