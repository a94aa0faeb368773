package org.sillok.ledger.besu.view;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sillok.ledger.Address;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LogId;
import org.sillok.ledger.besu.abi.Events;
import org.sillok.ledger.besu.block.Keccak;
import org.sillok.ledger.besu.rpc.ChainLog;
import org.sillok.merkle.Hash;

class EventStoreTest {

  private static final HospitalId SEOUL = new HospitalId("seoul");
  private static final HospitalId BUSAN = new HospitalId("busan");
  private static final Instant TIME = Instant.ofEpochSecond(1_795_000_000);
  private static final Hash HASH = Hash.ofHex("c0".repeat(32));
  private static final String PUBLISHED = "CheckpointPublished(bytes32,uint32,uint64,bytes32)";

  private JdbcConnectionPool database;
  private EventStore store;

  @BeforeEach
  void migrate() {
    database =
        JdbcConnectionPool.create(
            "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    Flyway.configure()
        .dataSource(database)
        .locations("classpath:org/sillok/schema")
        .load()
        .migrate();
    store = new EventStore(database, "ours");
  }

  @AfterEach
  void close() {
    database.dispose();
  }

  private static Hash word(long number) {
    return Hash.ofHex("%064x".formatted(number));
  }

  /** One head in each block, as large as the block's number, a second after the one before. */
  private static FollowedEvent head(HospitalId hospital, long block) {
    ChainLog log =
        new ChainLog(
            Address.parse("0x" + "cc".repeat(20)),
            List.of(
                Keccak.hash(PUBLISHED.getBytes(US_ASCII)),
                Events.topic(hospital),
                word(1),
                word(block)),
            "0x" + HASH,
            HASH,
            hospital.equals(SEOUL) ? 0 : 1,
            block,
            HASH);
    return new FollowedEvent(log, TIME.plusSeconds(block));
  }

  private static Cursor cursor(long number) {
    return new Cursor(number, HASH, TIME.plusSeconds(number));
  }

  private void append(long from, long to) {
    List<FollowedEvent> events = new ArrayList<>();
    for (long block = from; block <= to; block++) {
      events.add(head(SEOUL, block));
      events.add(head(BUSAN, block));
    }
    store.append(events, from, cursor(to), 1);
  }

  private int heads(HospitalId hospital) {
    return store.checkpointsAfter(LogId.first(hospital), 0, 1000).size();
  }

  /** One transaction may have been said to have emitted everything: no event gets lost by that. */
  @Test
  void keepsEventsByTheirPlace() {
    append(1, 10);
    append(5, 12);
    assertThat(heads(SEOUL)).isEqualTo(12);
    assertThat(store.cursor()).contains(cursor(12));
  }

  @Test
  void otherHospitalsHeadsAreForgottenButTheNewest() {
    append(1, 20);
    assertThat(store.prune(SEOUL, TIME.plusSeconds(15))).isEqualTo(14);
    assertThat(heads(SEOUL)).isEqualTo(20);
    assertThat(heads(BUSAN)).isEqualTo(6);
    assertThat(store.prune(SEOUL, TIME.plusSeconds(1000))).isEqualTo(5);
    assertThat(store.checkpoint(LogId.first(BUSAN), 20)).isPresent();
    assertThat(store.prune(null, TIME.plusSeconds(1000))).isZero();
  }

  /** Another server that had come further goes on, and leaves no gap that looks like nothing. */
  @Test
  void afterDroppingTheCursorPassesNoGap() {
    append(1, 10);
    store.drop();
    append(11, 12);
    assertThat(store.cursor()).isEmpty();
    append(1, 5);
    append(11, 12);
    assertThat(store.cursor()).contains(cursor(5));
    append(6, 12);
    assertThat(store.cursor()).contains(cursor(12));
    assertThat(heads(SEOUL)).isEqualTo(12);
  }
}
