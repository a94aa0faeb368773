package org.sillok.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sillok.log.LogFixture.create;
import static org.sillok.log.LogFixture.drain;
import static org.sillok.log.LogFixture.insert;
import static org.sillok.log.LogFixture.sequencer;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sillok.faults.Anvil;
import org.sillok.faults.FaultProxy;
import org.sillok.ledger.Address;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LedgerRefusedException;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogVkey;
import org.sillok.ledger.Rule;
import org.sillok.ledger.TokenKeys;
import org.sillok.ledger.TreeHead;
import org.sillok.ledger.besu.BesuFixture;
import org.sillok.ledger.besu.BesuLedger;
import org.sillok.log.LogFixture;
import org.sillok.log.LogReader;
import org.sillok.log.OpenLog;
import org.sillok.merkle.TiledTree;

/** A hospital's log and a chain that the hospital does not own. */
class AnchorOnBesuIT {

  private static final HospitalId SEOUL = new HospitalId("seoul");
  private static final LogId LOG = LogId.first(SEOUL);

  private final TestClock clock = new TestClock();
  private final OpenLog log = LogFixture.openLog();
  private final DataSource database = LogFixture.h2();
  private Anvil chain;
  private FaultProxy proxy;
  private BesuFixture fixture;
  private BesuLedger ledger;

  @BeforeEach
  void start() {
    chain = Anvil.start();
    fixture =
        new BesuFixture(
            chain,
            JdbcConnectionPool.create(
                "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", ""));
    fixture.found(
        List.of(
            new Hospital(
                SEOUL,
                "Seoul",
                URI.create("https://seoul.example/fhir"),
                fixture.account("owner").address(),
                publisher(),
                new LogVkey(log.vkey().toString()),
                TokenKeys.NONE,
                true)));
    proxy = new FaultProxy(chain::url);
    fixture.through(proxy.url());
    ledger = fixture.second();
  }

  @AfterEach
  void stop() {
    proxy.close();
    chain.close();
  }

  private Address publisher() {
    return fixture.account("publisher").address();
  }

  private LedgerAnchor anchor(DataSource its) {
    return new LedgerAnchor(
        its,
        log,
        ledger,
        SEOUL,
        publisher(),
        HeadMemory.NONE,
        new AnchorPolicy(Duration.ofSeconds(5), 1000),
        clock,
        new Random(1));
  }

  private static void write(DataSource to, String name, int entries) {
    for (int i = 0; i < entries; i++) {
      insert(to, create(name + i));
    }
    drain(sequencer(to, 1000));
  }

  private long transactions() {
    return Long.decode(
        chain.rpc("eth_getTransactionCount", publisher().toString(), "latest").asText());
  }

  @Test
  void anHourWithoutTheChainIsMadeUpForByOneHead() {
    LedgerAnchor anchor = anchor(database);
    write(database, "before", 3);
    assertThat(anchor.runOnce()).isTrue();
    proxy.down(true);
    for (int second = 0; second < 3600; second++) {
      if (second % 60 == 0) {
        write(database, "minute" + second + "-", 5);
      }
      assertThat(anchor.runOnce()).isFalse();
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(anchor.state().treeSize()).isEqualTo(303);
    assertThat(anchor.state().anchoredSize()).isEqualTo(3);
    assertThat(anchor.state().failingSince()).isPresent();
    proxy.down(false);
    clock.advance(Duration.ofMinutes(2));
    assertThat(anchor.runOnce()).isTrue();
    assertThat(anchor.state().anchoredSize()).isEqualTo(303);
    assertThat(anchor.state().failingSince()).isEmpty();
    assertThat(transactions()).isEqualTo(2);
  }

  @Test
  void aHospitalThatRewritesItsDatabaseAndItsLogIsRefusedAndTold() {
    write(database, "true", 5);
    assertThat(anchor(database).runOnce()).isTrue();
    TreeHead accepted = ledger.checkpoints().latest(LOG).orElseThrow().head();

    DataSource rewritten = LogFixture.h2();
    write(rewritten, "forged", 9);
    LedgerAnchor anchor = anchor(rewritten);
    assertThat(anchor.runOnce()).isFalse();
    assertThat(anchor.state().stopped().orElseThrow())
        .contains("does not extend the ledger's head of size 5");

    // Whoever leaves that check out meets the contract's.
    TiledTree forged = new TiledTree(new LogReader(rewritten, log.mac()).tiles(1));
    assertThatThrownBy(
            () ->
                ledger
                    .checkpoints()
                    .publish(
                        publisher(),
                        LOG,
                        new TreeHead(9, forged.root(9)),
                        forged.consistency(5, 9)))
        .isInstanceOfSatisfying(
            LedgerRefusedException.class,
            refusal -> {
              assertThat(refusal.rule()).isEqualTo(Rule.CONSISTENCY_PROOF_INVALID);
              assertThat(refusal.want()).contains(accepted.root().toString());
            });
    assertThatThrownBy(
            () ->
                ledger
                    .checkpoints()
                    .publish(
                        publisher(),
                        LOG,
                        new TreeHead(5, forged.root(5)),
                        forged.consistency(5, 5)))
        .isInstanceOfSatisfying(
            LedgerRefusedException.class,
            refusal -> assertThat(refusal.rule()).isEqualTo(Rule.CHECKPOINT_CONFLICTS));
    assertThat(ledger.checkpoints().latest(LOG).orElseThrow().head()).isEqualTo(accepted);
    assertThat(transactions()).isEqualTo(1);
  }
}
