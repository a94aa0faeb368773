package org.sillok.ledger.besu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sillok.faults.Anvil;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LedgerRefusedException;
import org.sillok.ledger.LedgerUnavailableException;
import org.sillok.ledger.LogVkey;
import org.sillok.ledger.Rule;
import org.sillok.ledger.TokenKeys;
import org.sillok.ledger.besu.abi.Calls;
import org.sillok.ledger.besu.rpc.HttpTransport;
import org.sillok.ledger.besu.rpc.JsonRpc;
import org.sillok.ledger.besu.rpc.Message;
import org.sillok.ledger.besu.rpc.Node;
import org.sillok.ledger.besu.rpc.RpcSettings;
import org.sillok.ledger.besu.sign.KeySigner;
import org.sillok.ledger.eip712.TestKey;

class DeploymentIT {

  private static final KeySigner DEPLOYER = new KeySigner(TestKey.named("deployer").secret());

  private static Anvil chain;

  @BeforeAll
  static void start() {
    chain = Anvil.start();
  }

  @AfterAll
  static void stop() {
    chain.close();
  }

  private static Hospital hospital(String name) {
    return new Hospital(
        new HospitalId(name),
        "Hospital of " + name,
        URI.create("https://" + name + ".example/fhir"),
        TestKey.named(name + " owner").address(),
        TestKey.named(name + " publisher").address(),
        new LogVkey(name + ".example/log+0123abcd+AWl4LmV4YW1wbGU="),
        TokenKeys.NONE,
        true);
  }

  private static RpcSettings settings() {
    return RpcSettings.of(List.of(chain.url()));
  }

  private static Deployment deployment() {
    return new Deployment(settings(), Duration.ofSeconds(20));
  }

  @Test
  void theFileThatItGivesOpensTheLedger() {
    BesuFixture fixture =
        new BesuFixture(
            chain,
            JdbcConnectionPool.create(
                "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", ""));
    BesuLedger ledger = fixture.found(List.of(hospital("seoul"), hospital("busan")));
    assertThat(ledger.hospitals().hospitals())
        .containsExactly(hospital("busan"), hospital("seoul"));
    Node node = new Node(new JsonRpc(new HttpTransport(settings()), chain.url()));
    byte[] seconds =
        node.call(
            new Message(DEPLOYER.account(), fixture.file().hospitals(), Calls.proposalLifetime()));
    assertThat(ledger.info().proposalLifetime())
        .isEqualTo(Duration.ofSeconds(new BigInteger(1, seconds).longValueExact()));
  }

  @Test
  void aWrongChainIsNotDeployedTo() {
    assertThatThrownBy(() -> deployment().deploy(1, DEPLOYER, List.of(hospital("seoul"))))
        .isInstanceOf(LedgerUnavailableException.class)
        .hasMessageContaining("chain 1337, want 1");
  }

  @Test
  void foundersThatShareAnAddressAreRefused() {
    Hospital busan = hospital("busan").withOwner(hospital("seoul").owner());
    assertThatThrownBy(
            () -> deployment().deploy(Anvil.CHAIN_ID, DEPLOYER, List.of(hospital("seoul"), busan)))
        .isInstanceOfSatisfying(
            LedgerRefusedException.class,
            refusal -> assertThat(refusal.rule()).isEqualTo(Rule.ADDRESS_IN_USE));
  }

  @Test
  void moreFoundersThanOneTransactionHoldsAreSaid() {
    List<Hospital> many = IntStream.range(0, 40).mapToObj(i -> hospital("h" + i)).toList();
    assertThatThrownBy(() -> deployment().deploy(Anvil.CHAIN_ID, DEPLOYER, many))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("40 founders do not fit");
  }

  @Test
  void aLedgerNeedsAFounder() {
    assertThatThrownBy(() -> deployment().deploy(Anvil.CHAIN_ID, DEPLOYER, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRecordThatOthersCouldNotReadIsRefused() {
    Hospital odd =
        new Hospital(
            new HospitalId("odd"),
            "Odd",
            URI.create("https://[::1]/fhir"),
            TestKey.named("odd owner").address(),
            TestKey.named("odd publisher").address(),
            new LogVkey("odd.example/log+0123abcd+AWl4LmV4YW1wbGU="),
            TokenKeys.NONE,
            true);
    assertThatThrownBy(() -> deployment().deploy(Anvil.CHAIN_ID, DEPLOYER, List.of(odd)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fhirBaseUrl");
  }
}
