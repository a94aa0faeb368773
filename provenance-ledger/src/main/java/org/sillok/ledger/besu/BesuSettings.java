package org.sillok.ledger.besu;

import java.time.Duration;
import org.sillok.ledger.besu.rpc.RpcSettings;
import org.sillok.ledger.besu.send.SendSettings;

/**
 * How this hospital reaches and follows the chain.
 *
 * @param confirmations blocks on top of one before it counts: 0 on QBFT, whose blocks are final
 * @param staleAfter age of the newest block from which on nothing is decided by it
 */
public record BesuSettings(
    RpcSettings rpc, SendSettings sending, int confirmations, Duration staleAfter) {

  public BesuSettings {
    if (confirmations < 0 || staleAfter.isNegative() || staleAfter.isZero()) {
      throw new IllegalArgumentException(
          "confirmations count from 0 and staleAfter is more than nothing, got "
              + confirmations
              + " and "
              + staleAfter);
    }
  }

  /** Of a QBFT chain with blocks of about a second; stale after half a minute. */
  public static BesuSettings of(RpcSettings rpc) {
    return new BesuSettings(rpc, SendSettings.DEFAULT, 0, Duration.ofSeconds(30));
  }

  public BesuSettings withSending(SendSettings other) {
    return new BesuSettings(rpc, other, confirmations, staleAfter);
  }

  public BesuSettings withConfirmations(int blocks) {
    return new BesuSettings(rpc, sending, blocks, staleAfter);
  }

  public BesuSettings withStaleAfter(Duration age) {
    return new BesuSettings(rpc, sending, confirmations, age);
  }
}
