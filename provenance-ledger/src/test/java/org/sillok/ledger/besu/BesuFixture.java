package org.sillok.ledger.besu;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.sillok.faults.Anvil;
import org.sillok.ledger.Address;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LedgerFixture;
import org.sillok.ledger.besu.rpc.LedgerFile;
import org.sillok.ledger.besu.rpc.RpcSettings;
import org.sillok.ledger.besu.send.SendSettings;
import org.sillok.ledger.besu.sign.KeySigner;
import org.sillok.ledger.besu.sign.TransactionSigner;
import org.sillok.ledger.eip712.TestKey;

/** A ledger of its own on a chain that tests share, and a database that they share as well. */
public final class BesuFixture implements LedgerFixture {

  private final Anvil chain;
  private final DataSource database;
  private final Map<Address, TransactionSigner> signers = new ConcurrentHashMap<>();
  private Optional<LedgerFile> file = Optional.empty();
  private List<URI> urls;

  public BesuFixture(Anvil chain, DataSource database) {
    this.chain = chain;
    this.database = database;
    this.urls = List.of(chain.url());
    empty();
  }

  private void empty() {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (String table : List.of("cursor", "event", "sender", "transaction")) {
        statement.executeUpdate("DELETE FROM sillok_chain_" + table);
      }
    } catch (SQLException e) {
      migrate(database);
    }
  }

  /** Gives an empty database the tables. */
  static void migrate(DataSource database) {
    Flyway flyway =
        Flyway.configure()
            .dataSource(database)
            .locations("classpath:org/sillok/schema")
            .cleanDisabled(false)
            .load();
    flyway.clean();
    flyway.migrate();
  }

  @Override
  public BesuLedger found(List<Hospital> founders) {
    founders.forEach(founder -> account(founder.id().value()));
    file =
        Optional.of(
            new Deployment(RpcSettings.of(List.of(chain.url())), Duration.ofSeconds(20))
                .deploy(Anvil.CHAIN_ID, new KeySigner(account("deployer").secret()), founders));
    return second();
  }

  public LedgerFile file() {
    return file.orElseThrow();
  }

  /** Which way the next server goes to the chain. */
  public void through(URI... others) {
    urls = List.of(others);
  }

  @Override
  public BesuLedger second() {
    return open(settings());
  }

  public BesuSettings settings() {
    return BesuSettings.of(
            RpcSettings.of(urls).withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(3)))
        .withCustodian(new HospitalId("seoul"))
        .withSending(
            new SendSettings(
                Duration.ofMillis(20), Duration.ofMillis(500), Duration.ofSeconds(20)));
  }

  public BesuLedger open(BesuSettings settings) {
    return open(settings, database);
  }

  public BesuLedger open(BesuSettings settings, DataSource other) {
    return BesuLedger.open(
        file(), settings, other, of -> Optional.ofNullable(signers.get(of)), Clock.systemUTC());
  }

  @Override
  public TestKey account(String name) {
    TestKey key = TestKey.named(name);
    signers.computeIfAbsent(key.address(), any -> new KeySigner(key.secret()));
    return key;
  }

  @Override
  public void advanceTime(Duration duration) {
    chain.advanceTime(duration);
  }

  @Override
  public void close() {
    // The chain goes on; each ledger on it is another one.
  }
}
