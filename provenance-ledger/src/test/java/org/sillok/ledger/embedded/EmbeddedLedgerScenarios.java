package org.sillok.ledger.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sillok.ledger.Address;
import org.sillok.ledger.ConsentId;
import org.sillok.ledger.ConsentKey;
import org.sillok.ledger.ConsentState.Status;
import org.sillok.ledger.Expiry;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.Leaves;
import org.sillok.ledger.LedgerHead;
import org.sillok.ledger.LedgerKind;
import org.sillok.ledger.LedgerRefusedException;
import org.sillok.ledger.LedgerUnavailableException;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogVkey;
import org.sillok.ledger.Motion;
import org.sillok.ledger.PatientSignature;
import org.sillok.ledger.PatientStatement.Grant;
import org.sillok.ledger.PatientStatement.KeyRegistration;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.TokenKeys;
import org.sillok.ledger.TreeHead;
import org.sillok.ledger.block.Block;
import org.sillok.ledger.block.LedgerSigningKey;
import org.sillok.ledger.block.LedgerTransaction;
import org.sillok.ledger.block.SignedBlock;
import org.sillok.ledger.eip712.TestKey;
import org.sillok.merkle.ConsistencyProof;
import org.sillok.merkle.Hash;

/** What is the embedded ledger's own: its blocks, its tables, its neighbours in the database. */
abstract class EmbeddedLedgerScenarios {

  private static final HospitalId SEOUL = new HospitalId("seoul");
  private static final Address OWNER = TestKey.named("seoul owner").address();
  private static final Address PUBLISHER = TestKey.named("seoul publisher").address();
  private static final Hash CONTENT = Hash.ofHex("c0".repeat(32));
  private static final LedgerSigningKey KEY = EmbeddedFixture.key(1);
  private static final ConsentKey CONSENT = new ConsentKey(SEOUL, ConsentId.parse("1d".repeat(32)));

  private static final Leaves LEAVES = new Leaves("s");

  private final StepClock clock = new StepClock();
  private EmbeddedLedger ledger;
  private EmbeddedLedger spare;

  abstract DataSource database();

  private static Hospital hospital(String name) {
    return new Hospital(
        new HospitalId(name),
        "Hospital",
        URI.create("https://" + name + ".example/fhir"),
        TestKey.named(name + " owner").address(),
        TestKey.named(name + " publisher").address(),
        new LogVkey(name + ".example/log+0123abcd+AWl4LmV4YW1wbGU="),
        TokenKeys.NONE,
        true);
  }

  private EmbeddedLedger open() {
    return EmbeddedLedger.openOrFound(database(), KEY, clock, List.of(hospital("seoul")));
  }

  /** Something in every table: blocks 1 to 6. */
  private void fill() {
    publish(1);
    publish(2);
    ledger.consents().record(PUBLISHER, CONSENT, CONTENT, Expiry.NEVER);
    ledger.consents().announceEmergency(PUBLISHER, CONTENT);
    ledger.hospitals().propose(OWNER, new Motion.Admit(hospital("busan")));
    TestKey patient = TestKey.named("patient");
    KeyRegistration registration =
        new KeyRegistration(SEOUL, patient.address(), Expiry.at(clock.instant().plusSeconds(60)));
    ledger
        .consents()
        .registerPatientKey(
            PUBLISHER, registration, patient.sign(ledger.info().consentDomain(), registration));
  }

  private Receipt publish(long size) {
    return ledger
        .checkpoints()
        .publish(PUBLISHER, LogId.first(SEOUL), LEAVES.head(size), LEAVES.proof(size - 1, size));
  }

