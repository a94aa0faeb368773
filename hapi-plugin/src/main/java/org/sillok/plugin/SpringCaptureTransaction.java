package org.sillok.plugin;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.sillok.capture.CaptureTransaction;
import org.sillok.capture.CapturedWrites;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Spring's transaction of the calling thread, whose JDBC connection HAPI's transaction manager
 * shares through the data source.
 */
final class SpringCaptureTransaction implements CaptureTransaction {

  private final DataSource dataSource;
  private final Supplier<CapturedWrites> fresh;
  private final IntConsumer onInserted;

  /**
   * @param onInserted told how many entries each insert wrote
   */
  SpringCaptureTransaction(
      DataSource dataSource, Supplier<CapturedWrites> fresh, IntConsumer onInserted) {
    this.dataSource = dataSource;
    this.fresh = fresh;
    this.onInserted = onInserted;
  }

  @Override
  public CapturedWrites current() {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException(
          "a write outside of any transaction cannot be logged with it");
    }
    Object bound = TransactionSynchronizationManager.getResource(this);
    if (bound != null) {
      return (CapturedWrites) bound;
    }
    CapturedWrites writes = fresh.get();
    TransactionSynchronizationManager.registerSynchronization(new Lifetime(writes));
    TransactionSynchronizationManager.bindResource(this, writes);
    return writes;
  }

  @Override
  public void insertLate(CapturedWrites writes) {
    insert(writes);
  }

  private void insert(CapturedWrites writes) {
    Connection connection = DataSourceUtils.getConnection(dataSource);
    try {
      onInserted.accept(writes.insert(connection));
    } catch (SQLException e) {
      throw new DataAccessResourceFailureException(
          "The provenance of this write could not be recorded", e);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  /** Binds the writes to their transaction, through suspensions, until it ends. */
  private final class Lifetime implements TransactionSynchronization {

    private final CapturedWrites writes;

    Lifetime(CapturedWrites writes) {
      this.writes = writes;
    }

    @Override
    public void suspend() {
      TransactionSynchronizationManager.unbindResource(SpringCaptureTransaction.this);
    }

    @Override
    public void resume() {
      TransactionSynchronizationManager.bindResource(SpringCaptureTransaction.this, writes);
    }

    @Override
    public void beforeCommit(boolean readOnly) {
      insert(writes);
    }

    @Override
    public void afterCompletion(int status) {
      TransactionSynchronizationManager.unbindResourceIfPossible(SpringCaptureTransaction.this);
    }
  }
}
