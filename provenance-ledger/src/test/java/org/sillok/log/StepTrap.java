package org.sillok.log;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A database of which every instruction that reaches it can be watched, and failed: before each
 * statement is sent, and before and after each commit.
 */
public final class StepTrap implements DataSource {

  private static final Set<String> STEPS =
      Set.of("executeQuery", "executeUpdate", "executeBatch", "commit");

  private final DataSource real;
  private final Consumer<String> onStep;

  public StepTrap(DataSource real, Consumer<String> onStep) {
    this.real = real;
    this.onStep = onStep;
  }

  @Override
  public Connection getConnection() throws SQLException {
    onStep.accept("getConnection");
    return watched(Connection.class, real.getConnection());
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }

  private <T> T watched(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              String name = method.getName();
              if (STEPS.contains(name)) {
                onStep.accept(name);
              }
              Object result;
              try {
                result = method.invoke(target, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              if (name.equals("commit")) {
                onStep.accept("committed");
              }
              return result instanceof PreparedStatement statement
                  ? watched(PreparedStatement.class, statement)
                  : result;
            }));
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return real.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    real.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    real.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return real.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return real.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return real.isWrapperFor(type);
  }
}
