package org.sillok.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sillok.evidence.Evidence;
import org.sillok.evidence.EvidenceFixture;
import org.sillok.evidence.Publication;
import org.sillok.faults.Anvil;
import org.sillok.ledger.Address;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.Leaves;
import org.sillok.ledger.LedgerKind;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogVkey;
import org.sillok.ledger.Motion;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.TokenKeys;
import org.sillok.ledger.TreeHead;
import org.sillok.ledger.besu.BesuFixture;
import org.sillok.ledger.besu.BesuLedger;
import org.sillok.ledger.besu.abi.Calls;
import org.sillok.ledger.besu.rpc.HttpTransport;
import org.sillok.ledger.besu.rpc.JsonRpc;
import org.sillok.ledger.besu.rpc.MinedTransaction;
import org.sillok.ledger.besu.rpc.Node;
import org.sillok.ledger.besu.rpc.RpcSettings;
import org.sillok.ledger.besu.sign.KeySigner;
import org.sillok.ledger.besu.sign.UnsignedTransaction;
import org.sillok.ledger.eip712.TestKey;
import org.sillok.merkle.ConsistencyProof;
import org.sillok.merkle.Hash;
import org.sillok.note.SignerKey;

/** Evidence of a head that stands on a chain, held against that chain and others. */
class ChainEvidenceIT {

  private static final LogId SEOUL = LogId.first(new HospitalId("seoul"));
  private static final SignerKey LOG_KEY = EvidenceFixture.LOG_KEY;

  private static Anvil chain;
  private static Anvil other;

  @TempDir private Path dir;
  private BesuFixture fixture;
  private BesuLedger ledger;
  private TestKey publisher;
  private TestKey owner;
  private Evidence evidence;
  private String ledgerFile;
  private String output = "";

  @BeforeAll
  static void startChains() {
    chain = Anvil.start();
    other = Anvil.start("--timestamp", "1700000000");
    for (int block = 0; block < 200; block++) {
      other.mine();
    }
  }

  @AfterAll
  static void stopChains() {
    chain.close();
    other.close();
  }

  @BeforeEach
  void publish() throws Exception {
    fixture = new BesuFixture(chain, database());
    owner = fixture.account("seoul-owner");
    publisher = fixture.account("seoul-publisher");
    ledger = fixture.found(List.of(seoul(), busan()));
    evidence = published(EvidenceFixture.complete());
    ledgerFile = file("ledger.json", fixture.file().toJson());
  }

  private static JdbcDataSource database() {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:chain-evidence;DB_CLOSE_DELAY=-1");
    return database;
  }

  private Hospital seoul() {
    return hospital("seoul", owner.address(), publisher.address(), LOG_KEY.toString());
  }

  private Hospital busan() {
    return hospital(
        "busan",
        fixture.account("busan-owner").address(),
        fixture.account("busan-publisher").address(),
        EvidenceFixture.logKey("busan.example/log", 5).toString());
  }

  private static Hospital hospital(String id, Address owner, Address publisher, String vkey) {
    return new Hospital(
        new HospitalId(id),
        id,
        URI.create("https://" + id + ".example/fhir"),
        owner,
        publisher,
        new LogVkey(vkey),
        TokenKeys.NONE,
        true);
  }

  private Evidence published(Evidence unpublished) {
    return published(ledger, publisher.address(), unpublished);
  }

  private static Evidence published(BesuLedger ledger, Address publisher, Evidence unpublished) {
    Publication head = unpublished.ledger();
    TreeHead tree = new TreeHead(head.size(), head.root());
    Receipt receipt =
        ledger
            .checkpoints()
            .publish(publisher, SEOUL, tree, new ConsistencyProof(0, tree.size(), List.of()));
    return with(unpublished, receipt, SEOUL);
  }

