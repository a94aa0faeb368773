package org.sillok.capture;

/** The database transaction of the calling thread, as far as capture needs it. Thread-safe. */
public interface CaptureTransaction {

  /**
   * The writes kept for the running transaction; new ones are begun at the first call. Whoever
   * implements this calls {@link CapturedWrites#insert} once, right before that transaction
   * commits, on its own connection, and forgets the writes if it rolls back. A transaction that is
   * begun while this one is suspended has writes of its own.
   *
   * @throws IllegalStateException if no transaction is running
   */
  CapturedWrites current();

  /**
   * Inserts what came to be known after {@link CapturedWrites#insert} was called for this
   * transaction, on the same connection.
   */
  void insertLate(CapturedWrites writes);
}
