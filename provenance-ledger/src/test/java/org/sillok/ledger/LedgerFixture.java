package org.sillok.ledger;

import java.time.Duration;
import java.util.List;
import org.sillok.ledger.eip712.TestKey;

/** What {@link LedgerContract} needs of an implementation. One fixture serves one test. */
public interface LedgerFixture extends AutoCloseable {

  /**
   * A fresh ledger whose first members are {@code founders}. It can send for every account whose
   * key {@link #account} gave out, before or after.
   */
  Ledger found(List<Hospital> founders);

  /** Another way to the same ledger, as a second server has it. */
  Ledger second();

  /** The key of that name; the same name gives the same key. */
  default TestKey account(String name) {
    return TestKey.named(name);
  }

  /** Afterwards the ledger's present time is later by {@code duration} or a little more. */
  void advanceTime(Duration duration);

  @Override
  void close();
}
