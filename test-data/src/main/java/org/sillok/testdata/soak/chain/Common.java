package org.sillok.testdata.soak.chain;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LogId;
import org.sillok.ledger.besu.BesuSettings;
import org.sillok.ledger.besu.rpc.RpcSettings;
import org.sillok.ledger.besu.send.SendSettings;
import org.sillok.merkle.Hash;

/** What the servers and those who watch them have agreed on. */
final class Common {

  static final String HOSPITAL = "seoul";
  static final List<String> MEMBERS = List.of(HOSPITAL, "busan", "jeju");
  static final LogId LOG = LogId.first(new HospitalId(HOSPITAL));

  /** What every consent commits to. */
  static final Hash CONTENT = Hash.ofHex("c0".repeat(32));

  /** One more than the deepest reorganisation. */
  static final int CONFIRMATIONS = 6;

  static final Duration BLOCK_PERIOD = Duration.ofMillis(100);

  private Common() {}

  /** Of a server in a hurry. */
  static BesuSettings impatient(URI node) {
    return settings(
        RpcSettings.of(List.of(node)).withTimeouts(Duration.ofMillis(500), Duration.ofMillis(1500)),
        new SendSettings(Duration.ofMillis(50), Duration.ofMillis(300), Duration.ofSeconds(3)));
  }

  /** Of somebody who waits for what the members decide, also for a node that is slow. */
  static BesuSettings patient(URI node) {
    return settings(
        RpcSettings.of(List.of(node)).withTimeouts(Duration.ofSeconds(10), Duration.ofMinutes(1)),
        new SendSettings(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMinutes(1)));
  }

  private static BesuSettings settings(RpcSettings rpc, SendSettings sending) {
    return BesuSettings.of(rpc).withSending(sending).withConfirmations(CONFIRMATIONS);
  }
}
