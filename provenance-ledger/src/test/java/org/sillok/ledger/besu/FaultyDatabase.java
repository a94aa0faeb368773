package org.sillok.ledger.besu;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A database whose commits can be watched and made to fail. */
final class FaultyDatabase {

  /** Something that may throw when a transaction ends. */
  interface Step {
    void run() throws SQLException;
  }

  private final DataSource real;
  private volatile Step before = () -> {};
  private volatile Step after = () -> {};

  FaultyDatabase(DataSource real) {
    this.real = real;
  }

  /** Runs before and after each commit. */
  void around(Step first, Step then) {
    before = first;
    after = then;
  }

  DataSource dataSource() {
    return (DataSource)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) ->
                method.getName().equals("getConnection")
                    ? connection(real.getConnection())
                    : invoke(method, real, arguments));
  }

  private Connection connection(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("commit")) {
                return invoke(method, connection, arguments);
              }
              before.run();
              Object result = invoke(method, connection, arguments);
              after.run();
              return result;
            });
  }

  private static Object invoke(java.lang.reflect.Method method, Object target, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }
}