  private int sql(String statement, Object... values) {
    ledger.replay(List.of()); // what it has verified may be changed now
    try {
      spare = spare == null ? open() : spare;
    } catch (IllegalStateException | NoSuchElementException e) {
      spare = null; // without block 0 none is opened
    }
    try (Connection connection = database().getConnection();
        PreparedStatement prepared = connection.prepareStatement(statement)) {
      for (int i = 0; i < values.length; i++) {
        prepared.setObject(i + 1, values[i]);
      }
      return prepared.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a server says that has just started, and one that has verified the chain before. */
  private List<String> findings(Receipt... witnessed) {
    EmbeddedLedger started = spare == null ? open() : spare;
    spare = null;
    List<String> findings = started.replay(List.of(witnessed)).findings();
    assertThat(ledger.replay(List.of(witnessed)).findings()).isEqualTo(findings);
    return findings;
  }

  private BlockStore.Row row(long number) {
    try (Connection connection = database().getConnection()) {
      return new BlockStore(connection).block(number).orElseThrow();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String blockText(long number) {
    return row(number).text();
  }

  @BeforeEach
  void found() {
    spare = null;
    EmbeddedFixture.empty(database());
    ledger = open();
  }

  @Test
  void saysThatItWitnessesNothing() {
    assertThat(ledger.info().kind()).isEqualTo(LedgerKind.EMBEDDED);
    assertThat(ledger.info().notice()).startsWith("embedded: witnesses nothing to outsiders");
  }

  @Test
  void anUntouchedLedgerIsSound() {
    fill();
    ChainReport report = ledger.replay(List.of(publish(3)));
    assertThat(report.findings()).isEmpty();
    assertThat(report.blocks()).isEqualTo(8);
  }

  @Test
  void aReplayGoesOnWhereTheLastOneWas() {
    assertThat(ledger.replay(List.of()).blocks()).isEqualTo(1);
    fill();
    assertThat(ledger.replay(List.of()).blocks()).isEqualTo(7);
    Receipt receipt = publish(3);
    assertThat(ledger.replay(List.of(receipt)).blocks()).isEqualTo(8);
    assertThat(findings(receipt)).isEmpty();
  }

  @Test
  void opensWhatItFoundedAndNothingElse() {
    Receipt receipt = publish(1);
    EmbeddedLedger again =
        EmbeddedLedger.openOrFound(database(), KEY, clock, List.of(hospital("busan")));
    assertThat(again.hospitals().hospitals()).containsExactly(hospital("seoul"));
    assertThat(again.receipt(receipt.transaction())).contains(receipt);
    assertThat(again.info()).isEqualTo(ledger.info());
  }

  @Test
  void refusesToOpenWithAnotherKey() {
    assertThatThrownBy(() -> EmbeddedLedger.open(database(), EmbeddedFixture.key(2), clock))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(EmbeddedFixture.key(2).publicKey().toString());
  }

  @Test
  void opensNothingBeforeItIsFounded() {
    EmbeddedFixture.empty(database());
    assertThat(EmbeddedLedger.open(database(), KEY, clock)).isEmpty();
  }

  @Test
  void refusesFoundersThatCannotBeTogether() {
    EmbeddedFixture.empty(database());
    Hospital seoul = hospital("seoul");
    for (List<Hospital> founders :
        List.of(List.of(seoul, seoul), List.of(seoul, hospital("busan").withOwner(OWNER)))) {
      assertThatThrownBy(() -> EmbeddedLedger.openOrFound(database(), KEY, clock, founders))
          .isInstanceOf(LedgerRefusedException.class);
    }
    assertThatThrownBy(() -> EmbeddedLedger.openOrFound(database(), KEY, clock, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(EmbeddedLedger.open(database(), KEY, clock)).isEmpty();
  }

  @Test
  void oneOfManyServersFounds() throws Exception {
    EmbeddedFixture.empty(database());
    List<EmbeddedLedger> ledgers =
        together(
            IntStream.range(0, 6).<Callable<EmbeddedLedger>>mapToObj(i -> this::open).toList());
    assertThat(ledgers).extracting(EmbeddedLedger::info).containsOnly(ledgers.get(0).info());
    assertThat(ledgers.get(0).replay(List.of()).blocks()).isEqualTo(1);
  }

  @Test
  void serversTakeTurnsAndLoseNothing() throws Exception {
    int writes = 25;
    List<Callable<List<Receipt>>> servers = new ArrayList<>();
    for (int server = 0; server < 4; server++) {
      EmbeddedLedger own = open();
      servers.add(
          () ->
              IntStream.range(0, writes)
                  .mapToObj(i -> own.consents().announceEmergency(PUBLISHER, CONTENT))
                  .toList());
    }
    List<Receipt> receipts = new ArrayList<>();
    for (List<Receipt> each : together(servers)) {
      receipts.addAll(each);
    }
    assertThat(receipts)
        .extracting(Receipt::blockNumber)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, 4 * writes).mapToObj(Long::valueOf).toList());
    assertThat(findings(receipts.toArray(Receipt[]::new))).isEmpty();
  }

  private static <T> List<T> together(List<Callable<T>> tasks) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(tasks.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : pool.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aReplayBesideWritersRaisesNoFalseAlarm() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    EmbeddedLedger writer = open();
    List<Callable<List<String>>> tasks =
        List.of(
            () -> {
              for (int i = 0; i < 60; i++) {
                writer.consents().announceEmergency(PUBLISHER, CONTENT);
              }
              done.set(true);
              return List.of();
            },
            () -> {
              List<String> alarms = new ArrayList<>();
              while (!done.get()) {
                alarms.addAll(findings());
              }
              return alarms;
            });
    assertThat(together(tasks)).containsOnly(List.of());
  }

  @Test
  void aRefusalLeavesNoTrace() {
    fill();
    LedgerHead before = ledger.head();
    assertThatThrownBy(() -> ledger.consents().record(PUBLISHER, CONSENT, CONTENT, Expiry.NEVER))
        .isInstanceOf(LedgerRefusedException.class);
    assertThat(ledger.head()).isEqualTo(before);
    assertThat(findings()).isEmpty();
  }

  @Test
  void aWriteThatFailsHalfWayLeavesNoTrace() {
    publish(1);
    sql(
        "INSERT INTO sillok_ledger_block VALUES (2, ?, ?, 'x')",
        CONTENT.toBytes(),
        CONTENT.toBytes());
    LedgerUnavailableException trouble =
        catchThrowableOfType(LedgerUnavailableException.class, () -> publish(2));
    assertThat(trouble).hasCauseInstanceOf(SQLException.class);
    sql("DELETE FROM sillok_ledger_block WHERE block_number = 2");
    assertThat(ledger.checkpoints().latest(LogId.first(SEOUL)).orElseThrow().head().size())
        .isEqualTo(1);
    assertThat(findings()).isEmpty();
    publish(2);
  }

  @Test
  void troubleWithTheDatabaseKeepsItsCause() {
    sql("DROP TABLE sillok_ledger_hospital");
    for (ThrowingCallable use :
        List.<ThrowingCallable>of(
            () -> ledger.hospitals().hospitals(),
            () -> publish(1),
            () -> ledger.replay(List.of()))) {
      assertThatThrownBy(use)
          .isInstanceOf(LedgerUnavailableException.class)
          .hasCauseInstanceOf(SQLException.class);
    }
  }

  @Test
  void blockTimeDoesNotFollowAClockThatGoesBack() {
    Receipt first = publish(1);
    clock.advance(Duration.ofHours(-3));
    Receipt second = publish(2);
    assertThat(second.blockTime()).isEqualTo(first.blockTime());
    assertThat(findings()).isEmpty();
  }

  @Test
  void aBlockTextConvincesWithoutTheDatabase() throws Exception {
    Receipt receipt = publish(1);
    String text = ledger.blockText(receipt).orElseThrow();
    Block block = SignedBlock.verify(text, KEY.publicKey());
    assertThat(block.receipt()).isEqualTo(receipt);
    assertThat(block.published()).isEqualTo(ledger.checkpoints().latest(LogId.first(SEOUL)));
    assertThat(Block.chainId(block.genesisHash())).isEqualTo(ledger.info().chainId());
  }

  @Test
  void takesTokenKeysUpToTheirLimit() {
    TokenKeys keys = TokenKeys.parse("\"".repeat(TokenKeys.LIMIT));
    ledger.hospitals().changeTokenKeys(OWNER, SEOUL, keys);
    assertThat(ledger.hospitals().hospital(SEOUL).orElseThrow().tokenKeys()).isEqualTo(keys);
    assertThat(findings()).isEmpty();
  }

  @Test
  void takesALongProof() {
    assertThatThrownBy(
            () ->
                ledger
                    .checkpoints()
                    .publish(
                        PUBLISHER,
                        LogId.first(SEOUL),
                        new TreeHead(5, CONTENT),
                        new ConsistencyProof(0, 5, Collections.nCopies(100_000, CONTENT))))
        .isInstanceOf(LedgerRefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sillok_ledger_hospital",
        "sillok_ledger_proposal",
        "sillok_ledger_log",
        "sillok_ledger_checkpoint",
        "sillok_ledger_consent",
        "sillok_ledger_patient_key",
        "sillok_ledger_emergency"
      })
  void editedDeletedAndInsertedStateIsNamed(String table) {
    fill();
    assertThat(findings()).isEmpty();
    sql("INSERT INTO " + table + " (item, body) VALUES ('zzz', '{}')");
    assertThat(findings()).singleElement().asString().startsWith(table);
    sql("DELETE FROM " + table + " WHERE item = 'zzz'");
    sql("UPDATE " + table + " SET body = REPLACE(body, '1', '2')");
    assertThat(findings())
        .isNotEmpty()
        .allSatisfy(finding -> assertThat(finding).startsWith(table + " "));
    sql("DELETE FROM " + table);
    assertThat(findings())
        .isNotEmpty()
        .allSatisfy(finding -> assertThat(finding).startsWith(table));
  }

  @Test
  void aConsentThatTheDatabaseBroughtBackIsNamed() {
    fill();
    ledger.consents().revoke(PUBLISHER, CONSENT);
    sql("UPDATE sillok_ledger_consent SET body = REPLACE(body, 'REVOKED', 'ACTIVE')");
    assertThat(ledger.consents().consent(CONSENT).orElseThrow().status()).isEqualTo(Status.ACTIVE);
    assertThat(findings())
        .singleElement()
        .asString()
        .startsWith("sillok_ledger_consent " + CONSENT + ": got ");
  }

  @Test
  void stateThatIsNotTheLedgersIsNoAnswer() {
    fill();
    sql("UPDATE sillok_ledger_consent SET body = '{}'");
    assertThatThrownBy(() -> ledger.consents().consent(CONSENT))
        .isInstanceOf(LedgerUnavailableException.class)
        .hasMessageContaining(CONSENT.toString());
  }

  @Test
  void everyChangedBlockIsNamed() {
    fill();
    for (long number = 0; number <= 6; number++) {
      String text = blockText(number);
      String changed = text.replaceFirst("2026", "2025");
      sql(
          "UPDATE sillok_ledger_block SET signed_block = ? WHERE block_number = ?",
          changed,
          number);
      assertThat(findings()).anyMatch(starts("block " + number + ": "));
      sql("UPDATE sillok_ledger_block SET signed_block = ? WHERE block_number = ?", text, number);
    }
    assertThat(findings()).isEmpty();
  }

  @Test
  void everyDeletedBlockIsNamed() {
    fill();
    for (long number = 0; number <= 6; number++) {
      BlockStore.Row row = row(number);
      sql("DELETE FROM sillok_ledger_block WHERE block_number = ?", number);
      assertThat(findings()).isNotEmpty();
      sql(
          "INSERT INTO sillok_ledger_block VALUES (?, ?, ?, ?)",
          number,
          row.hash().toBytes(),
          row.transaction().toBytes(),
          row.text());
    }
    assertThat(findings()).isEmpty();
  }

  @Test
  void aChangedHashColumnIsNamed() {
    fill();
    sql("UPDATE sillok_ledger_block SET block_hash = ? WHERE block_number = 3", CONTENT.toBytes());
    assertThat(findings()).anyMatch(starts("block 3: stands under other hashes"));
  }

  @Test
  void aMovedBlockIsNamed() {
    fill();
    sql("UPDATE sillok_ledger_block SET block_number = 99 WHERE block_number = 3");
    sql("UPDATE sillok_ledger_block SET block_number = 3 WHERE block_number = 4");
    sql("UPDATE sillok_ledger_block SET block_number = 4 WHERE block_number = 99");
    assertThat(findings()).anyMatch(starts("block 3: numbered 4 in row 3"));
  }

  @Test
  void aMovedHeadIsNamed() {
    fill();
    sql("UPDATE sillok_ledger_head SET block_number = 5");
    assertThat(findings()).singleElement().asString().startsWith("sillok_ledger_head: got ");
    assertThatThrownBy(() -> publish(3)).isInstanceOf(LedgerUnavailableException.class);
  }

  @Test
  void aLostHeadIsNamed() {
    fill();
    sql("DELETE FROM sillok_ledger_head");
    assertThat(findings()).singleElement().asString().startsWith("sillok_ledger_head: got none");
    assertThatThrownBy(() -> publish(3)).isInstanceOf(LedgerUnavailableException.class);
  }

  @Test
  void aChainThatWasCutOffIsNamedByAReceipt() {
    publish(1);
    Hash first = ledger.head().blockHash();
    Receipt second = publish(2);
    sql("DELETE FROM sillok_ledger_block WHERE block_number = 2");
    sql("UPDATE sillok_ledger_head SET block_number = 1, block_hash = ?", first.toBytes());
    sql("DELETE FROM sillok_ledger_checkpoint WHERE item LIKE '%2'");
    sql(
        "UPDATE sillok_ledger_log SET body = REPLACE(REPLACE(body, ?, ?), '\"size\":2', '\"size\":1')",
        LEAVES.head(2).root().toString(),
        LEAVES.head(1).root().toString());
    assertThat(open().replay(List.of()).findings()).isEmpty();
    assertThat(findings(second)).singleElement().asString().startsWith("block 2: got none, want ");
    for (int i = 0; i < 2; i++) {
      assertThat(ledger.replay(List.of()).findings())
          .as("by whoever has seen it")
          .singleElement()
          .asString()
          .matches("block 2: got none, want .*, which was there before");
    }
  }

  @Test
  void aForgersBlockIsNamed() throws Exception {
    fill();
    append(new LedgerTransaction.AnnounceEmergency(CONTENT), EmbeddedFixture.key(2));
    assertThat(findings()).anyMatch(starts("block 7: block 7: not signed by the ledger key"));
  }

  @Test
  void whoHoldsTheKeyStillCannotBreakARule() throws Exception {
    fill();
    ledger.consents().revoke(PUBLISHER, CONSENT);
    append(new LedgerTransaction.AmendConsent(CONSENT, 1, CONTENT, Expiry.NEVER), KEY);
    assertThat(findings()).anyMatch(starts("block 8: breaks a rule: ConsentRevoked"));
  }

  @Test
  void whoHoldsTheKeyCannotGrantForAPatient() throws Exception {
    fill();
    ConsentKey forged = new ConsentKey(SEOUL, ConsentId.parse("2d".repeat(32)));
    Grant grant = new Grant(forged, CONTENT, Expiry.NEVER, 0, Expiry.NEVER);
    PatientSignature signature = TestKey.named("forger").sign(ledger.info().consentDomain(), grant);
    append(new LedgerTransaction.GrantConsent(grant, signature), KEY);
    assertThat(findings()).anyMatch(starts("block 7: breaks a rule: PatientKeyUnknown"));
  }

  @Test
  void aRepeatedPublicationMakesNoBlock() throws Exception {
    fill();
    LogId log = LogId.first(SEOUL);
    append(new LedgerTransaction.Publish(log, LEAVES.head(2), 1, List.of()), KEY);
    assertThat(findings()).anyMatch(starts("block 7: "));
  }

  /** Puts a well linked block behind the last one, past all rules. */
  private void append(LedgerTransaction transaction, LedgerSigningKey key) throws Exception {
    LedgerHead head = ledger.head();
    Hash genesis = SignedBlock.verify(blockText(0), KEY.publicKey()).hash();
    Block block =
        new Block(
            Block.FORMAT,
            genesis,
            head.blockNumber() + 1,
            head.blockHash(),
            head.time(),
            PUBLISHER,
            transaction);
    sql(
        "INSERT INTO sillok_ledger_block VALUES (?, ?, ?, ?)",
        block.number(),
        block.hash().toBytes(),
        block.receipt().transaction().toBytes(),
        SignedBlock.sign(block, key));
    sql(
        "UPDATE sillok_ledger_head SET block_number = ?, block_hash = ?",
        block.number(),
        block.hash().toBytes());
  }

  @Test
  void aDamagedBlockIsNoReceipt() {
    Receipt receipt = publish(1);
    sql(
        "UPDATE sillok_ledger_block SET signed_block = ? WHERE block_number = 1",
        blockText(1).replace("2026", "2025"));
    assertThatThrownBy(() -> ledger.receipt(receipt.transaction()))
        .isInstanceOf(LedgerUnavailableException.class)
        .hasMessageContaining("block 1");
    assertThatThrownBy(() -> ledger.blockText(receipt))
        .isInstanceOf(LedgerUnavailableException.class);
  }

  private static Predicate<String> starts(String prefix) {
    return finding -> finding.startsWith(prefix);
  }
}
