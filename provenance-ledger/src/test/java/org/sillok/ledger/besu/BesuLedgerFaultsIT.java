package org.sillok.ledger.besu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sillok.faults.Anvil;
import org.sillok.faults.BackgroundMining;
import org.sillok.faults.FaultProxy;
import org.sillok.faults.FaultProxy.Fault;
import org.sillok.faults.FaultyDatabase;
import org.sillok.ledger.Address;
import org.sillok.ledger.ConsentId;
import org.sillok.ledger.ConsentKey;
import org.sillok.ledger.ConsentState.Status;
import org.sillok.ledger.Expiry;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.Leaves;
import org.sillok.ledger.LedgerHead;
import org.sillok.ledger.LedgerRefusedException;
import org.sillok.ledger.LedgerUnavailableException;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogVkey;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.Rule;
import org.sillok.ledger.TokenKeys;
import org.sillok.ledger.besu.abi.Calls;
import org.sillok.ledger.besu.rpc.Hex;
import org.sillok.ledger.besu.rpc.RpcSettings;
import org.sillok.ledger.besu.send.SendSettings;
import org.sillok.ledger.besu.sign.KeySigner;
import org.sillok.ledger.besu.sign.UnsignedTransaction;
import org.sillok.ledger.besu.view.ChainState.Condition;
import org.sillok.ledger.besu.view.DatedConsent;
import org.sillok.merkle.Hash;

/**
 * What breaks between a hospital and its chain. After each fault nothing is lost, nothing stands on
 * the chain twice, log and chain agree, and nobody had to help.
 */
class BesuLedgerFaultsIT {

  private static final HospitalId SEOUL = new HospitalId("seoul");
  private static final HospitalId BUSAN = new HospitalId("busan");
  private static final LogId LOG = LogId.first(SEOUL);
  private static final Hash CONTENT = Hash.ofHex("c0".repeat(32));
  private static final String SEND = "eth_sendRawTransaction";

  private final Leaves leaves = new Leaves("seoul ");
  private final List<AutoCloseable> open = new ArrayList<>();
  private JdbcConnectionPool pool;
  private FaultyDatabase faulty;
  private DataSource database;
  private Anvil chain;
  private FaultProxy proxy;
  private BesuFixture fixture;
  private BesuLedger ledger;

  @BeforeEach
  void start() {
    start(Anvil.start());
  }

  private void start(Anvil anvil) {
    chain = anvil;
    open.add(chain);
    pool = memory();
    faulty = new FaultyDatabase(pool);
    database = faulty.dataSource();
    fixture = new BesuFixture(chain, database);
    proxy = new FaultProxy(chain::url);
    open.add(proxy);
    fixture.found(List.of(hospital("seoul"), hospital("busan")));
    fixture.through(proxy.url());
    ledger = server();
  }

  private static JdbcConnectionPool memory() {
    JdbcConnectionPool database =
        JdbcConnectionPool.create(
            "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    BesuFixture.migrate(database);
    return database;
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    pool.dispose();
  }

  private Hospital hospital(String name) {
    return new Hospital(
        new HospitalId(name),
        "Hospital of " + name,
        URI.create("https://" + name + ".example/fhir"),
        fixture.account(name + " owner").address(),
        fixture.account(name + " publisher").address(),
        new LogVkey(name + ".example/log+0123abcd+AWl4LmV4YW1wbGU="),
        TokenKeys.NONE,
        true);
  }

  private BesuSettings impatient() {
    return fixture
        .settings()
        .withSending(
            new SendSettings(
                Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofMillis(800)));
  }

  private BesuLedger server() {
    return fixture.open(impatient(), database);
  }

  private Address publisher() {
    return fixture.account("seoul publisher").address();
  }

  private Address owner() {
    return fixture.account("seoul owner").address();
  }

  private static ConsentKey consent(int number) {
    byte[] id = new byte[32];
    new Random(number).nextBytes(id);
    return new ConsentKey(SEOUL, ConsentId.of(id));
  }

  /** Publishes as a server does: asks what the ledger has, extends that, and tries again. */
  private Receipt anchor(BesuLedger server, long size) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    RuntimeException trouble = null;
    while (System.nanoTime() < end) {
      try {
        server.runOnce();
        long from =
            server.checkpoints().latest(LOG).map(accepted -> accepted.head().size()).orElse(0L);
        if (from >= size) {
          return server.checkpoints().checkpointsAfter(LOG, size - 1, 1).get(0).receipt();
        }
        return server
            .checkpoints()
            .publish(publisher(), LOG, leaves.head(size), leaves.proof(from, size));
      } catch (LedgerUnavailableException e) {
        trouble = e;
      } catch (LedgerRefusedException e) {
        assertThat(e.rule()).isIn(Rule.CHECKPOINT_STALE_SIZE, Rule.CHECKPOINT_SHRINKS);
      }
    }
    throw new AssertionError("it does not heal by itself", trouble);
  }

