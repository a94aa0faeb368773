package org.sillok.ledger.besu.view;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sillok.ledger.Address;
import org.sillok.ledger.ConsentState.Status;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.besu.abi.Events;
import org.sillok.ledger.besu.block.Keccak;
import org.sillok.ledger.besu.rpc.ChainLog;
import org.sillok.merkle.Hash;

/** What is held in memory, and how much that is. */
class LedgerViewTest {

  private static final HospitalId SEOUL = new HospitalId("seoul");
  private static final HospitalId BUSAN = new HospitalId("busan");
  private static final Instant TIME = Instant.ofEpochSecond(1_795_000_000);
  private static final Hash CONTENT = Hash.ofHex("c0".repeat(32));
  private static final Address CONTRACT = Address.parse("0x" + "cc".repeat(20));
  private static final String RECORDED = "ConsentRecorded(bytes32,bytes32,bytes32,uint64)";
  private static final String WITHDRAWN = "ConsentWithdrawn(bytes32,bytes32,bool)";

  private static FollowedEvent event(
      long number, String signature, HospitalId hospital, Hash second, String data) {
    ChainLog log =
        new ChainLog(
            CONTRACT,
            List.of(Keccak.hash(signature.getBytes(US_ASCII)), Events.topic(hospital), second),
            data,
            CONTENT,
            0,
            number,
            CONTENT);
    return new FollowedEvent(log, TIME);
  }

  private static Hash id(long number) {
    return Keccak.hash(Long.toString(number).getBytes(US_ASCII));
  }

  private static FollowedEvent recorded(long number, HospitalId custodian) {
    String never = "%064x".formatted(Long.MAX_VALUE);
    return event(number, RECORDED, custodian, id(number), "0x" + CONTENT + never);
  }

  private static FollowedEvent withdrawn(long number, long block, HospitalId custodian) {
    return event(block, WITHDRAWN, custodian, id(number), "0x" + "0".repeat(64));
  }

  private static Cursor cursor(long number) {
    return new Cursor(number, CONTENT, TIME);
  }

  private static LedgerView after(LedgerView view, Stream<FollowedEvent> events) {
    return view.with(each -> events.forEach(each), cursor(9));
  }

  @Test
  void holdsTheOwnConsentsWhateverBecameOfThem() {
    LedgerView view =
        after(
            LedgerView.empty(SEOUL),
            Stream.of(recorded(1, SEOUL), recorded(2, SEOUL), withdrawn(1, 3, SEOUL)));
    assertThat(view.consents(SEOUL))
        .extracting(consent -> consent.status())
        .containsExactlyInAnyOrder(Status.REVOKED, Status.ACTIVE);
    assertThatThrownBy(() -> view.consents(BUSAN)).isInstanceOf(IllegalArgumentException.class);
  }

  /** What does not fit leaves no trace. */
  @Test
  void isNeverHalfChanged() {
    LedgerView before = after(LedgerView.empty(SEOUL), Stream.of(recorded(1, SEOUL)));
    assertThatThrownBy(
            () -> after(before, Stream.of(withdrawn(1, 2, SEOUL), withdrawn(7, 2, SEOUL))))
        .isInstanceOf(IllegalStateException.class);
    assertThat(before.consents(SEOUL).get(0).status()).isEqualTo(Status.ACTIVE);
    LedgerView next = after(before, Stream.of(withdrawn(1, 2, SEOUL)));
    assertThat(before.consents(SEOUL).get(0).status()).isEqualTo(Status.ACTIVE);
    assertThat(next.consents(SEOUL).get(0).status()).isEqualTo(Status.REVOKED);
  }

  private static long heap() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      Thread.sleep(50);
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  @Test
  void tenThousandOwnConsentsTakeSomeMegabytesAndAnothersFloodNothing() throws Exception {
    int many = 10_000;
    long empty = heap();
    LedgerView own =
        after(
            LedgerView.empty(SEOUL),
            Stream.iterate(1L, n -> n <= many, n -> n + 1).map(n -> recorded(n, SEOUL)));
    long filled = heap();
    assertThat(own.consents(SEOUL)).hasSize(many);
    assertThat(filled - empty).as("bytes for %d consents", many).isLessThan(8L << 20);
    LedgerView flooded = own;
    for (int block = 0; block < 50; block++) {
      long first = 1_000L * block;
      flooded =
          after(
              flooded,
              Stream.iterate(first, n -> n < first + 1_000, n -> n + 1)
                  .map(n -> recorded(n, BUSAN)));
    }
    long after = heap();
    assertThat(flooded.consents(SEOUL)).hasSize(many);
    assertThat(after - filled).as("bytes after 50,000 of another's").isLessThan(2L << 20);
  }
}
