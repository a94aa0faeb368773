package org.sillok.ledger.besu.send;

import java.time.Duration;

/**
 * How long to wait for what.
 *
 * @param poll between looks for a receipt; about a block period
 * @param resend from one sending of the same bytes to the next
 * @param patience until a writer is told that its transaction is still in flight; it is sent again
 *     all the same
 */
public record SendSettings(Duration poll, Duration resend, Duration patience) {

  /** For blocks of one second. */
  public static final SendSettings DEFAULT =
      new SendSettings(Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofSeconds(30));

  public SendSettings {
    if (poll.isNegative() || poll.isZero() || resend.compareTo(poll) < 0) {
      throw new IllegalArgumentException("0 < poll <= resend, got " + poll + " and " + resend);
    }
  }
}