  /** Records as a caller does who reads before repeating. */
  private void record(BesuLedger server, ConsentKey key) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < end) {
      try {
        server.runOnce();
        if (server.consents().consent(key).isEmpty()) {
          server.consents().record(publisher(), key, CONTENT, Expiry.NEVER);
        }
        return;
      } catch (LedgerUnavailableException e) {
        // Tried again after a look.
      } catch (LedgerRefusedException e) {
        assertThat(e.rule()).isEqualTo(Rule.CONSENT_EXISTS);
      }
    }
    throw new AssertionError("it does not heal by itself");
  }

  /** By somebody who follows the chain from its beginning, over a line without faults. */
  private void agree(long... sizes) {
    proxy.calm();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (count("PENDING") > 0 && System.nanoTime() < end) {
      ledger.runOnce();
      chain.mine();
    }
    assertThat(count("PENDING")).as("in flight").isZero();
    JdbcConnectionPool empty = memory();
    BesuLedger observer =
        fixture.open(BesuSettings.of(RpcSettings.of(List.of(chain.url()))), empty);
    observer.head();
    List<Long> accepted =
        LongStream.rangeClosed(1, sizes[sizes.length - 1])
            .filter(size -> observer.checkpoints().checkpointAt(LOG, size).isPresent())
            .boxed()
            .toList();
    assertThat(accepted).contains(sizes[sizes.length - 1]);
    accepted.forEach(
        size ->
            assertThat(observer.checkpoints().checkpointAt(LOG, size).orElseThrow().head())
                .isEqualTo(leaves.head(size)));
    for (long size : sizes) {
      assertThat(ledger.checkpoints().checkpointAt(LOG, size))
          .isEqualTo(observer.checkpoints().checkpointAt(LOG, size));
    }
    empty.dispose();
  }

  private long count(String state) {
    try (Connection connection = pool.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT COUNT(*) FROM sillok_chain_transaction WHERE state = ?")) {
      select.setString(1, state);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private long onChain(Address account) {
    return Long.decode(chain.rpc("eth_getTransactionCount", account.toString(), "latest").asText());
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void whateverHappensToTheSendingItIsSentOnce(Fault fault) {
    anchor(ledger, 3);
    proxy.plan(SEND, fault);
    proxy.plan(SEND, fault);
    anchor(ledger, 7);
    assertThat(proxy.met()).isPositive();
    agree(3, 7);
    assertThat(onChain(publisher())).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void whateverHappensToTheReceiptItIsPublishedOnce(Fault fault) {
    for (int i = 0; i < 3; i++) {
      proxy.plan("eth_getTransactionReceipt", fault);
    }
    anchor(ledger, 3);
    assertThat(proxy.met()).isPositive();
    agree(3);
    assertThat(onChain(publisher())).isEqualTo(1);
  }

  @Test
  void whileTheChainIsAwayNothingIsMadeAndAfterwardsOneHeadCoversAll() {
    anchor(ledger, 2);
    proxy.down(true);
    for (long size = 3; size < 40; size++) {
      long grown = size;
      assertThatThrownBy(
              () ->
                  ledger
                      .checkpoints()
                      .publish(publisher(), LOG, leaves.head(grown), leaves.proof(2, grown)))
          .isInstanceOf(LedgerUnavailableException.class);
    }
    proxy.down(false);
    anchor(ledger, 40);
    agree(2, 40);
    assertThat(onChain(publisher())).isEqualTo(2);
  }

  @Test
  void aServerStartsWhileTheChainIsAway() {
    anchor(ledger, 2);
    proxy.down(true);
    BesuLedger restarted = server();
    assertThat(restarted.view().log(LOG).orElseThrow().head()).isEqualTo(leaves.head(2));
    assertThatThrownBy(restarted::runOnce).isInstanceOf(LedgerUnavailableException.class);
    assertThat(restarted.state().problem()).isPresent();
    proxy.down(false);
    anchor(restarted, 5);
    assertThat(restarted.state().problem()).isEmpty();
    agree(2, 5);
  }

  @Test
  void aWipedPoolGetsTheSameBytesAgain() throws Exception {
    chain.rpc("evm_setAutomine", false);
    Future<Receipt> publishing = CompletableFuture.supplyAsync(() -> anchor(ledger, 4));
    awaitPending(1);
    String first = pendingHash();
    chain.rpc("anvil_dropAllTransactions");
    awaitPending(1);
    assertThat(pendingHash()).isEqualTo(first);
    chain.rpc("evm_setAutomine", true);
    chain.mine();
    Receipt receipt = publishing.get(60, TimeUnit.SECONDS);
    assertThat("0x" + receipt.transaction()).isEqualTo(first);
    agree(4);
  }

  /** Pools are not saved: after the restart nobody knows of the transaction but us. */
  @Test
  void aNodeThatIsRestartedBetweenSendingAndReceiptGetsTheSameBytesAgain(@TempDir Path directory)
      throws Exception {
    stop();
    open.clear();
    String[] kept = {"--state", directory.toString(), "--preserve-historical-states"};
    start(Anvil.start(kept));
    Receipt before = anchor(ledger, 2);
    chain.rpc("evm_setAutomine", false);
    Future<Receipt> publishing = CompletableFuture.supplyAsync(() -> anchor(ledger, 4));
    awaitPending(1);
    String sent = pendingHash();
    chain.stop();
    chain = Anvil.start(kept);
    open.add(chain);
    proxy.target(chain.url());
    assertThat("0x" + publishing.get(60, TimeUnit.SECONDS).transaction()).isEqualTo(sent);
    assertThat(ledger.checkpoints().checkpointAt(LOG, 2).orElseThrow().receipt()).isEqualTo(before);
    assertThat(onChain(publisher())).isEqualTo(2);
  }

  /** More blocks than one question may cover. */
  @Test
  void longStretchesAreFollowedInPieces() {
    anchor(ledger, 2);
    for (int i = 0; i < 26; i++) {
      chain.rpc("anvil_mine", Hex.of(200));
    }
    anchor(ledger, 5);
    agree(2, 5);
    assertThat(ledger.head().blockNumber()).isGreaterThan(5200);
  }

  /**
   * A node may allow fewer questions at once than we ask: halves are asked until it answers, and
   * each block is read once.
   */
  @ParameterizedTest
  @ValueSource(ints = {100, 7})
  void aBatchThatANodeRefusesIsAskedForInParts(int longest) {
    publishOnTheWay();
    List<Long> taken = new ArrayList<>();
    AtomicInteger refused = new AtomicInteger();
    proxy.answer(
        request -> {
          if (!request.isArray()) {
            return Optional.empty();
          }
          if (request.size() <= longest) {
            request.forEach(each -> taken.add(Long.decode(each.path("params").path(0).asText())));
            return Optional.empty();
          }
          refused.incrementAndGet();
          return Optional.of(refusal(request, -32005, "Number of requests exceeds max batch size"));
        });
    JdbcConnectionPool empty = memory();
    BesuLedger newcomer = fixture.open(impatient(), empty);

    long head = newcomer.head().blockNumber();

    assertThat(refused).hasPositiveValue();
    assertThat(taken)
        .as("one behind the other, without a gap")
        .containsExactlyElementsOf(
            LongStream.rangeClosed(fixture.file().block(), head).boxed().toList());
    assertThat(newcomer.checkpoints().checkpointsAfter(LOG, 0, 10))
        .extracting(accepted -> accepted.head().size())
        .containsExactly(1L, 2L, 3L, 4L);
    empty.dispose();
  }

  /** An answer that has more bytes than we take is as good as a refusal. */
  @Test
  void anAnswerThatIsTooLargeIsAskedForInParts() {
    publishOnTheWay();
    AtomicInteger large = new AtomicInteger();
    proxy.answer(
        request ->
            request.size() > 40 && large.incrementAndGet() > 0
                ? Optional.of("[" + " ".repeat(1 << 20) + "]")
                : Optional.empty());
    JdbcConnectionPool empty = memory();
    RpcSettings some = impatient().rpc();
    BesuSettings small =
        BesuSettings.of(
            new RpcSettings(
                some.urls(), some.connectTimeout(), some.callTimeout(), 1 << 19, null, some.tls()));
    BesuLedger newcomer = fixture.open(small, empty);

    newcomer.head();

    assertThat(large).hasPositiveValue();
    assertThat(newcomer.checkpoints().checkpointsAfter(LOG, 0, 10)).hasSize(4);
    empty.dispose();
  }

  /** Whatever else a node refuses is not asked for over and over, and nothing is skipped. */
  @ParameterizedTest
  @CsvSource({"-32602, Invalid params", "-32005, Number of requests exceeds max batch size"})
  void aRefusalThatNoSmallerBatchHelpsAgainstStopsTheFollowing(int code, String message) {
    publishOnTheWay();
    AtomicInteger asked = new AtomicInteger();
    proxy.answer(
        request ->
            request.isArray() && asked.incrementAndGet() > 0
                ? Optional.of(refusal(request, code, message))
                : Optional.empty());
    JdbcConnectionPool empty = memory();
    BesuLedger newcomer = fixture.open(impatient(), empty);

    assertThatThrownBy(newcomer::head)
        .isInstanceOf(LedgerUnavailableException.class)
        .hasMessageContaining(message);

    assertThat(asked.get()).isLessThan(20);
    assertThat(newcomer.view().head()).isEmpty();
    proxy.answer(request -> Optional.empty());
    newcomer.head();
    assertThat(newcomer.checkpoints().checkpointsAfter(LOG, 0, 10)).hasSize(4);
    empty.dispose();
  }

  /** Each lie about a block's events, and none of them reaches the view or the database. */
  @Test
  void aNodeThatLeavesOutAddsOrChangesEventsIsNotFollowed() {
    anchor(ledger, 2);
    long known = ledger.view().head().orElseThrow().blockNumber();
    ledger.consents().record(publisher(), consent(1), CONTENT, Expiry.NEVER);
    JdbcConnectionPool empty = memory();
    List<UnaryOperator<String>> lies =
        List.of(
            answer -> answer.replaceFirst("\"logs\":\\[.*?}]", "\"logs\":[]"),
            answer -> answer.replaceFirst("\"result\":\\[.*]", "\"result\":[]"),
            answer -> answer.replace("c0".repeat(32), "c1".repeat(32)),
            answer -> answer.replace("\"status\":\"0x1\"", "\"status\":\"0x0\""),
            answer -> answer.replaceFirst("\"address\":\"0x..", "\"address\":\"0x00"));
    for (UnaryOperator<String> lie : lies) {
      AtomicInteger lied = new AtomicInteger();
      proxy.answer(request -> lie(request, lie, lied));
      BesuLedger newcomer = fixture.open(impatient(), empty);
      assertThatThrownBy(newcomer::head)
          .isInstanceOf(LedgerUnavailableException.class)
          .hasMessageContaining("come to");
      assertThat(lied).hasPositiveValue();
      assertThat(newcomer.view().head().map(LedgerHead::blockNumber).orElse(0L))
          .isLessThanOrEqualTo(known);
      proxy.answer(request -> Optional.empty());
      newcomer.head();
      assertThat(newcomer.view().consents(SEOUL)).hasSize(1);
      assertThat(newcomer.state().condition()).isEqualTo(Condition.FRESH);
      empty.dispose();
      empty = memory();
    }
    empty.dispose();
  }

  /** About the block with the consent only. */
  private Optional<String> lie(JsonNode request, UnaryOperator<String> lie, AtomicInteger lied) {
    if (!request.path("method").asText().equals("eth_getBlockReceipts")) {
      return Optional.empty();
    }
    String number = request.path("params").path(0).asText();
    String truth =
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + request.path("id")
            + ",\"result\":"
            + chain.rpc("eth_getBlockReceipts", number)
            + "}";
    if (!truth.contains("c0".repeat(32))) {
      return Optional.of(truth);
    }
    lied.incrementAndGet();
    assertThat(lie.apply(truth)).isNotEqualTo(truth);
    return Optional.of(lie.apply(truth));
  }

  /** Also with many events in one block, whose receipts make a deep trie. */
  @Test
  void allEventsOfAFullBlockAreFollowed() {
    chain.rpc("anvil_impersonateAccount", publisher().toString());
    chain.rpc("evm_setAutomine", false);
    for (int nonce = 0; nonce < 140; nonce++) {
      chain.rpc(
          "eth_sendTransaction",
          Map.of(
              "from", publisher().toString(),
              "to", fixture.file().consents().toString(),
              "data", Calls.announceEmergency(CONTENT),
              "nonce", Hex.of(nonce),
              "gas", "0x186a0",
              "gasPrice", "0x0"));
    }
    chain.mine();
    chain.rpc("evm_setAutomine", true);
    assertThat(ledger.consents().emergenciesSince(0)).hasSize(140);
  }

  /** Rows were lost or altered. The server starts, says so, and reads them again from the chain. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM sillok_chain_event WHERE kind = 'HospitalAdmitted' OR kind = 'LogOpened'",
        "UPDATE sillok_chain_event SET data = X'00' WHERE kind = 'HospitalAdmitted'"
      })
  void followedEventsThatDoNotFitTogetherAreFollowedAgain(String damage) throws SQLException {
    anchor(ledger, 3);
    ledger.hospitals().suspendSelf(fixture.account("busan owner").address(), BUSAN);
    ledger.consents().record(publisher(), consent(1), CONTENT, Expiry.NEVER);
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(damage)) {
      assertThat(statement.executeUpdate()).isPositive();
    }
    proxy.down(true);
    BesuLedger restarted = server();
    assertThat(restarted.state().condition()).isEqualTo(Condition.BROKEN);
    assertThat(restarted.view().head()).isEmpty();
    assertThatThrownBy(restarted::runOnce).isInstanceOf(LedgerUnavailableException.class);
    assertThat(restarted.state().condition()).isEqualTo(Condition.BROKEN);
    proxy.down(false);
    anchor(restarted, 7);
    assertThat(restarted.state().condition()).isEqualTo(Condition.FRESH);
    assertThat(restarted.view().consents(SEOUL)).hasSize(1);
    assertThat(server().view().log(LOG).orElseThrow().head()).isEqualTo(leaves.head(7));
    agree(3, 7);
  }

  /** A node that cannot take it now is no reason to give a transaction up. */
  @ParameterizedTest
  @CsvSource({
    "-32603, Internal error",
    "-32603, Timeout expired",
    "-32002, Transaction pool not enabled.",
    "-32005, Requested range exceeds the limit",
    "-32602, Invalid params"
  })
  void aPassingRefusalLosesNothing(int code, String message) {
    AtomicInteger refused = new AtomicInteger();
    proxy.answer(
        request ->
            request.path("method").asText().equals(SEND) && refused.incrementAndGet() <= 3
                ? Optional.of(refusal(request, code, message))
                : Optional.empty());
    anchor(ledger, 3);
    assertThat(refused.get()).isGreaterThan(3);
    agree(3);
    assertThat(count("LOST")).isZero();
    assertThat(onChain(publisher())).isEqualTo(1);
  }

  /** Its nonce is taken by the next write, be it the same one, so that no later one is in vain. */
  @Test
  void theNonceOfAFinalRefusalIsUsedAgain() {
    AtomicInteger refused = new AtomicInteger();
    proxy.answer(
        request ->
            request.path("method").asText().equals(SEND) && refused.incrementAndGet() <= 1
                ? Optional.of(refusal(request, -32002, "Invalid signature"))
                : Optional.empty());
    anchor(ledger, 3);
    assertThat(refused.get()).isGreaterThan(1);
    assertThat(onChain(publisher())).isEqualTo(1);
    anchor(ledger, 4);
    agree(3, 4);
    assertThat(onChain(publisher())).isEqualTo(2);
  }

  /** Four heads, far apart. */
  private void publishOnTheWay() {
    for (long size = 1; size <= 4; size++) {
      anchor(ledger, size);
      chain.rpc("anvil_mine", Hex.of(150));
    }
  }

  private static String refusal(JsonNode request, int code, String message) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + (request.isArray() ? "null" : request.path("id"))
        + ",\"error\":{\"code\":"
        + code
        + ",\"message\":\""
        + message
        + "\"}}";
  }

  private void awaitPending(long count) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!chain.rpc("txpool_status").path("pending").asText().equals(Hex.of(count))) {
      assertThat(System.nanoTime()).as("waiting for %d in the pool", count).isLessThan(end);
      Thread.sleep(20);
    }
  }

  private String pendingHash() {
    return chain.rpc("txpool_content").path("pending").findValue("hash").asText();
  }

  @Test
  void aNonceThatSomebodyElseTookIsNoticedAndTheWriteIsMadeAnew() throws Exception {
    anchor(ledger, 2);
    chain.rpc("evm_setAutomine", false);
    Future<Receipt> publishing = CompletableFuture.supplyAsync(() -> anchor(ledger, 4));
    awaitPending(1);
    chain.rpc("anvil_dropAllTransactions");
    // The same key elsewhere: a transfer of nothing with our nonce.
    KeySigner thief = new KeySigner(fixture.account("seoul publisher").secret());
    proxy.down(true);
    chain.rpc("anvil_dropAllTransactions");
    chain.rpc(
        SEND,
        Hex.of(
            thief
                .sign(new UnsignedTransaction(Anvil.CHAIN_ID, 1, 50_000, owner(), "0x"))
                .toBytes()));
    chain.mine();
    chain.rpc("evm_setAutomine", true);
    proxy.down(false);
    publishing.get(60, TimeUnit.SECONDS);
    agree(2, 4);
    assertThat(count("LOST")).isEqualTo(1);
    assertThat(onChain(publisher())).isEqualTo(3);
  }

  @Test
  void aRefusalAtExecutionIsToldWithItsRule() throws Exception {
    chain.rpc("evm_setAutomine", false);
    Future<Receipt> suspending =
        CompletableFuture.supplyAsync(
            () -> fixture.second().hospitals().suspendSelf(owner(), SEOUL));
    awaitPending(1);
    Future<Receipt> publishing =
        CompletableFuture.supplyAsync(
            () ->
                fixture
                    .second()
                    .checkpoints()
                    .publish(publisher(), LOG, leaves.head(3), leaves.proof(0, 3)));
    awaitPending(2);
    chain.mine();
    chain.rpc("evm_setAutomine", true);
    suspending.get(60, TimeUnit.SECONDS);
    assertThatThrownBy(() -> publishing.get(60, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            LedgerRefusedException.class,
            refusal -> assertThat(refusal.rule()).isEqualTo(Rule.HOSPITAL_NOT_ACTIVE));
    assertThat(count("PENDING")).isZero();
    assertThat(count("REVERTED")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void aReorganisationAboveTheConfirmationsIsNothingToWorryAbout(int depth) throws Exception {
    BesuLedger careful = fixture.open(impatient().withConfirmations(6), database);
    BackgroundMining mining = new BackgroundMining(chain, Duration.ofMillis(50));
    open.add(mining);
    Receipt first = anchor(careful, 3);
    mining.pause();
    chain.rpc("anvil_reorg", depth, List.of());
    mining.go();
    anchor(careful, 8);
    mining.close();
    assertThat(careful.checkpoints().checkpointAt(LOG, 3).orElseThrow().receipt()).isEqualTo(first);
    assertThat(careful.state().condition()).isNotEqualTo(Condition.REPLACED);
    agree(3, 8);
  }

  /** The transaction itself is in a block that is taken back. */
  @Test
  void aTransactionThatAReorganisationDropsIsSentAgain() throws Exception {
    BesuLedger careful = fixture.open(fixture.settings().withConfirmations(6), database);
    Future<Receipt> publishing = CompletableFuture.supplyAsync(() -> anchor(careful, 3));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (onChain(publisher()) == 0) {
      // Six blocks must lie on the deployment before it can be read.
      chain.mine();
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(50);
    }
    chain.rpc("anvil_reorg", 1, List.of());
    BackgroundMining mining = new BackgroundMining(chain, Duration.ofMillis(50));
    open.add(mining);
    publishing.get(60, TimeUnit.SECONDS);
    mining.close();
    agree(3);
  }

  @Test
  void aDeeperReorganisationStopsEverythingLoudly() {
    anchor(ledger, 3);
    anchor(ledger, 5);
    chain.rpc("anvil_reorg", 2, List.of());
    chain.mine();
    assertThatThrownBy(() -> ledger.checkpoints().latest(LOG))
        .isInstanceOf(LedgerUnavailableException.class)
        .hasMessageContaining("OTHER_CHAIN");
    assertThat(ledger.state().condition()).isEqualTo(Condition.REPLACED);
    assertThatThrownBy(
            () ->
                ledger.checkpoints().publish(publisher(), LOG, leaves.head(9), leaves.proof(5, 9)))
        .isInstanceOf(LedgerUnavailableException.class);
    assertThatThrownBy(
            () -> ledger.consents().record(publisher(), consent(1), CONTENT, Expiry.NEVER))
        .isInstanceOf(LedgerUnavailableException.class);
    assertThat(count("PENDING")).isZero();

    BesuLedger anew = fixture.open(impatient().withFollowAnew(true), database);
    anchor(anew, 9);
    assertThat(anew.state().condition()).isEqualTo(Condition.FRESH);
    ledger = server();
    agree(9);
  }

  /**
   * Same chain id, same genesis, same contracts at the same addresses: another chain all the same.
   */
  @Test
  void aWipedAndRebuiltChainIsNotTakenForOursAndOursIsTakenUpAgain() throws Exception {
    stop();
    open.clear();
    start(Anvil.start("--timestamp", "1700000000"));
    Receipt receipt = anchor(ledger, 3);
    Anvil rebuilt = Anvil.start("--timestamp", "1700000000");
    open.add(rebuilt);
    JdbcConnectionPool other = memory();
    BesuFixture rebuilding = new BesuFixture(rebuilt, other);
    rebuilding.found(List.of(hospital("seoul"), hospital("busan")));
    assertThat(rebuilding.file().genesis()).isEqualTo(fixture.file().genesis());
    assertThat(rebuilding.file().hospitals()).isEqualTo(fixture.file().hospitals());
    proxy.target(rebuilt.url());
    for (BesuLedger server : List.of(ledger, server())) {
      assertThatThrownBy(server::runOnce).isInstanceOf(LedgerUnavailableException.class);
      for (int i = 0; i < 5; i++) {
        rebuilt.mine();
      }
      assertThatThrownBy(
              () ->
                  server
                      .checkpoints()
                      .publish(publisher(), LOG, leaves.head(9), leaves.proof(0, 9)))
          .isInstanceOf(LedgerUnavailableException.class);
      assertThat(server.state().condition()).isEqualTo(Condition.REPLACED);
      assertThat(server.view().log(LOG).orElseThrow().head()).isEqualTo(leaves.head(3));
    }
    assertThat(rebuilt.rpc("eth_getTransactionCount", publisher().toString(), "latest").asText())
        .isEqualTo("0x0");
    proxy.target(chain.url());
    assertThat(ledger.checkpoints().latest(LOG).orElseThrow().receipt()).isEqualTo(receipt);
    anchor(ledger, 9);
    agree(3, 9);
    other.dispose();
  }

  /** Only what this hospital has anchored tells the chains apart. */
  @Test
  void ourOwnLastHeadIsMissedEvenIfTheFollowedBlocksAreGone() throws Exception {
    Receipt receipt = anchor(ledger, 3);
    JdbcConnectionPool fresh = memory();
    BesuLedger restored = fixture.open(impatient(), fresh);
    restored.remember(
        new Receipt(
            receipt.ledger(),
            receipt.chainId(),
            receipt.contract(),
            receipt.transaction(),
            receipt.blockNumber(),
            CONTENT,
            receipt.blockTime()));
    assertThatThrownBy(restored::head).isInstanceOf(LedgerUnavailableException.class);
    assertThat(restored.state().condition()).isEqualTo(Condition.REPLACED);
    fresh.dispose();
  }

  @Test
  void twoServersThatShareTheDatabaseNeverUseOneNonceTwice() throws Exception {
    BesuLedger second = server();
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      int number = i;
      BesuLedger server = i % 2 == 0 ? ledger : second;
      running.add(CompletableFuture.runAsync(() -> record(server, consent(number))));
      running.add(CompletableFuture.runAsync(() -> anchor(server, 2 + number)));
    }
    for (Future<?> each : running) {
      each.get(60, TimeUnit.SECONDS);
    }
    agree(13);
    for (int i = 0; i < 12; i++) {
      assertThat(ledger.consents().consent(consent(i)).orElseThrow().status())
          .isEqualTo(Status.ACTIVE);
    }
    assertThat(count("LOST")).isZero();
    assertThat(onChain(publisher())).isEqualTo(count("MINED") + count("REVERTED"));
  }

  /** Between the last look and the taking of a nonce: that the lane is free again is not enough. */
  @Test
  void aHeadThatAnotherServerPublishesAtTheLastMomentIsNotSentTwice() {
    anchor(ledger, 2);
    FaultProxy other = new FaultProxy(chain::url);
    open.add(other);
    AtomicBoolean once = new AtomicBoolean();
    other.around(
        method -> {
          if (method.equals("eth_estimateGas") && !once.getAndSet(true)) {
            anchor(ledger, 5);
          }
        },
        method -> {});
    RpcSettings patient =
        RpcSettings.of(List.of(other.url()))
            .withTimeouts(Duration.ofSeconds(1), Duration.ofMinutes(1));
    BesuLedger second =
        fixture.open(BesuSettings.of(patient).withSending(impatient().sending()), database);

    Receipt receipt =
        second.checkpoints().publish(publisher(), LOG, leaves.head(5), leaves.proof(2, 5));

    assertThat(once).isTrue();
    assertThat(ledger.checkpoints().checkpointAt(LOG, 5).orElseThrow().receipt())
        .isEqualTo(receipt);
    assertThat(onChain(publisher())).isEqualTo(2);
    agree(2, 5);
  }

  @Test
  void everyConsentIsShownWithTheBlockOfItsLastChange() {
    ledger.consents().record(publisher(), consent(1), CONTENT, Expiry.NEVER);
    Receipt recorded = ledger.consents().record(publisher(), consent(2), CONTENT, Expiry.NEVER);
    Receipt amended =
        ledger
            .consents()
            .amend(publisher(), consent(1), 1, Hash.ofHex("c1".repeat(32)), Expiry.NEVER);
    ledger.consents().record(publisher(), consent(3), CONTENT, Expiry.NEVER);
    Receipt revoked = ledger.consents().revoke(publisher(), consent(3));
    ledger.runOnce();
    for (BesuLedger each : List.of(ledger, server())) {
      for (int i = 1; i <= 3; i++) {
        Receipt last = List.of(amended, recorded, revoked).get(i - 1);
        ConsentKey key = consent(i);
        assertThat(each.view().datedConsents(SEOUL))
            .contains(
                new DatedConsent(
                    each.view().consent(key).orElseThrow(), last.blockNumber(), last.blockTime()));
      }
      assertThat(each.view().datedConsents(SEOUL)).hasSize(3);
    }
  }

  @Test
  void severalConsentsAreInFlightAtOnce() throws Exception {
    chain.rpc("evm_setAutomine", false);
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int number = i;
      running.add(
          CompletableFuture.runAsync(
              () ->
                  fixture
                      .second()
                      .consents()
                      .record(publisher(), consent(number), CONTENT, Expiry.NEVER)));
    }
    awaitPending(3);
    chain.mine();
    chain.rpc("evm_setAutomine", true);
    for (Future<?> each : running) {
      each.get(60, TimeUnit.SECONDS);
    }
    assertThat(onChain(publisher())).isEqualTo(3);
  }

  /** At each step, before and after: every request to the chain, every commit. */
  @Test
  void aServerThatIsKilledAtAnyStepOfPublishingLeavesNothingUndone() {
    long size = 1;
    int step = 0;
    boolean finished = false;
    while (!finished) {
      step++;
      size++;
      AtomicInteger left = new AtomicInteger(step);
      AtomicBoolean dead = new AtomicBoolean();
      proxy.around(method -> die(left, dead), method -> die(left, dead));
      faulty.around(sql -> dieInDatabase(left, dead), sql -> dieInDatabase(left, dead));
      finished = publishUntilKilled(size, dead);
      proxy.around(method -> {}, method -> {});
      faulty.around(sql -> {}, sql -> {});
      ledger = server();
      anchor(ledger, size);
    }
    assertThat(step).isGreaterThan(15);
    agree(LongStream.rangeClosed(2, size).toArray());
    assertThat(onChain(publisher())).isEqualTo(count("MINED"));
    assertThat(count("REVERTED") + count("LOST")).isZero();
  }

  /** Whether it came to its end. */
  private boolean publishUntilKilled(long size, AtomicBoolean dead) {
    try {
      BesuLedger server = server();
      long from =
          server.checkpoints().latest(LOG).map(accepted -> accepted.head().size()).orElse(0L);
      server.checkpoints().publish(publisher(), LOG, leaves.head(size), leaves.proof(from, size));
      return !dead.get();
    } catch (LedgerUnavailableException e) {
      assertThat(dead).isTrue();
      return false;
    }
  }

  private static void die(AtomicInteger left, AtomicBoolean dead) {
    if (dead.get() || left.decrementAndGet() < 0) {
      dead.set(true);
      throw new IllegalStateException("killed");
    }
  }

  private static void dieInDatabase(AtomicInteger left, AtomicBoolean dead) throws SQLException {
    try {
      die(left, dead);
    } catch (IllegalStateException e) {
      throw new SQLException("killed", e);
    }
  }

  @Test
  void aFullDiskHoldsNothingUpForLongerThanItIsFull() {
    anchor(ledger, 2);
    faulty.around(
        sql -> {
          throw new SQLException("No space left on device", "53100");
        },
        sql -> {});
    assertThatThrownBy(
            () ->
                ledger.checkpoints().publish(publisher(), LOG, leaves.head(6), leaves.proof(2, 6)))
        .isInstanceOf(LedgerUnavailableException.class)
        .hasMessageContaining("No space left");
    assertThat(onChain(publisher())).as("nothing is sent that is not stored").isEqualTo(1);
    faulty.around(sql -> {}, sql -> {});
    anchor(ledger, 6);
    agree(2, 6);
  }

  /** Its blocks are an hour early or late: said in the state, and no reason not to write. */
  @ParameterizedTest
  @ValueSource(longs = {-3600, 3600})
  void aNodeWhoseClockIsWrongIsUsedAllTheSame(long skew) throws Exception {
    stop();
    open.clear();
    long now = Clock.systemUTC().instant().getEpochSecond();
    start(Anvil.start("--timestamp", Long.toString(now + skew)));
    Receipt receipt = anchor(ledger, 3);
    assertThat(Math.abs(receipt.blockTime().getEpochSecond() - now - skew)).isLessThan(300);
    assertThat(ledger.state().condition()).isEqualTo(skew < 0 ? Condition.STALE : Condition.FRESH);
    agree(3);
  }

  /** A chain that has halted serves its last block for ever. */
  @Test
  void anOldHeadIsStale() throws InterruptedException {
    BesuLedger server = fixture.open(impatient().withStaleAfter(Duration.ofMillis(1500)), database);
    chain.mine();
    server.runOnce();
    Thread.sleep(4000);
    server.runOnce();
    assertThat(server.state().condition()).isEqualTo(Condition.STALE);
    assertThat(server.state().headAge()).isGreaterThan(Duration.ofSeconds(2));
    assertThat(server.state().problem()).isEmpty();
  }

  /** 40 faults, drawn from a seed, while heads are published and consents recorded. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void aScheduleOfFaultsLosesNothing(long seed) {
    Random random = new Random(seed);
    List<Long> sizes = new ArrayList<>();
    long size = 0;
    for (int round = 0; round < 10; round++) {
      for (int i = 0; i < 4; i++) {
        Fault[] faults = Fault.values();
        Fault fault = faults[random.nextInt(faults.length)];
        proxy.plan("", fault == Fault.SILENT && i > 0 ? Fault.BROKEN : fault);
      }
      if (random.nextInt(3) == 0) {
        ledger = server();
      }
      size += 1 + random.nextInt(20);
      sizes.add(size);
      record(ledger, consent(round));
      anchor(ledger, size);
    }
    assertThat(proxy.met()).isGreaterThanOrEqualTo(15);
    agree(sizes.stream().mapToLong(Long::longValue).toArray());
    for (int round = 0; round < 10; round++) {
      assertThat(ledger.consents().consent(consent(round)).orElseThrow().version()).isEqualTo(1);
    }
    assertThat(count("LOST")).isZero();
    assertThat(onChain(publisher())).isEqualTo(count("MINED") + count("REVERTED"));
  }
}
