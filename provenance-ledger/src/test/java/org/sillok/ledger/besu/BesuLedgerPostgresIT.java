package org.sillok.ledger.besu;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.sillok.faults.Anvil;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.Leaves;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogVkey;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.TokenKeys;
import org.sillok.merkle.Hash;

/** The same statements on PostgreSQL: two servers, a restart, everything that is read from rows. */
class BesuLedgerPostgresIT {

  private static final HospitalId SEOUL = new HospitalId("seoul");
  private static final LogId LOG = LogId.first(SEOUL);
  private static final Hash CONTENT = Hash.ofHex("c0".repeat(32));

  private final Leaves leaves = new Leaves("seoul ");

  @Test
  void followsWritesAndGoesOn() throws Exception {
    PGConnectionPoolDataSource server = new PGConnectionPoolDataSource();
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        Anvil chain = Anvil.start()) {
      server.setUrl(postgres.getJdbcUrl("postgres", "postgres"));
      JdbcConnectionPool database = JdbcConnectionPool.create(server);
      BesuFixture fixture = new BesuFixture(chain, database);
      BesuLedger first = fixture.found(List.of(hospital(fixture)));
      BesuLedger second = fixture.second();
      Future<Receipt> one = CompletableFuture.supplyAsync(() -> publish(fixture, first, 0, 5));
      Future<Receipt> other = CompletableFuture.supplyAsync(() -> publish(fixture, second, 0, 5));
      Receipt receipt = one.get(60, TimeUnit.SECONDS);
      assertThat(other.get(60, TimeUnit.SECONDS)).isEqualTo(receipt);
      publish(fixture, second, 5, 9);
      first.consents().announceEmergency(publisher(fixture), CONTENT);

      BesuLedger restarted = fixture.second();
      assertThat(restarted.view().log(LOG).orElseThrow().head()).isEqualTo(leaves.head(9));
      assertThat(restarted.checkpoints().checkpointAt(LOG, 5).orElseThrow().receipt())
          .isEqualTo(receipt);
      assertThat(restarted.checkpoints().checkpointsAfter(LOG, 0, 5)).hasSize(2);
      assertThat(restarted.consents().emergenciesSince(0)).hasSize(1);
      assertThat(restarted.receipt(receipt.transaction())).contains(receipt);
      restarted.runOnce();
      database.dispose();
    }
  }

  private Receipt publish(BesuFixture fixture, BesuLedger ledger, long from, long to) {
    return ledger
        .checkpoints()
        .publish(publisher(fixture), LOG, leaves.head(to), leaves.proof(from, to));
  }

  private static org.sillok.ledger.Address publisher(BesuFixture fixture) {
    return fixture.account("seoul publisher").address();
  }

  private static Hospital hospital(BesuFixture fixture) {
    return new Hospital(
        SEOUL,
        "Seoul",
        URI.create("https://seoul.example/fhir"),
        fixture.account("seoul owner").address(),
        publisher(fixture),
        new LogVkey("seoul.example/log+0123abcd+AWl4LmV4YW1wbGU="),
        TokenKeys.NONE,
        true);
  }
}