  /** On a ledger with one member. */
  static Evidence publishedBySeoulAlone(BesuFixture fixture) {
    Address publisher = fixture.account("seoul-publisher").address();
    Hospital seoul =
        hospital("seoul", fixture.account("seoul-owner").address(), publisher, LOG_KEY.toString());
    return published(fixture.found(List.of(seoul)), publisher, EvidenceFixture.complete());
  }

  private static Evidence with(Evidence evidence, Receipt receipt, LogId log) {
    Publication head = evidence.ledger();
    return EvidenceFixture.with(
        evidence,
        evidence.proof(),
        new Publication(receipt, log, head.size(), head.root(), null, null));
  }

  private String file(String name, String text) throws Exception {
    return Files.writeString(dir.resolve(name), text).toString();
  }

  private int run(Evidence judged, String... options) throws Exception {
    List<String> args = new ArrayList<>();
    args.add(file("evidence.json", judged.toJson()));
    args.addAll(List.of(options));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Main.run(args, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    output = out.toString(UTF_8) + err.toString(UTF_8);
    return status;
  }

  private int pinned(Evidence judged) throws Exception {
    return run(judged, "--strict", "--rpc", chain.url().toString(), "--ledger", ledgerFile);
  }

  private void assertFailed(Evidence judged, String step) throws Exception {
    assertThat(pinned(judged)).as(output).isEqualTo(Main.FAILED);
    assertThat(output).endsWith("FAILED at step: " + step + "\n");
  }

  private Receipt receipt() {
    return evidence.ledger().receipt();
  }

  private Evidence with(Receipt receipt) {
    return with(evidence, receipt, SEOUL);
  }

  private static Receipt of(
      Receipt receipt, Hash transaction, long number, Hash block, Instant time) {
    return new Receipt(
        LedgerKind.BESU, receipt.chainId(), receipt.contract(), transaction, number, block, time);
  }

  @Test
  void isVerifiedByTheChainAndTheLedgerFileAlone() throws Exception {
    assertThat(pinned(evidence)).as(output).isEqualTo(Main.VERIFIED);
    assertThat(output)
        .containsSubsequence(
            "ok    chain\n",
            "ok    chain id\n",
            "ok    node\n",
            "ok    genesis\n",
            "ok    contract\n",
            "ok    contract code\n",
            "ok    hospital registry\n",
            "ok    contract code\n",
            "ok    registries\n",
            "ok    block\n",
            "ok    transaction\n",
            "ok    publication\n",
            "ok    root at size 7\n",
            "ok    log\n",
            "ok    log key on the chain\n")
        .endsWith("\nVERIFIED\n");
  }

  @Test
  void saysThatTheLedgerCameWithTheEvidence() throws Exception {
    String url = chain.url().toString();
    assertThat(run(evidence, "--rpc", url)).isEqualTo(Main.VERIFIED);
    assertThat(output).endsWith("VERIFIED, but the ledger merely came with the evidence\n");
    assertThat(run(evidence, "--rpc", url, "--strict")).isEqualTo(Main.FAILED);
    assertThat(output).endsWith("FAILED at step: genesis\n");
  }

  @Test
  void isNeverVerifiedWithoutANodeThatKnows() throws Exception {
    assertThat(run(evidence)).isEqualTo(Main.UNSETTLED);
    assertThat(output).contains("NOT SETTLED", "--rpc");
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    String dead = "http://127.0.0.1:" + free;
    assertThat(run(evidence, "--rpc", dead, "--ledger", ledgerFile)).isEqualTo(Main.UNSETTLED);
    String good = chain.url().toString();
    assertThat(run(evidence, "--rpc", good, "--rpc", dead, "--ledger", ledgerFile))
        .isEqualTo(Main.UNSETTLED);
    assertThat(output).contains("NOT SETTLED: " + dead);
    try (Anvil young = Anvil.start()) {
      assertThat(run(evidence, "--rpc", young.url().toString(), "--ledger", ledgerFile))
          .isEqualTo(Main.UNSETTLED);
      assertThat(output).contains("is behind");
    }
  }

  @Test
  void failsOnAnotherChainWithTheSameId() throws Exception {
    String url = other.url().toString();
    assertThat(run(evidence, "--rpc", url, "--ledger", ledgerFile)).isEqualTo(Main.FAILED);
    assertThat(output).endsWith("at step: genesis\n");
    assertThat(run(evidence, "--rpc", url)).isEqualTo(Main.FAILED);
    assertThat(output).endsWith("at step: contract code\n");
    String good = chain.url().toString();
    assertThat(run(evidence, "--rpc", good, "--rpc", url, "--ledger", ledgerFile))
        .isEqualTo(Main.FAILED);
  }

  @Test
  void failsIfTheReceiptTellsOfAnotherPlace() throws Exception {
    Receipt good = receipt();
    Hash foreign = Hash.of(EvidenceFixture.bytes(8));
    long number = good.blockNumber();
    assertFailed(
        with(of(good, foreign, number, good.blockHash(), good.blockTime())), "transaction");
    assertFailed(with(of(good, good.transaction(), number, foreign, good.blockTime())), "block");
    assertFailed(
        with(of(good, good.transaction(), number - 1, good.blockHash(), good.blockTime())),
        "block");
    assertFailed(
        with(
            of(
                good,
                good.transaction(),
                number,
                good.blockHash(),
                good.blockTime().plusSeconds(1))),
        "block");
    assertFailed(
        with(
            new Receipt(
                LedgerKind.BESU,
                4711,
                good.contract(),
                good.transaction(),
                number,
                good.blockHash(),
                good.blockTime())),
        "chain");
    assertFailed(
        with(
            new Receipt(
                LedgerKind.BESU,
                good.chainId(),
                fixture.file().hospitals(),
                good.transaction(),
                number,
                good.blockHash(),
                good.blockTime())),
        "contract");
  }

  @Test
  void failsIfTheTransactionDidSomethingElse() throws Exception {
    assertFailed(with(evidence, receipt(), SEOUL.next()), "publication");
    assertFailed(with(evidence, receipt(), LogId.first(new HospitalId("busan"))), "publication");
    Leaves leaves = new Leaves("busan");
    Receipt busan =
        ledger
            .checkpoints()
            .publish(
                fixture.account("busan-publisher").address(),
                LogId.first(new HospitalId("busan")),
                leaves.head(3),
                leaves.proof(0, 3));
    assertFailed(with(busan), "publication");
    Receipt vote =
        ledger.hospitals().changeTokenKeys(owner.address(), SEOUL.hospital(), TokenKeys.NONE);
    assertFailed(
        with(
            of(
                receipt(),
                vote.transaction(),
                vote.blockNumber(),
                vote.blockHash(),
                vote.blockTime())),
        "transaction");
  }

  @Test
  void failsIfTheTransactionWasReverted() throws Exception {
    Node node =
        new Node(new JsonRpc(new HttpTransport(RpcSettings.of(List.of(chain.url()))), chain.url()));
    KeySigner signer = new KeySigner(publisher.secret());
    Leaves rewritten = new Leaves("rewritten");
    var signed =
        signer.sign(
            new UnsignedTransaction(
                Anvil.CHAIN_ID,
                node.transactionCount(signer.account()),
                500_000,
                fixture.file().checkpoints(),
                Calls.publish(SEOUL, rewritten.head(9), rewritten.proof(7, 9))));
    node.send(signed.toBytes());
    chain.mine();
    MinedTransaction mined = node.mined(signed.hash()).orElseThrow();
    assertThat(mined.succeeded()).isFalse();
    Instant time = node.block(mined.blockNumber()).orElseThrow().time();
    assertFailed(
        with(of(receipt(), mined.hash(), mined.blockNumber(), mined.blockHash(), time)),
        "transaction");
    assertThat(output).contains("reverted");
  }

  @Test
  void failsIfTheHospitalShowsAnotherHistoryThanItPublished() throws Exception {
    Evidence forged =
        EvidenceFixture.of(LOG_KEY, EvidenceFixture.LEDGER_KEY, head -> head, "other");
    assertFailed(with(forged, receipt(), SEOUL), "publication");
  }

  @Test
  void failsIfTheContractIsNotTheCompiledOne() throws Exception {
    String registry = fixture.file().checkpoints().toString();
    String code = chain.rpc("eth_getCode", registry, "latest").asText();
    String evil = fixture.account("evil").address().toString().substring(2);
    chain.rpc("anvil_setCode", registry, code.substring(0, 40) + "00" + code.substring(42));
    assertFailed(evidence, "contract code");
    String hospitals = fixture.file().hospitals().toString().substring(2);
    chain.rpc("anvil_setCode", registry, code.replace(hospitals, evil));
    assertFailed(evidence, "hospital registry");
    chain.rpc("anvil_setCode", registry, code.replaceFirst(hospitals, evil));
    assertFailed(evidence, "contract code");
    chain.rpc("anvil_setCode", registry, code);
    assertThat(pinned(evidence)).isEqualTo(Main.VERIFIED);
  }

  @Test
  void takesALedgerOfTheHospitalsOwnOnlyWithoutTheLedgerFile() throws Exception {
    fixture = new BesuFixture(chain, database());
    fixture.account("seoul-publisher");
    ledger = fixture.found(List.of(seoul()));
    Evidence own = published(EvidenceFixture.complete());
    assertFailed(own, "contract");
    assertThat(run(own, "--rpc", chain.url().toString())).isEqualTo(Main.VERIFIED);
    assertThat(output).contains("the ledger merely came with the evidence");
  }

  @Test
  void takesAKeyThatWasReplacedAndNoneThatWasNeverRegistered() throws Exception {
    SignerKey next = EvidenceFixture.logKey("hospital.example/log", 77);
    Evidence stranger = EvidenceFixture.of(next, EvidenceFixture.LEDGER_KEY, head -> head);
    assertFailed(with(stranger, receipt(), SEOUL), "log key on the chain");
    ledger
        .hospitals()
        .changeLogVkey(owner.address(), SEOUL.hospital(), new LogVkey(next.toString()));
    assertThat(pinned(evidence)).as(output).isEqualTo(Main.VERIFIED);
    assertThat(output).contains("replaced since");
    assertThat(pinned(with(stranger, receipt(), SEOUL))).isEqualTo(Main.VERIFIED);
  }

  @Test
  void showsThatTheLogWasBrokenOff() throws Exception {
    TreeHead last = new TreeHead(evidence.ledger().size(), evidence.ledger().root());
    LogVkey successor = new LogVkey(EvidenceFixture.logKey("hospital.example/log2", 3).toString());
    Motion motion = new Motion.ReplaceLog(SEOUL, last, successor);
    long number = ledger.hospitals().propose(owner.address(), motion).number();
    Address busan = fixture.account("busan-owner").address();
    ledger.hospitals().vote(busan, number, motion);
    ledger.hospitals().execute(busan, number);
    assertThat(pinned(evidence)).as(output).isEqualTo(Main.VERIFIED);
    assertThat(output).contains("closed at " + last, "note  successor", "seoul/2");
  }

  @Test
  void doesNotLetTheEvidenceChooseAnotherKindOfLedger() throws Exception {
    assertFailed(EvidenceFixture.complete(), "ledger");
  }

  @Test
  void refusesWrongUsage() throws Exception {
    assertThat(run(evidence, "--ledger", ledgerFile)).isEqualTo(Main.USAGE);
    assertThat(run(evidence, "--rpc", "ftp://127.0.0.1")).isEqualTo(Main.USAGE);
    assertThat(run(evidence, "--rpc", "http://127.0.0.1", "--ledger", file("x", "{}")))
        .isEqualTo(Main.USAGE);
  }
}
