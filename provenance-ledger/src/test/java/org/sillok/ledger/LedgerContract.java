package org.sillok.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.sillok.ledger.ConsentState.Status;
import org.sillok.ledger.PatientStatement.Grant;
import org.sillok.ledger.PatientStatement.KeyRegistration;
import org.sillok.ledger.PatientStatement.Revocation;
import org.sillok.ledger.eip712.TestKey;
import org.sillok.merkle.ConsistencyProof;
import org.sillok.merkle.Hash;

/**
 * What every ledger does and refuses. An implementation extends this class with its fixture and
 * passes all of it.
 */
public abstract class LedgerContract {

  private static final HospitalId SEOUL = new HospitalId("seoul");
  private static final HospitalId BUSAN = new HospitalId("busan");
  private static final HospitalId DAEGU = new HospitalId("daegu");
  private static final HospitalId NOWHERE = new HospitalId("nowhere");
  private static final Hash CONTENT = Hash.ofHex("c0".repeat(32));
  private static final Hash OTHER_CONTENT = Hash.ofHex("c1".repeat(32));

  private LedgerFixture fixture;
  private Ledger ledger;

  /** A fixture for one test. */
  protected abstract LedgerFixture fixture();

  @BeforeEach
  void openFixture() {
    fixture = fixture();
  }

  @AfterEach
  void closeFixture() {
    fixture.close();
  }

  // What the tests below are written in.

  private void found(String... names) {
    ledger = fixture.found(Stream.of(names).map(this::hospital).toList());
  }

  private Hospital hospital(String name) {
    return new Hospital(
        new HospitalId(name),
        "Hospital of " + name,
        URI.create("https://" + name + ".example/fhir"),
        owner(name),
        publisher(name),
        vkey(name + ".example/log"),
        TokenKeys.NONE,
        true);
  }

  private static LogVkey vkey(String origin) {
    return new LogVkey(origin + "+0123abcd+AWl4LmV4YW1wbGU=");
  }

  private Address account(String name) {
    return fixture.account(name).address();
  }

  private Address owner(String name) {
    return account(name + " owner");
  }

  private Address owner(HospitalId id) {
    return owner(id.value());
  }

  private Address publisher(String name) {
    return account(name + " publisher");
  }

  private Address publisher(HospitalId id) {
    return publisher(id.value());
  }

  private Address stranger() {
    return account("stranger");
  }

  private Receipt publish(HospitalId id, Leaves leaves, long from, long to) {
    return ledger
        .checkpoints()
        .publish(publisher(id), LogId.first(id), leaves.head(to), leaves.proof(from, to));
  }

  private Instant now() {
    return ledger.head().asOf();
  }

  private Expiry in(Duration duration) {
    return Expiry.at(now().plus(duration));
  }

  private Expiry inAYear() {
    return in(Duration.ofDays(365));
  }

  private Expiry inAnHour() {
    return in(Duration.ofHours(1));
  }

  private static ConsentKey consent(HospitalId custodian, int number) {
    byte[] id = new byte[32];
    new Random(number).nextBytes(id);
    return new ConsentKey(custodian, ConsentId.of(id));
  }

  private ConsentState state(ConsentKey key) {
    return ledger.consents().consent(key).orElseThrow();
  }

  private Hospital member(HospitalId id) {
    return ledger.hospitals().hospital(id).orElseThrow();
  }

  private static void refused(Rule rule, ThrowingCallable write) {
    LedgerRefusedException refusal = catchThrowableOfType(LedgerRefusedException.class, write);
    assertThat(refusal).as("want %s", rule).isNotNull();
    assertThat(refusal.rule()).as(refusal.getMessage()).isEqualTo(rule);
    assertThat(refusal.got()).isNotEmpty();
    assertThat(refusal.want()).isNotEmpty();
    assertThat(refusal).hasMessageStartingWith(rule.errorName() + ": got ");
  }

  private long propose(HospitalId by, Motion motion) {
    return ledger.hospitals().propose(owner(by), motion).number();
  }

  private void vote(HospitalId by, long proposal) {
    vote(owner(by), proposal);
  }

  private void vote(Address by, long proposal) {
    Motion seen =
        ledger
            .hospitals()
            .proposal(proposal)
            .map(Proposal::motion)
            .orElse(new Motion.Suspend(SEOUL));
    ledger.hospitals().vote(by, proposal, seen);
  }

  private void execute(HospitalId by, long proposal) {
    ledger.hospitals().execute(owner(by), proposal);
  }

  private void suspendByVote(HospitalId suspended, HospitalId... voters) {
    long proposal = propose(voters[0], new Motion.Suspend(suspended));
    Stream.of(voters).skip(1).forEach(voter -> vote(voter, proposal));
    execute(voters[0], proposal);
  }

  private static HospitalId id(String name) {
    return new HospitalId(name);
  }

  /** Runs both at the same moment; what each came to. */
  private static <T> List<Object> race(List<Callable<T>> runners) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(runners.size());
    try {
      CyclicBarrier start = new CyclicBarrier(runners.size());
      List<Future<T>> futures = new ArrayList<>();
      for (Callable<T> runner : runners) {
        futures.add(
            pool.submit(
                () -> {
                  start.await();
                  return runner.call();
                }));
      }
      List<Object> outcomes = new ArrayList<>();
      for (Future<T> future : futures) {
        outcomes.add(outcome(future));
      }
      return outcomes;
    } finally {
      pool.shutdownNow();
    }
  }

  private static Object outcome(Future<?> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  @Nested
  class Receipts {

    @BeforeEach
    void open() {
      found("seoul", "busan");
    }

    @Test
    void tellOfTheLedgerThatGaveThem() {
      Receipt receipt = publish(SEOUL, new Leaves("s"), 0, 3);
      assertThat(receipt.ledger()).isEqualTo(ledger.info().kind());
      assertThat(receipt.chainId()).isEqualTo(ledger.info().chainId());
      assertThat(receipt.blockNumber()).isLessThanOrEqualTo(ledger.head().blockNumber());
      assertThat(receipt.blockTime()).isBeforeOrEqualTo(ledger.head().asOf());
    }

    @Test
    void areFoundByTheirTransaction() {
      Receipt receipt = publish(SEOUL, new Leaves("s"), 0, 3);
      assertThat(ledger.receipt(receipt.transaction())).contains(receipt);
      assertThat(ledger.receipt(CONTENT)).isEmpty();
    }

    @Test
    void differForEachWrite() {
      List<Receipt> receipts =
          List.of(
              publish(SEOUL, new Leaves("s"), 0, 3),
              ledger.consents().announceEmergency(publisher(SEOUL), CONTENT),
              ledger.consents().announceEmergency(publisher(SEOUL), CONTENT));
      assertThat(receipts).extracting(Receipt::transaction).doesNotHaveDuplicates();
    }

    @Test
    void timeNeverGoesBack() {
      Receipt first = publish(SEOUL, new Leaves("s"), 0, 3);
      fixture.advanceTime(Duration.ofMinutes(5));
      Receipt second = publish(SEOUL, new Leaves("s"), 3, 4);
      assertThat(Duration.between(first.blockTime(), second.blockTime()))
          .isGreaterThanOrEqualTo(Duration.ofMinutes(5));
      assertThat(second.blockNumber()).isGreaterThan(first.blockNumber());
    }

    @Test
    void aReceiptOfAnotherLedgerHasNoBlockHere() {
      Receipt receipt = publish(SEOUL, new Leaves("s"), 0, 3);
      Receipt forged =
          new Receipt(
              receipt.ledger(),
              receipt.chainId(),
              receipt.contract(),
              receipt.transaction(),
              receipt.blockNumber(),
              CONTENT,
              receipt.blockTime());
      assertThat(ledger.blockText(forged)).isEmpty();
    }
  }

  @Nested
  class Checkpoints {

    private final Leaves leaves = new Leaves("seoul ");
    private final LogId log = LogId.first(SEOUL);

    @BeforeEach
    void open() {
      found("seoul", "busan", "daegu");
    }

    @Test
    void aLogStartsEmpty() {
      assertThat(ledger.checkpoints().latest(log)).isEmpty();
      assertThat(ledger.checkpoints().log(log))
          .contains(new LogRecord(log, "seoul.example/log", TreeHead.EMPTY, null, true));
      assertThat(ledger.checkpoints().logs(SEOUL)).hasSize(1);
      assertThat(ledger.checkpoints().logs(NOWHERE)).isEmpty();
    }

    @Test
    void acceptsTheFirstHead() {
      Receipt receipt = publish(SEOUL, leaves, 0, 5);
      assertThat(ledger.checkpoints().latest(log))
          .contains(new AcceptedCheckpoint(log, leaves.head(5), receipt));
    }

    @Test
    void acceptsEveryGrowthAndKeepsEveryHead() {
      long[] sizes = {1, 2, 3, 7, 8, 64, 65, 100};
      List<Receipt> receipts = new ArrayList<>();
      for (int i = 0; i < sizes.length; i++) {
        receipts.add(publish(SEOUL, leaves, i == 0 ? 0 : sizes[i - 1], sizes[i]));
      }
      for (int i = 0; i < sizes.length; i++) {
        assertThat(ledger.checkpoints().checkpointAt(log, sizes[i]))
            .contains(new AcceptedCheckpoint(log, leaves.head(sizes[i]), receipts.get(i)));
      }
      assertThat(ledger.checkpoints().checkpointAt(log, 4)).isEmpty();
      publish(BUSAN, new Leaves("busan"), 0, 9);
      assertThat(sizesAfter(log, 0, 100)).containsExactly(1L, 2L, 3L, 7L, 8L, 64L, 65L, 100L);
      assertThat(sizesAfter(log, 3, 2)).containsExactly(7L, 8L);
      assertThat(sizesAfter(log, 9, 2)).containsExactly(64L, 65L);
      assertThat(sizesAfter(log, 100, 5)).isEmpty();
      assertThat(ledger.checkpoints().checkpointsAfter(log, 2, 1))
          .containsExactly(ledger.checkpoints().checkpointAt(log, 3).orElseThrow());
      assertThat(sizesAfter(log.next(), 0, 5)).as("an unknown log").isEmpty();
      assertThat(ledger.checkpoints().log(log).orElseThrow().head()).isEqualTo(leaves.head(100));
    }

    private List<Long> sizesAfter(LogId of, long size, int most) {
      return ledger.checkpoints().checkpointsAfter(of, size, most).stream()
          .map(accepted -> accepted.head().size())
          .toList();
    }

    @Test
    void theSameHeadAgainIsNoRefusalAndNothingNew() {
      Receipt first = publish(SEOUL, leaves, 0, 5);
      assertThat(publish(SEOUL, leaves, 0, 5)).isEqualTo(first);
      assertThat(publish(SEOUL, leaves, 5, 5)).isEqualTo(first);
    }

    @Test
    void anEarlierHeadAgainGivesItsOwnReceipt() {
      Receipt first = publish(SEOUL, leaves, 0, 5);
      publish(SEOUL, leaves, 5, 9);
      assertThat(publish(SEOUL, leaves, 0, 5)).isEqualTo(first);
      assertThat(ledger.checkpoints().latest(log).orElseThrow().head().size()).isEqualTo(9);
    }

    @Test
    void logsOfDifferentHospitalsAreApart() {
      publish(SEOUL, leaves, 0, 5);
      publish(BUSAN, leaves, 0, 3);
      assertThat(ledger.checkpoints().latest(LogId.first(BUSAN)).orElseThrow().head())
          .isEqualTo(leaves.head(3));
    }

    @Test
    void refusesAnUnknownHospital() {
      refused(Rule.HOSPITAL_UNKNOWN, () -> publish(NOWHERE, leaves, 0, 5));
    }

    @Test
    void refusesAnotherHospitalsPublisher() {
      refused(
          Rule.SENDER_NOT_PUBLISHER,
          () ->
              ledger
                  .checkpoints()
                  .publish(publisher(BUSAN), log, leaves.head(5), leaves.proof(0, 5)));
    }

    @Test
    void refusesTheOwnersKeyAndStrangers() {
      for (Address sender : List.of(owner(SEOUL), stranger())) {
        refused(
            Rule.SENDER_NOT_PUBLISHER,
            () -> ledger.checkpoints().publish(sender, log, leaves.head(5), leaves.proof(0, 5)));
      }
    }

    @Test
    void refusesASuspendedHospital() {
      ledger.hospitals().suspendSelf(owner(SEOUL), SEOUL);
      refused(Rule.HOSPITAL_NOT_ACTIVE, () -> publish(SEOUL, leaves, 0, 5));
    }

    @Test
    void acceptsAgainAfterReadmission() {
      publish(SEOUL, leaves, 0, 5);
      suspendByVote(SEOUL, BUSAN, DAEGU);
      refused(Rule.HOSPITAL_NOT_ACTIVE, () -> publish(SEOUL, leaves, 5, 6));
      long proposal = propose(BUSAN, new Motion.Readmit(SEOUL));
      vote(DAEGU, proposal);
      execute(DAEGU, proposal);
      publish(SEOUL, leaves, 5, 6);
    }

    @Test
    void refusesALogThatIsNotOpenYet() {
      refused(
          Rule.LOG_UNKNOWN,
          () ->
              ledger
                  .checkpoints()
                  .publish(publisher(SEOUL), log.next(), leaves.head(5), leaves.proof(0, 5)));
    }

    @Test
    void refusesATreeWithoutLeaves() {
      refused(Rule.CHECKPOINT_EMPTY, () -> publish(SEOUL, leaves, 0, 0));
    }

    @Test
    void refusesAShrinkingTree() {
      publish(SEOUL, leaves, 0, 9);
      refused(Rule.CHECKPOINT_SHRINKS, () -> publish(SEOUL, leaves, 0, 8));
    }

    @Test
    void refusesAnotherRootForAnAcceptedSize() {
      publish(SEOUL, leaves, 0, 5);
      publish(SEOUL, leaves, 5, 9);
      refused(Rule.CHECKPOINT_CONFLICTS, () -> publish(SEOUL, new Leaves("forged"), 0, 9));
      refused(Rule.CHECKPOINT_CONFLICTS, () -> publish(SEOUL, new Leaves("forged"), 0, 5));
    }

    @Test
    void refusesAProofFromAnotherSize() {
      publish(SEOUL, leaves, 0, 5);
      publish(SEOUL, leaves, 5, 9);
      refused(Rule.CHECKPOINT_STALE_SIZE, () -> publish(SEOUL, leaves, 5, 12));
      refused(Rule.CHECKPOINT_STALE_SIZE, () -> publish(SEOUL, leaves, 10, 12));
    }

    @Test
    void refusesToStartOverFromNothing() {
      publish(SEOUL, leaves, 0, 5);
      refused(Rule.CHECKPOINT_STALE_SIZE, () -> publish(SEOUL, new Leaves("forged"), 0, 12));
    }

    @Test
    void refusesARewrittenHistory() {
      publish(SEOUL, leaves, 0, 5);
      refused(Rule.CONSISTENCY_PROOF_INVALID, () -> publish(SEOUL, new Leaves("forged"), 5, 12));
    }

    @Test
    void refusesAForgedRootWithTheTrueProof() {
      publish(SEOUL, leaves, 0, 5);
      refused(
          Rule.CONSISTENCY_PROOF_INVALID,
          () ->
              ledger
                  .checkpoints()
                  .publish(publisher(SEOUL), log, new TreeHead(12, CONTENT), leaves.proof(5, 12)));
    }

    @Test
    void refusesEveryDamageToAProof() {
      publish(SEOUL, leaves, 0, 6);
      List<Hash> path = leaves.proof(6, 13).path();
      List<List<Hash>> damaged = new ArrayList<>();
      damaged.add(List.of());
      damaged.add(path.subList(0, path.size() - 1));
      damaged.add(path.subList(1, path.size()));
      damaged.add(Stream.concat(path.stream(), Stream.of(CONTENT)).toList());
      damaged.add(Stream.concat(Stream.of(CONTENT), path.stream()).toList());
      damaged.add(
          IntStream.range(0, path.size()).mapToObj(i -> path.get(path.size() - 1 - i)).toList());
      for (int i = 0; i < path.size(); i++) {
        List<Hash> one = new ArrayList<>(path);
        one.set(i, CONTENT);
        damaged.add(one);
      }
      for (List<Hash> wrong : damaged) {
        refused(
            Rule.CONSISTENCY_PROOF_INVALID,
            () ->
                ledger
                    .checkpoints()
                    .publish(
                        publisher(SEOUL),
                        log,
                        leaves.head(13),
                        new ConsistencyProof(6, 13, wrong)));
      }
      publish(SEOUL, leaves, 6, 13);
    }

    @Test
    void refusesAnOverlongFirstProof() {
      refused(
          Rule.CONSISTENCY_PROOF_INVALID,
          () ->
              ledger
                  .checkpoints()
                  .publish(
                      publisher(SEOUL),
                      log,
                      leaves.head(5),
                      new ConsistencyProof(0, 5, List.of(CONTENT))));
    }

    @Test
    void aProofToAnotherSizeIsTheCallersMistake() {
      assertThatThrownBy(
              () ->
                  ledger
                      .checkpoints()
                      .publish(publisher(SEOUL), log, leaves.head(5), leaves.proof(0, 6)))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void twoServersWithTheSameHeadBothSucceed() throws Exception {
      Ledger second = fixture.second();
      List<Object> outcomes =
          race(
              Stream.of(ledger, second)
                  .<Callable<Receipt>>map(
                      server ->
                          () ->
                              server
                                  .checkpoints()
                                  .publish(
                                      publisher(SEOUL), log, leaves.head(5), leaves.proof(0, 5)))
                  .toList());
      assertThat(outcomes).hasOnlyElementsOfType(Receipt.class);
      assertThat(outcomes.get(0)).isEqualTo(outcomes.get(1));
    }

    @Test
    void ofTwoServersWithDifferentTreesOneIsRefused() throws Exception {
      Leaves fork = new Leaves("fork");
      Ledger second = fixture.second();
      List<Object> outcomes =
          race(
              List.of(
                  () -> publish(SEOUL, leaves, 0, 5),
                  () ->
                      second
                          .checkpoints()
                          .publish(publisher(SEOUL), log, fork.head(5), fork.proof(0, 5))));
      assertThat(outcomes).hasAtLeastOneElementOfType(Receipt.class);
      assertThat(outcomes)
          .filteredOn(LedgerRefusedException.class::isInstance)
          .singleElement()
          .extracting(refusal -> ((LedgerRefusedException) refusal).rule())
          .isEqualTo(Rule.CHECKPOINT_CONFLICTS);
    }

    @Test
    void ofTwoServersWithDifferentSizesTheSlowerOneIsStaleOrShrinks() throws Exception {
      Ledger second = fixture.second();
      List<Object> outcomes =
          race(
              List.of(
                  () -> publish(SEOUL, leaves, 0, 5),
                  () ->
                      second
                          .checkpoints()
                          .publish(publisher(SEOUL), log, leaves.head(8), leaves.proof(0, 8))));
      assertThat(outcomes)
          .filteredOn(LedgerRefusedException.class::isInstance)
          .singleElement()
          .extracting(refusal -> ((LedgerRefusedException) refusal).rule())
          .isIn(Rule.CHECKPOINT_STALE_SIZE, Rule.CHECKPOINT_SHRINKS);
    }

    @Test
    void aReplacedPublisherKeyPublishesNoMore() {
      ledger.hospitals().changePublisher(owner(SEOUL), SEOUL, account("fresh"));
      refused(Rule.SENDER_NOT_PUBLISHER, () -> publish(SEOUL, leaves, 0, 5));
      ledger.checkpoints().publish(account("fresh"), log, leaves.head(5), leaves.proof(0, 5));
    }
  }

  @Nested
  class BrokenLogs {

    private final Leaves leaves = new Leaves("seoul ");
    private final LogId log = LogId.first(SEOUL);
    private final LogVkey successor = vkey("seoul.example/log2");

    private Motion.ReplaceLog motion(long size) {
      return new Motion.ReplaceLog(log, leaves.head(size), successor);
    }

    private void breakLog() {
      long proposal = propose(SEOUL, motion(5));
      vote(BUSAN, proposal);
      vote(DAEGU, proposal);
      execute(SEOUL, proposal);
    }

    @BeforeEach
    void open() {
      found("seoul", "busan", "daegu");
      publish(SEOUL, leaves, 0, 5);
    }

    @Test
    void aSuccessorNamesWhereTheLogBroke() {
      breakLog();
      LogRecord closed = ledger.checkpoints().log(log).orElseThrow();
      LogRecord open = ledger.checkpoints().log(log.next()).orElseThrow();
      assertThat(closed.open()).isFalse();
      assertThat(closed.head()).isEqualTo(leaves.head(5));
      assertThat(open)
          .isEqualTo(
              new LogRecord(
                  log.next(), "seoul.example/log2", TreeHead.EMPTY, leaves.head(5), true));
      assertThat(member(SEOUL).logVkey()).isEqualTo(successor);
      assertThat(ledger.checkpoints().logs(SEOUL)).containsExactly(closed, open);
    }

    @Test
    void oldHeadsStayReadableAndClosed() {
      breakLog();
      assertThat(ledger.checkpoints().checkpointAt(log, 5)).isPresent();
      refused(Rule.LOG_CLOSED, () -> publish(SEOUL, leaves, 5, 6));
    }

    @Test
    void theSuccessorStartsFromNothing() {
      breakLog();
      Leaves fresh = new Leaves("second");
      ledger.checkpoints().publish(publisher(SEOUL), log.next(), fresh.head(2), fresh.proof(0, 2));
      assertThat(ledger.checkpoints().latest(log.next()).orElseThrow().head().size()).isEqualTo(2);
    }

    @Test
    void othersCannotBreakAHospitalsLog() {
      refused(Rule.SENDER_NOT_OWNER, () -> propose(BUSAN, motion(5)));
    }

    @Test
    void thePublisherCannotBreakItsLog() {
      refused(
          Rule.SENDER_NOT_MEMBER, () -> ledger.hospitals().propose(publisher(SEOUL), motion(5)));
    }

    @Test
    void theOwnerAloneCannotBreakItsLog() {
      long proposal = propose(SEOUL, motion(5));
      refused(Rule.PROPOSAL_LACKS_MAJORITY, () -> execute(SEOUL, proposal));
      vote(BUSAN, proposal);
      refused(Rule.PROPOSAL_LACKS_MAJORITY, () -> execute(SEOUL, proposal));
    }

    @Test
    void refusesAnotherLastHeadThanTheLedgers() {
      refused(Rule.LOG_HEAD_MISMATCH, () -> propose(SEOUL, motion(4)));
    }

    @Test
    void refusesExecutionAfterTheLogHasGrown() {
      long proposal = propose(SEOUL, motion(5));
      vote(BUSAN, proposal);
      vote(DAEGU, proposal);
      publish(SEOUL, leaves, 5, 6);
      refused(Rule.LOG_HEAD_MISMATCH, () -> execute(SEOUL, proposal));
    }

    @Test
    void aStolenAndReplacedOwnerKeysProposalDies() {
      long breaking = propose(SEOUL, motion(5));
      vote(BUSAN, breaking);
      vote(DAEGU, breaking);
      long replacing = propose(BUSAN, new Motion.ReplaceOwner(SEOUL, account("new owner")));
      vote(DAEGU, replacing);
      execute(BUSAN, replacing);
      refused(Rule.SENDER_NOT_OWNER, () -> execute(BUSAN, breaking));
    }

    @Test
    void refusesAnOriginThatSomeLogHas() {
      for (String origin : List.of("seoul.example/log", "busan.example/log")) {
        refused(
            Rule.LOG_ORIGIN_IN_USE,
            () -> propose(SEOUL, new Motion.ReplaceLog(log, leaves.head(5), vkey(origin))));
      }
    }

    @Test
    void refusesToBreakAClosedLogAgain() {
      breakLog();
      refused(
          Rule.LOG_CLOSED,
          () ->
              propose(
                  SEOUL, new Motion.ReplaceLog(log, leaves.head(5), vkey("seoul.example/log3"))));
    }

    @Test
    void refusesToBreakALogThatIsNotThere() {
      refused(
          Rule.LOG_UNKNOWN,
          () -> propose(SEOUL, new Motion.ReplaceLog(log.next(), leaves.head(5), successor)));
    }
  }

  @Nested
  class OwnersAlone {

    @BeforeEach
    void open() {
      found("seoul", "busan");
    }

    @Test
    void changeTheirRecord() {
      TokenKeys keys = TokenKeys.parse("{\"keys\":[{\"kty\":\"EC\"}]}");
      ledger
          .hospitals()
          .changeEndpoint(owner(SEOUL), SEOUL, "New name", URI.create("https://new.example/r4"));
      ledger.hospitals().changePublisher(owner(SEOUL), SEOUL, account("fresh"));
      ledger
          .hospitals()
          .changeLogVkey(
              owner(SEOUL), SEOUL, new LogVkey("seoul.example/log+ffffffff+AWl4LmV4YW1wbGU="));
      ledger.hospitals().changeTokenKeys(owner(SEOUL), SEOUL, keys);
      assertThat(member(SEOUL))
          .isEqualTo(
              hospital("seoul")
                  .withEndpoint("New name", URI.create("https://new.example/r4"))
                  .withPublisher(account("fresh"))
                  .withLogVkey(new LogVkey("seoul.example/log+ffffffff+AWl4LmV4YW1wbGU="))
                  .withTokenKeys(keys));
    }

    @Test
    void nobodyElseChangesTheRecord() {
      HospitalRegistry hospitals = ledger.hospitals();
      URI url = URI.create("https://evil.example");
      for (Address sender : List.of(publisher(SEOUL), owner(BUSAN), stranger())) {
        refused(Rule.SENDER_NOT_OWNER, () -> hospitals.changeEndpoint(sender, SEOUL, "evil", url));
        refused(
            Rule.SENDER_NOT_OWNER, () -> hospitals.changePublisher(sender, SEOUL, account("evil")));
        refused(
            Rule.SENDER_NOT_OWNER,
            () -> hospitals.changeLogVkey(sender, SEOUL, vkey("seoul.example/log")));
        refused(
            Rule.SENDER_NOT_OWNER, () -> hospitals.changeTokenKeys(sender, SEOUL, TokenKeys.NONE));
        refused(Rule.SENDER_NOT_OWNER, () -> hospitals.suspendSelf(sender, SEOUL));
      }
      assertThat(member(SEOUL)).isEqualTo(hospital("seoul"));
    }

    @Test
    void cannotChangeWhatIsNotThere() {
      refused(
          Rule.HOSPITAL_UNKNOWN,
          () -> ledger.hospitals().changeTokenKeys(owner(SEOUL), NOWHERE, TokenKeys.NONE));
      assertThat(ledger.hospitals().hospital(NOWHERE)).isEmpty();
    }

    @Test
    void cannotTakeAnAddressThatServesAHospital() {
      for (Address used : List.of(publisher(SEOUL), owner(SEOUL), publisher(BUSAN), owner(BUSAN))) {
        refused(
            Rule.ADDRESS_IN_USE,
            () -> ledger.hospitals().changePublisher(owner(SEOUL), SEOUL, used));
      }
    }

    @Test
    void cannotRenameTheirLog() {
      refused(
          Rule.LOG_ORIGIN_FIXED,
          () -> ledger.hospitals().changeLogVkey(owner(SEOUL), SEOUL, vkey("other.example/log")));
    }

    @Test
    void changeTheirKeysWhileSuspended() {
      ledger.hospitals().suspendSelf(owner(SEOUL), SEOUL);
      ledger.hospitals().changePublisher(owner(SEOUL), SEOUL, account("fresh"));
      assertThat(member(SEOUL).active()).isFalse();
      assertThat(member(SEOUL).publisher()).isEqualTo(account("fresh"));
    }

    @Test
    void suspendThemselvesOnce() {
      ledger.hospitals().suspendSelf(owner(SEOUL), SEOUL);
      assertThat(member(SEOUL).active()).isFalse();
      refused(Rule.MEMBERSHIP_UNCHANGED, () -> ledger.hospitals().suspendSelf(owner(SEOUL), SEOUL));
    }

    @Test
    void theLastOneCannotLockItselfOut() {
      ledger.hospitals().suspendSelf(owner(SEOUL), SEOUL);
      refused(Rule.LAST_ACTIVE_MEMBER, () -> ledger.hospitals().suspendSelf(owner(BUSAN), BUSAN));
      assertThat(member(BUSAN).active()).isTrue();
    }
  }

  @Nested
  class OneMember {

    @BeforeEach
    void open() {
      found("seoul");
    }

    @Test
    void admitsAlone() {
      long proposal = propose(SEOUL, new Motion.Admit(hospital("busan")));
      assertThat(ledger.hospitals().hospital(BUSAN)).isEmpty();
      execute(SEOUL, proposal);
      assertThat(ledger.hospitals().hospitals())
          .containsExactly(hospital("busan"), hospital("seoul"));
      publish(BUSAN, new Leaves("b"), 0, 1);
    }

    @Test
    void cannotBeSuspended() {
      refused(Rule.LAST_ACTIVE_MEMBER, () -> ledger.hospitals().suspendSelf(owner(SEOUL), SEOUL));
      refused(Rule.SUSPENSION_NEEDS_THREE, () -> propose(SEOUL, new Motion.Suspend(SEOUL)));
    }

    @Test
    void replacesItsOwnerKeyAlone() {
      execute(SEOUL, propose(SEOUL, new Motion.ReplaceOwner(SEOUL, account("new owner"))));
      assertThat(member(SEOUL).owner()).isEqualTo(account("new owner"));
      refused(Rule.SENDER_NOT_MEMBER, () -> propose(SEOUL, new Motion.Admit(hospital("busan"))));
    }

    @Test
    void replacesItsLogAlone() {
      execute(
          SEOUL,
          propose(
              SEOUL,
              new Motion.ReplaceLog(
                  LogId.first(SEOUL), TreeHead.EMPTY, vkey("seoul.example/log2"))));
      assertThat(ledger.checkpoints().logs(SEOUL)).hasSize(2);
    }
  }

  @Nested
  class TwoMembers {

    @BeforeEach
    void open() {
      found("seoul", "busan");
    }

    @Test
    void admitTogetherOnly() {
      long proposal = propose(SEOUL, new Motion.Admit(hospital("daegu")));
      refused(Rule.PROPOSAL_LACKS_MAJORITY, () -> execute(SEOUL, proposal));
      vote(BUSAN, proposal);
      execute(BUSAN, proposal);
      assertThat(member(DAEGU).active()).isTrue();
    }

    @Test
    void neitherSuspendsTheOther() {
      refused(Rule.SUSPENSION_NEEDS_THREE, () -> propose(SEOUL, new Motion.Suspend(BUSAN)));
    }

    @Test
    void neitherReplacesTheOthersOwnerKeyAlone() {
      long proposal = propose(SEOUL, new Motion.ReplaceOwner(BUSAN, account("mine")));
      refused(Rule.PROPOSAL_LACKS_MAJORITY, () -> execute(SEOUL, proposal));
      vote(BUSAN, proposal);
      execute(SEOUL, proposal);
      assertThat(member(BUSAN).owner()).isEqualTo(account("mine"));
    }

    @Test
    void theOneThatIsLeftReadmitsTheOther() {
      ledger.hospitals().suspendSelf(owner(SEOUL), SEOUL);
      execute(BUSAN, propose(BUSAN, new Motion.Readmit(SEOUL)));
      assertThat(member(SEOUL).active()).isTrue();
    }
  }

  @Nested
  class ThreeMembers {

    @BeforeEach
    void open() {
      found("seoul", "busan", "daegu");
    }

    @Test
    void twoSuspendTheThird() {
      suspendByVote(DAEGU, SEOUL, BUSAN);
      assertThat(member(DAEGU).active()).isFalse();
    }

    @Test
    void theOneConcernedHasNoVote() {
      long proposal = propose(SEOUL, new Motion.Suspend(DAEGU));
      vote(DAEGU, proposal);
      refused(Rule.PROPOSAL_LACKS_MAJORITY, () -> execute(SEOUL, proposal));
      vote(BUSAN, proposal);
      execute(SEOUL, proposal);
    }

    @Test
    void theOneConcernedCannotHelpToReplaceItsOwner() {
      long proposal = propose(DAEGU, new Motion.ReplaceOwner(DAEGU, account("new owner")));
      vote(SEOUL, proposal);
      refused(Rule.PROPOSAL_LACKS_MAJORITY, () -> execute(DAEGU, proposal));
    }

    @Test
    void twoReplaceALostOwnerKey() {
      long proposal = propose(SEOUL, new Motion.ReplaceOwner(DAEGU, account("new owner")));
      vote(BUSAN, proposal);
      execute(SEOUL, proposal);
      assertThat(member(DAEGU).owner()).isEqualTo(account("new owner"));
      refused(
          Rule.SENDER_NOT_OWNER,
          () -> ledger.hospitals().changeTokenKeys(owner(DAEGU), DAEGU, TokenKeys.NONE));
      ledger.hospitals().changeTokenKeys(account("new owner"), DAEGU, TokenKeys.NONE);
    }

    @Test
    void aSuspendedMemberNeitherProposesNorVotesNorExecutes() {
      long proposal = propose(SEOUL, new Motion.Admit(hospital("jeju")));
      suspendByVote(DAEGU, SEOUL, BUSAN);
      refused(Rule.SENDER_NOT_MEMBER, () -> propose(DAEGU, new Motion.Readmit(DAEGU)));
      refused(Rule.SENDER_NOT_MEMBER, () -> vote(DAEGU, proposal));
      refused(Rule.SENDER_NOT_MEMBER, () -> execute(DAEGU, proposal));
    }

    @Test
    void votesAreRecountedWhenAMemberWasSuspendedMeanwhile() {
      long proposal = propose(DAEGU, new Motion.Admit(hospital("jeju")));
      vote(SEOUL, proposal);
      suspendByVote(DAEGU, SEOUL, BUSAN);
      refused(Rule.PROPOSAL_LACKS_MAJORITY, () -> execute(SEOUL, proposal));
      vote(BUSAN, proposal);
      execute(BUSAN, proposal);
    }

    @Test
    void aSuspensionThatWasVotedForByThreeIsRefusedWhenTwoAreLeft() {
      long proposal = propose(SEOUL, new Motion.Suspend(DAEGU));
      vote(BUSAN, proposal);
      ledger.hospitals().suspendSelf(owner(BUSAN), BUSAN);
      vote(DAEGU, proposal);
      refused(Rule.SUSPENSION_NEEDS_THREE, () -> execute(SEOUL, proposal));
    }

    @Test
    void aVoteOfAReplacedOwnerKeyCountsNoMore() {
      long admission = propose(DAEGU, new Motion.Admit(hospital("jeju")));
      vote(SEOUL, admission);
      long replacing = propose(SEOUL, new Motion.ReplaceOwner(DAEGU, account("new owner")));
      vote(BUSAN, replacing);
      execute(SEOUL, replacing);
      refused(Rule.PROPOSAL_LACKS_MAJORITY, () -> execute(SEOUL, admission));
      vote(account("new owner"), admission);
      execute(SEOUL, admission);
    }

    @Test
    void oneMemberOneVote() {
      long proposal = propose(SEOUL, new Motion.Admit(hospital("jeju")));
      refused(Rule.PROPOSAL_ALREADY_VOTED, () -> vote(SEOUL, proposal));
      vote(BUSAN, proposal);
      refused(Rule.PROPOSAL_ALREADY_VOTED, () -> vote(BUSAN, proposal));
    }

    @Test
    void aVoteIsForTheMotionThatWasSeen() {
      Motion seen = new Motion.Admit(hospital("jeju"));
      Hospital other = hospital("jeju").withTokenKeys(TokenKeys.parse("{\"keys\":[ ]}"));
      long proposal = propose(SEOUL, new Motion.Admit(other));
      for (Motion wrong : List.of(seen, new Motion.Suspend(DAEGU), new Motion.Readmit(DAEGU))) {
        refused(
            Rule.PROPOSAL_OTHER_MOTION,
            () -> ledger.hospitals().vote(owner(BUSAN), proposal, wrong));
      }
      assertThat(ledger.hospitals().proposal(proposal).orElseThrow().votes()).hasSize(1);
      ledger.hospitals().vote(owner(BUSAN), proposal, new Motion.Admit(other));
      execute(SEOUL, proposal);
      refused(Rule.PROPOSAL_EXECUTED, () -> ledger.hospitals().vote(owner(DAEGU), proposal, seen));
    }

    @Test
    void everyKindOfMotionIsVotedForAsItIs() {
      TreeHead last = ledger.checkpoints().log(LogId.first(SEOUL)).orElseThrow().head();
      List<Motion> motions =
          List.of(
              new Motion.Suspend(DAEGU),
              new Motion.ReplaceOwner(DAEGU, account("new owner")),
              new Motion.ReplaceLog(LogId.first(SEOUL), last, vkey("seoul/log2")));
      for (Motion motion : motions) {
        ledger.hospitals().vote(owner(BUSAN), propose(SEOUL, motion), motion);
      }
    }

    @Test
    void proposalsExpire() {
      long proposal = propose(SEOUL, new Motion.Admit(hospital("jeju")));
      vote(BUSAN, proposal);
      fixture.advanceTime(ledger.info().proposalLifetime());
      refused(Rule.PROPOSAL_EXPIRED, () -> vote(DAEGU, proposal));
      refused(Rule.PROPOSAL_EXPIRED, () -> execute(SEOUL, proposal));
      assertThat(ledger.hospitals().hospital(id("jeju"))).isEmpty();
    }

    @Test
    void proposalsAreThereUntilTheyExpire() {
      long proposal = propose(SEOUL, new Motion.Admit(hospital("jeju")));
      vote(BUSAN, proposal);
      fixture.advanceTime(ledger.info().proposalLifetime().minusMinutes(10));
      execute(SEOUL, proposal);
    }

    @Test
    void aProposalIsExecutedOnce() {
      long suspension = propose(SEOUL, new Motion.Suspend(DAEGU));
      vote(BUSAN, suspension);
      execute(SEOUL, suspension);
      execute(SEOUL, readmission());
      assertThat(ledger.hospitals().proposal(suspension).orElseThrow().executed()).isTrue();
      refused(Rule.PROPOSAL_EXECUTED, () -> execute(SEOUL, suspension));
      refused(Rule.PROPOSAL_EXECUTED, () -> vote(DAEGU, suspension));
    }

    private long readmission() {
      long proposal = propose(SEOUL, new Motion.Readmit(DAEGU));
      vote(BUSAN, proposal);
      return proposal;
    }

    @Test
    void proposalsThatAreNotThere() {
      for (long number : new long[] {-1, 0, 1, 99}) {
        refused(Rule.PROPOSAL_UNKNOWN, () -> vote(SEOUL, number));
        refused(Rule.PROPOSAL_UNKNOWN, () -> execute(SEOUL, number));
        assertThat(ledger.hospitals().proposal(number)).isEmpty();
      }
    }

    @Test
    void onlyOwnersOfMembersPropose() {
      for (Address sender : List.of(publisher(SEOUL), stranger(), owner("jeju"))) {
        refused(
            Rule.SENDER_NOT_MEMBER,
            () -> ledger.hospitals().propose(sender, new Motion.Admit(hospital("jeju"))));
      }
    }

    @Test
    void onlyOwnersOfMembersVoteAndExecute() {
      long proposal = propose(SEOUL, new Motion.Admit(hospital("jeju")));
      for (Address sender : List.of(publisher(BUSAN), stranger(), owner("jeju"))) {
        refused(Rule.SENDER_NOT_MEMBER, () -> vote(sender, proposal));
        refused(Rule.SENDER_NOT_MEMBER, () -> ledger.hospitals().execute(sender, proposal));
      }
    }

    @Test
    void motionsThatWouldChangeNothing() {
      refused(Rule.MEMBERSHIP_UNCHANGED, () -> propose(SEOUL, new Motion.Readmit(DAEGU)));
      suspendByVote(DAEGU, SEOUL, BUSAN);
      refused(Rule.MEMBERSHIP_UNCHANGED, () -> propose(SEOUL, new Motion.Suspend(DAEGU)));
    }

    @Test
    void motionsAboutNobody() {
      for (Motion motion :
          List.of(
              new Motion.Suspend(NOWHERE),
              new Motion.Readmit(NOWHERE),
              new Motion.ReplaceOwner(NOWHERE, account("x")))) {
        refused(Rule.HOSPITAL_UNKNOWN, () -> propose(SEOUL, motion));
      }
    }

    @Test
    void nobodyIsAdmittedTwice() {
      refused(Rule.HOSPITAL_EXISTS, () -> propose(SEOUL, new Motion.Admit(hospital("busan"))));
      long first = propose(SEOUL, new Motion.Admit(hospital("jeju")));
      long second = propose(SEOUL, new Motion.Admit(hospital("jeju")));
      vote(BUSAN, first);
      vote(BUSAN, second);
      execute(SEOUL, first);
      refused(Rule.HOSPITAL_EXISTS, () -> execute(SEOUL, second));
    }

    @Test
    void nobodyIsAdmittedWithAnothersAddressOrOrigin() {
      Hospital jeju = hospital("jeju");
      for (Hospital candidate :
          List.of(
              jeju.withOwner(owner(SEOUL)),
              jeju.withOwner(publisher(SEOUL)),
              jeju.withPublisher(publisher(BUSAN)),
              jeju.withPublisher(owner(BUSAN)))) {
        refused(Rule.ADDRESS_IN_USE, () -> propose(SEOUL, new Motion.Admit(candidate)));
      }
      refused(
          Rule.LOG_ORIGIN_IN_USE,
          () -> propose(SEOUL, new Motion.Admit(jeju.withLogVkey(vkey("seoul.example/log")))));
    }

    @Test
    void anOwnerKeyIsReplacedByAFreshOne() {
      for (Address used : List.of(owner(DAEGU), publisher(DAEGU), owner(SEOUL))) {
        refused(Rule.ADDRESS_IN_USE, () -> propose(SEOUL, new Motion.ReplaceOwner(DAEGU, used)));
      }
    }

    @Test
    void proposalsCanBeRead() {
      long proposal = propose(SEOUL, new Motion.Suspend(DAEGU));
      vote(BUSAN, proposal);
      Proposal read = ledger.hospitals().proposal(proposal).orElseThrow();
      assertThat(read.motion()).isEqualTo(new Motion.Suspend(DAEGU));
      assertThat(read.proposer()).isEqualTo(owner(SEOUL));
      assertThat(read.votes()).extracting(Proposal.Vote::hospital).containsExactly(SEOUL, BUSAN);
      assertThat(read.executed()).isFalse();
      assertThat(ledger.hospitals().proposals()).containsExactly(read);
    }
  }

  @Nested
  class FiveMembers {

    private final List<HospitalId> all =
        Stream.of("seoul", "busan", "daegu", "jeju", "ulsan").map(LedgerContract::id).toList();

    @BeforeEach
    void open() {
      found("seoul", "busan", "daegu", "jeju", "ulsan");
    }

    @Test
    void threeOfFiveAdmit() {
      long proposal = propose(SEOUL, new Motion.Admit(hospital("gwangju")));
      vote(BUSAN, proposal);
      refused(Rule.PROPOSAL_LACKS_MAJORITY, () -> execute(SEOUL, proposal));
      vote(DAEGU, proposal);
      execute(SEOUL, proposal);
      assertThat(ledger.hospitals().hospitals()).hasSize(6);
    }

    @Test
    void twoOfTheFourOthersAreNoMajority() {
      long proposal = propose(SEOUL, new Motion.Suspend(id("ulsan")));
      vote(BUSAN, proposal);
      refused(Rule.PROPOSAL_LACKS_MAJORITY, () -> execute(SEOUL, proposal));
      vote(DAEGU, proposal);
      execute(SEOUL, proposal);
      assertThat(member(id("ulsan")).active()).isFalse();
    }

    @Test
    void aNewMemberRaisesTheBar() {
      long suspension = propose(SEOUL, new Motion.Suspend(id("ulsan")));
      vote(BUSAN, suspension);
      vote(DAEGU, suspension);
      for (String name : List.of("gwangju", "daejeon")) {
        long admission = propose(SEOUL, new Motion.Admit(hospital(name)));
        all.stream().skip(1).forEach(voter -> vote(voter, admission));
        execute(SEOUL, admission);
      }
      refused(Rule.PROPOSAL_LACKS_MAJORITY, () -> execute(SEOUL, suspension));
    }

    @Test
    void membersCanSuspendDownToTwoAndNoFurther() {
      suspendByVote(id("ulsan"), SEOUL, BUSAN, DAEGU);
      suspendByVote(id("jeju"), SEOUL, BUSAN);
      suspendByVote(DAEGU, SEOUL, BUSAN);
      refused(Rule.SUSPENSION_NEEDS_THREE, () -> propose(SEOUL, new Motion.Suspend(BUSAN)));
      long proposal = propose(SEOUL, new Motion.Readmit(DAEGU));
      vote(BUSAN, proposal);
      execute(BUSAN, proposal);
      assertThat(member(DAEGU).active()).isTrue();
    }
  }

  @Nested
  class Consents {

    private final ConsentKey key = consent(SEOUL, 1);

    private Receipt record() {
      return ledger.consents().record(publisher(SEOUL), key, CONTENT, inAYear());
    }

    private Receipt amend(long version) {
      return ledger.consents().amend(publisher(SEOUL), key, version, OTHER_CONTENT, inAYear());
    }

    private Receipt revoke() {
      return ledger.consents().revoke(publisher(SEOUL), key);
    }

    @BeforeEach
    void open() {
      found("seoul", "busan");
    }

    @Test
    void areRecordedByTheirCustodian() {
      Expiry expiry = inAYear();
      ledger.consents().record(publisher(SEOUL), key, CONTENT, expiry);
      assertThat(ledger.consents().consent(key))
          .contains(new ConsentState(key, CONTENT, null, expiry, 1, Status.ACTIVE));
    }

    @Test
    void mayNeverExpire() {
      ledger.consents().record(publisher(SEOUL), key, CONTENT, Expiry.NEVER);
      fixture.advanceTime(Duration.ofDays(1000));
      assertThat(state(key).status()).isEqualTo(Status.ACTIVE);
      assertThat(state(key).expiry()).isEqualTo(Expiry.NEVER);
    }

    @Test
    void anIdBelongsToItsCustodian() {
      record();
      ConsentKey same = new ConsentKey(BUSAN, key.id());
      assertThat(ledger.consents().consent(same)).isEmpty();
      ledger.consents().record(publisher(BUSAN), same, OTHER_CONTENT, inAYear());
      assertThat(state(key).commitment()).isEqualTo(CONTENT);
    }

    @Test
    void onlyTheCustodiansPublisherRecords() {
      for (Address sender : List.of(publisher(BUSAN), owner(SEOUL), stranger())) {
        refused(
            Rule.SENDER_NOT_PUBLISHER,
            () -> ledger.consents().record(sender, key, CONTENT, inAYear()));
      }
    }

    @Test
    void onlyTheCustodiansPublisherAmendsAndRevokes() {
      record();
      for (Address sender : List.of(publisher(BUSAN), owner(SEOUL), stranger())) {
        refused(
            Rule.SENDER_NOT_PUBLISHER,
            () -> ledger.consents().amend(sender, key, 1, OTHER_CONTENT, inAYear()));
        refused(Rule.SENDER_NOT_PUBLISHER, () -> ledger.consents().revoke(sender, key));
      }
      assertThat(state(key).version()).isEqualTo(1);
    }

    @Test
    void ofAnUnknownHospitalAreRefused() {
      refused(
          Rule.HOSPITAL_UNKNOWN,
          () ->
              ledger.consents().record(publisher(SEOUL), consent(NOWHERE, 1), CONTENT, inAYear()));
    }

    @Test
    void anIdIsUsedOnce() {
      record();
      refused(Rule.CONSENT_EXISTS, this::record);
      revoke();
      refused(Rule.CONSENT_EXISTS, this::record);
    }

    @Test
    void anExpiredIdIsNotUsedAgain() {
      ledger.consents().record(publisher(SEOUL), key, CONTENT, inAnHour());
      fixture.advanceTime(Duration.ofHours(1));
      refused(Rule.CONSENT_EXISTS, this::record);
    }

    @Test
    void areAmendedVersionByVersion() {
      record();
      amend(1);
      amend(2);
      assertThat(state(key).version()).isEqualTo(3);
      assertThat(state(key).commitment()).isEqualTo(OTHER_CONTENT);
    }

    @Test
    void anAmendmentOfAnOldVersionIsRefused() {
      record();
      amend(1);
      refused(Rule.CONSENT_STALE_VERSION, () -> amend(1));
      refused(Rule.CONSENT_STALE_VERSION, () -> amend(3));
    }

    @Test
    void ofTwoConcurrentAmendmentsOneIsRefused() throws Exception {
      record();
      Expiry expiry = inAYear();
      List<Object> outcomes =
          race(
              Stream.of(ledger, fixture.second())
                  .<Callable<Receipt>>map(
                      server ->
                          () ->
                              server
                                  .consents()
                                  .amend(publisher(SEOUL), key, 1, OTHER_CONTENT, expiry))
                  .toList());
      assertThat(outcomes)
          .filteredOn(LedgerRefusedException.class::isInstance)
          .singleElement()
          .extracting(refusal -> ((LedgerRefusedException) refusal).rule())
          .isEqualTo(Rule.CONSENT_STALE_VERSION);
      assertThat(state(key).version()).isEqualTo(2);
    }

    @Test
    void revocationIsFinal() {
      record();
      revoke();
      assertThat(state(key).status()).isEqualTo(Status.REVOKED);
      refused(Rule.CONSENT_REVOKED, () -> amend(1));
      refused(Rule.CONSENT_REVOKED, this::revoke);
      assertThat(state(key).status()).isEqualTo(Status.REVOKED);
    }

    @Test
    void aCustodiansConsentsAreListedAsTheyStand() {
      assertThat(ledger.consents().consents(SEOUL)).isEmpty();
      ConsentKey expiring = consent(SEOUL, 2);
      record();
      amend(1);
      ledger.consents().record(publisher(SEOUL), expiring, CONTENT, inAnHour());
      ledger.consents().record(publisher(SEOUL), consent(SEOUL, 3), CONTENT, inAYear());
      ledger.consents().revoke(publisher(SEOUL), consent(SEOUL, 3));
      ledger.consents().record(publisher(BUSAN), consent(BUSAN, 4), CONTENT, inAYear());
      fixture.advanceTime(Duration.ofHours(1));

      assertThat(ledger.consents().consents(SEOUL))
          .containsExactlyInAnyOrder(state(key), state(expiring), state(consent(SEOUL, 3)))
          .extracting(ConsentState::status)
          .containsExactlyInAnyOrder(Status.ACTIVE, Status.EXPIRED, Status.REVOKED);
    }

    @Test
    void revocationOutlivesExpiry() {
      ledger.consents().record(publisher(SEOUL), key, CONTENT, inAnHour());
      revoke();
      fixture.advanceTime(Duration.ofHours(2));
      assertThat(state(key).status()).isEqualTo(Status.REVOKED);
    }

    @Test
    void expiryIsFinal() {
      ledger.consents().record(publisher(SEOUL), key, CONTENT, inAnHour());
      fixture.advanceTime(Duration.ofHours(1));
      assertThat(state(key).status()).isEqualTo(Status.EXPIRED);
      refused(Rule.CONSENT_EXPIRED, () -> amend(1));
    }

    @Test
    void standUntilTheyExpire() {
      ledger.consents().record(publisher(SEOUL), key, CONTENT, inAnHour());
      fixture.advanceTime(Duration.ofMinutes(50));
      assertThat(state(key).status()).isEqualTo(Status.ACTIVE);
      amend(1);
      fixture.advanceTime(Duration.ofMinutes(20));
      assertThat(state(key).status()).isEqualTo(Status.ACTIVE);
    }

    @Test
    void anExpiredOneCanStillBeRevoked() {
      ledger.consents().record(publisher(SEOUL), key, CONTENT, inAnHour());
      fixture.advanceTime(Duration.ofHours(1));
      revoke();
      assertThat(state(key).status()).isEqualTo(Status.REVOKED);
    }

    @Test
    void anExpiryInThePastIsRefused() {
      Expiry past = Expiry.at(now());
      refused(
          Rule.EXPIRY_NOT_IN_FUTURE,
          () -> ledger.consents().record(publisher(SEOUL), key, CONTENT, past));
      record();
      refused(
          Rule.EXPIRY_NOT_IN_FUTURE,
          () -> ledger.consents().amend(publisher(SEOUL), key, 1, CONTENT, past));
    }

    @Test
    void whatIsNotThereIsNeitherAmendedNorRevoked() {
      refused(Rule.CONSENT_UNKNOWN, () -> amend(1));
      refused(Rule.CONSENT_UNKNOWN, this::revoke);
      assertThat(ledger.consents().consent(key)).isEmpty();
    }

    @Test
    void aSuspendedCustodianRevokesAndNothingElse() {
      record();
      ledger.hospitals().suspendSelf(owner(SEOUL), SEOUL);
      refused(Rule.HOSPITAL_NOT_ACTIVE, () -> amend(1));
      refused(
          Rule.HOSPITAL_NOT_ACTIVE,
          () -> ledger.consents().record(publisher(SEOUL), consent(SEOUL, 2), CONTENT, inAYear()));
      revoke();
      assertThat(state(key).status()).isEqualTo(Status.REVOKED);
    }

    @Test
    void emergenciesAreAnnouncedInOrder() {
      Receipt first = ledger.consents().announceEmergency(publisher(SEOUL), CONTENT);
      Receipt second = ledger.consents().announceEmergency(publisher(BUSAN), OTHER_CONTENT);
      assertThat(ledger.consents().emergenciesSince(0))
          .containsExactly(
              new Emergency(SEOUL, CONTENT, first), new Emergency(BUSAN, OTHER_CONTENT, second));
      assertThat(ledger.consents().emergenciesSince(second.blockNumber()))
          .extracting(Emergency::hospital)
          .containsExactly(BUSAN);
      assertThat(ledger.consents().emergenciesSince(second.blockNumber() + 1)).isEmpty();
    }

    @Test
    void onlyActivePublishersAnnounceEmergencies() {
      for (Address sender : List.of(owner(SEOUL), stranger())) {
        refused(
            Rule.SENDER_NOT_PUBLISHER, () -> ledger.consents().announceEmergency(sender, CONTENT));
      }
      ledger.hospitals().suspendSelf(owner(SEOUL), SEOUL);
      refused(
          Rule.HOSPITAL_NOT_ACTIVE,
          () -> ledger.consents().announceEmergency(publisher(SEOUL), CONTENT));
    }
  }

  @Nested
  class Patients {

    private final ConsentKey key = consent(SEOUL, 1);
    private TestKey patient;
    private TestKey other;

    private PatientSignature sign(TestKey signer, PatientStatement statement) {
      return signer.sign(ledger.info().consentDomain(), statement);
    }

    private Receipt register(TestKey signer) {
      KeyRegistration registration = new KeyRegistration(SEOUL, signer.address(), inAnHour());
      return ledger
          .consents()
          .registerPatientKey(publisher(SEOUL), registration, sign(signer, registration));
    }

    private Grant terms(long nonce) {
      return new Grant(key, CONTENT, inAYear(), nonce, inAnHour());
    }

    private Receipt grant(Grant grant) {
      return relay(publisher(SEOUL), grant, sign(patient, grant));
    }

    private Receipt relay(Address sender, Grant grant, PatientSignature signature) {
      return ledger.consents().grant(sender, grant, signature);
    }

    private Receipt revoke(TestKey signer, Address sender) {
      Revocation revocation = new Revocation(key);
      return ledger.consents().revokeSigned(sender, revocation, sign(signer, revocation));
    }

    @BeforeEach
    void open() {
      found("seoul", "busan", "daegu");
      patient = fixture.account("patient");
      other = fixture.account("other patient");
      register(patient);
    }

    @Test
    void theirKeyIsRegisteredByTheirSignature() {
      assertThat(ledger.consents().patientKey(SEOUL, patient.address()))
          .contains(new PatientKey(SEOUL, patient.address(), 0, false));
      assertThat(ledger.consents().patientKey(BUSAN, patient.address())).isEmpty();
    }

    @Test
    void nobodyRegistersAnothersKey() {
      KeyRegistration registration = new KeyRegistration(SEOUL, other.address(), inAnHour());
      refused(
          Rule.SIGNER_MISMATCH,
          () ->
              ledger
                  .consents()
                  .registerPatientKey(publisher(SEOUL), registration, sign(patient, registration)));
    }

    @Test
    void aRegistrationIsForOneCustodian() {
      KeyRegistration signed = new KeyRegistration(SEOUL, other.address(), inAnHour());
      KeyRegistration used = new KeyRegistration(BUSAN, other.address(), signed.deadline());
      refused(
          Rule.SIGNER_MISMATCH,
          () -> ledger.consents().registerPatientKey(publisher(BUSAN), used, sign(other, signed)));
    }

    @Test
    void onlyTheActiveCustodianRegisters() {
      KeyRegistration registration = new KeyRegistration(SEOUL, other.address(), inAnHour());
      PatientSignature signature = sign(other, registration);
      for (Address sender : List.of(publisher(BUSAN), owner(SEOUL), stranger())) {
        refused(
            Rule.SENDER_NOT_PUBLISHER,
            () -> ledger.consents().registerPatientKey(sender, registration, signature));
      }
      ledger.hospitals().suspendSelf(owner(SEOUL), SEOUL);
      refused(
          Rule.HOSPITAL_NOT_ACTIVE,
          () -> ledger.consents().registerPatientKey(publisher(SEOUL), registration, signature));
    }

    @Test
    void aKeyIsRegisteredOnceAndInTime() {
      refused(Rule.PATIENT_KEY_EXISTS, () -> register(patient));
      KeyRegistration late = new KeyRegistration(SEOUL, other.address(), inAnHour());
      PatientSignature signature = sign(other, late);
      fixture.advanceTime(Duration.ofHours(1));
      refused(
          Rule.SIGNATURE_DEADLINE_PASSED,
          () -> ledger.consents().registerPatientKey(publisher(SEOUL), late, signature));
    }

    @Test
    void grantConsents() {
      Grant grant = terms(0);
      grant(grant);
      assertThat(state(key))
          .isEqualTo(
              new ConsentState(key, CONTENT, patient.address(), grant.expiry(), 1, Status.ACTIVE));
      assertThat(ledger.consents().patientKey(SEOUL, patient.address()).orElseThrow().nonce())
          .isEqualTo(1);
    }

    @Test
    void anyActiveHospitalHandsAGrantIn() {
      Grant grant = terms(0);
      relay(publisher(BUSAN), grant, sign(patient, grant));
      assertThat(state(key).status()).isEqualTo(Status.ACTIVE);
    }

    @Test
    void nobodyElseHandsAGrantIn() {
      Grant grant = terms(0);
      PatientSignature signature = sign(patient, grant);
      for (Address sender : List.of(owner(BUSAN), stranger(), patient.address())) {
        refused(Rule.SENDER_NOT_PUBLISHER, () -> relay(sender, grant, signature));
      }
      ledger.hospitals().suspendSelf(owner(BUSAN), BUSAN);
      refused(Rule.HOSPITAL_NOT_ACTIVE, () -> relay(publisher(BUSAN), grant, signature));
    }

    @Test
    void amendWithTheirNextNonce() {
      grant(terms(0));
      grant(new Grant(key, OTHER_CONTENT, inAYear(), 1, inAnHour()));
      assertThat(state(key).version()).isEqualTo(2);
      assertThat(state(key).commitment()).isEqualTo(OTHER_CONTENT);
      assertThat(state(key).patientKey()).isEqualTo(patient.address());
    }

    @Test
    void aGrantCountsOnce() {
      Grant grant = terms(0);
      PatientSignature signature = sign(patient, grant);
      relay(publisher(SEOUL), grant, signature);
      refused(Rule.NONCE_MISMATCH, () -> relay(publisher(SEOUL), grant, signature));
      refused(Rule.NONCE_MISMATCH, () -> relay(publisher(BUSAN), grant, signature));
      assertThat(state(key).version()).isEqualTo(1);
    }

    @Test
    void anOlderGrantCannotUndoANewerOne() {
      Grant first = terms(0);
      PatientSignature signature = sign(patient, first);
      relay(publisher(SEOUL), first, signature);
      grant(new Grant(key, OTHER_CONTENT, inAYear(), 1, inAnHour()));
      refused(Rule.NONCE_MISMATCH, () -> relay(publisher(SEOUL), first, signature));
      assertThat(state(key).commitment()).isEqualTo(OTHER_CONTENT);
    }

    @Test
    void ofTwoGrantsWithTheSameNonceOneCounts() {
      Grant first = terms(0);
      Grant second = new Grant(consent(SEOUL, 2), OTHER_CONTENT, inAYear(), 0, inAnHour());
      grant(first);
      refused(Rule.NONCE_MISMATCH, () -> grant(second));
    }

    @Test
    void noncesAreNotSkipped() {
      refused(Rule.NONCE_MISMATCH, () -> grant(terms(1)));
      refused(Rule.NONCE_MISMATCH, () -> grant(terms(Long.MAX_VALUE)));
    }

    @Test
    void nothingOfAGrantCanBeChanged() {
      Grant signed = terms(0);
      PatientSignature signature = sign(patient, signed);
      Expiry later = in(Duration.ofDays(1000));
      for (Grant changed :
          List.of(
              new Grant(consent(SEOUL, 2), CONTENT, signed.expiry(), 0, signed.deadline()),
              new Grant(key, OTHER_CONTENT, signed.expiry(), 0, signed.deadline()),
              new Grant(key, CONTENT, later, 0, signed.deadline()),
              new Grant(key, CONTENT, signed.expiry(), 0, later),
              new Grant(key, CONTENT, signed.expiry(), 1, signed.deadline()))) {
        refused(Rule.PATIENT_KEY_UNKNOWN, () -> relay(publisher(SEOUL), changed, signature));
      }
      assertThat(ledger.consents().consent(key)).isEmpty();
    }

    @Test
    void aGrantForOneCustodianIsNoneForAnother() {
      KeyRegistration registration = new KeyRegistration(BUSAN, patient.address(), inAnHour());
      ledger
          .consents()
          .registerPatientKey(publisher(BUSAN), registration, sign(patient, registration));
      Grant signed = terms(0);
      Grant moved =
          new Grant(
              new ConsentKey(BUSAN, key.id()),
              signed.commitment(),
              signed.expiry(),
              0,
              signed.deadline());
      refused(
          Rule.PATIENT_KEY_UNKNOWN, () -> relay(publisher(BUSAN), moved, sign(patient, signed)));
    }

    @Test
    void aSignatureForAnotherChainOrContractOrAppIsNone() {
      SigningDomain here = ledger.info().consentDomain();
      Grant grant = terms(0);
      for (SigningDomain elsewhere :
          List.of(
              SigningDomain.of(here.chainId() + 1, here.verifyingContract()),
              SigningDomain.of(here.chainId(), stranger()),
              new SigningDomain("Other", here.version(), here.chainId(), here.verifyingContract()),
              new SigningDomain(here.name(), "2", here.chainId(), here.verifyingContract()))) {
        refused(
            Rule.PATIENT_KEY_UNKNOWN,
            () -> relay(publisher(SEOUL), grant, patient.sign(elsewhere, grant)));
      }
    }

    @Test
    void theMirroredSignatureIsRefused() {
      Grant grant = terms(0);
      PatientSignature mirrored = TestKey.mirrored(sign(patient, grant));
      refused(Rule.SIGNATURE_MALLEABLE, () -> relay(publisher(SEOUL), grant, mirrored));
    }

    @Test
    void whatIsNoSignatureIsRefused() {
      Grant grant = terms(0);
      byte[] recoveryOdd = sign(patient, grant).toBytes();
      recoveryOdd[64] = 29;
      for (PatientSignature wrong :
          List.of(
              PatientSignature.of(new byte[PatientSignature.SIZE]),
              PatientSignature.of(recoveryOdd))) {
        refused(Rule.SIGNATURE_INVALID, () -> relay(publisher(SEOUL), grant, wrong));
      }
    }

    @Test
    void aDamagedSignatureIsNobodys() {
      Grant grant = terms(0);
      byte[] damaged = sign(patient, grant).toBytes();
      damaged[40] ^= 1;
      refused(
          Rule.PATIENT_KEY_UNKNOWN,
          () -> relay(publisher(SEOUL), grant, PatientSignature.of(damaged)));
    }

    @Test
    void anUnregisteredKeyGrantsNothing() {
      Grant grant = terms(0);
      refused(Rule.PATIENT_KEY_UNKNOWN, () -> relay(publisher(SEOUL), grant, sign(other, grant)));
    }

    @Test
    void anotherPatientCannotTouchTheirConsent() {
      grant(terms(0));
      register(other);
      Grant hijack = new Grant(key, OTHER_CONTENT, inAYear(), 0, inAnHour());
      refused(Rule.SIGNER_MISMATCH, () -> relay(publisher(SEOUL), hijack, sign(other, hijack)));
      refused(Rule.SIGNER_MISMATCH, () -> revoke(other, publisher(SEOUL)));
    }

    @Test
    void theCustodianCannotAmendOrReplaceTheirConsent() {
      grant(terms(0));
      refused(
          Rule.CONSENT_NEEDS_PATIENT,
          () -> ledger.consents().amend(publisher(SEOUL), key, 1, OTHER_CONTENT, inAYear()));
      refused(
          Rule.CONSENT_EXISTS,
          () -> ledger.consents().record(publisher(SEOUL), key, CONTENT, inAYear()));
    }

    @Test
    void aKeyCannotTakeOverAConsentThatWasRecordedWithoutOne() {
      ledger.consents().record(publisher(SEOUL), key, CONTENT, inAYear());
      refused(Rule.CONSENT_HAS_NO_PATIENT_KEY, () -> grant(terms(0)));
      refused(Rule.CONSENT_HAS_NO_PATIENT_KEY, () -> revoke(patient, publisher(SEOUL)));
      PatientSignature none = PatientSignature.of(new byte[PatientSignature.SIZE]);
      refused(
          Rule.CONSENT_HAS_NO_PATIENT_KEY,
          () -> ledger.consents().revokeSigned(stranger(), new Revocation(key), none));
    }

    @Test
    void aGrantIsHandedInInTime() {
      Grant grant = terms(0);
      PatientSignature signature = sign(patient, grant);
      fixture.advanceTime(Duration.ofHours(1));
      refused(Rule.SIGNATURE_DEADLINE_PASSED, () -> relay(publisher(SEOUL), grant, signature));
    }

    @Test
    void aGrantThatHasExpiredAlreadyIsRefused() {
      Grant grant = new Grant(key, CONTENT, Expiry.at(now()), 0, inAnHour());
      refused(Rule.EXPIRY_NOT_IN_FUTURE, () -> grant(grant));
    }

    @Test
    void aRefusedGrantUsesUpNoNonce() {
      refused(
          Rule.EXPIRY_NOT_IN_FUTURE,
          () -> grant(new Grant(key, CONTENT, Expiry.at(now()), 0, inAnHour())));
      grant(terms(0));
    }

    @Test
    void revokeThroughAnybody() {
      for (Address sender : List.of(publisher(BUSAN), stranger(), patient.address())) {
        ConsentKey next = consent(SEOUL, sender.hashCode());
        long nonce = ledger.consents().patientKey(SEOUL, patient.address()).orElseThrow().nonce();
        grant(new Grant(next, CONTENT, inAYear(), nonce, inAnHour()));
        Revocation revocation = new Revocation(next);
        ledger.consents().revokeSigned(sender, revocation, sign(patient, revocation));
        assertThat(state(next).status()).isEqualTo(Status.REVOKED);
      }
    }

    @Test
    void revokeWhileHospitalsAreSuspended() {
      grant(terms(0));
      suspendByVote(SEOUL, BUSAN, DAEGU);
      ledger.hospitals().suspendSelf(owner(BUSAN), BUSAN);
      revoke(patient, publisher(BUSAN));
      assertThat(state(key).status()).isEqualTo(Status.REVOKED);
    }

    @Test
    void anUndeliveredGrantDoesNotHoldUpARevocation() {
      grant(terms(0));
      Revocation revocation = new Revocation(key);
      PatientSignature early = sign(patient, revocation);
      grant(new Grant(key, OTHER_CONTENT, inAYear(), 1, inAnHour()));
      ledger.consents().revokeSigned(stranger(), revocation, early);
      assertThat(state(key).status()).isEqualTo(Status.REVOKED);
    }

    @Test
    void aRevocationIsFinalForThemToo() {
      grant(terms(0));
      revoke(patient, stranger());
      refused(Rule.CONSENT_REVOKED, () -> grant(terms(1)));
      refused(Rule.CONSENT_REVOKED, () -> revoke(patient, stranger()));
      assertThat(state(key).status()).isEqualTo(Status.REVOKED);
    }

    @Test
    void aGrantSignedBeforeARevocationDoesNotBringItBack() {
      grant(terms(0));
      Grant held = terms(1);
      PatientSignature signature = sign(patient, held);
      revoke(patient, stranger());
      refused(Rule.CONSENT_REVOKED, () -> relay(publisher(SEOUL), held, signature));
    }

    @Test
    void theCustodianRevokesTheirConsentTooAndNobodyBringsItBack() {
      grant(terms(0));
      ledger.consents().revoke(publisher(SEOUL), key);
      refused(Rule.CONSENT_REVOKED, () -> grant(terms(1)));
    }

    @Test
    void anExpiredConsentIsNotGrantedAgain() {
      grant(new Grant(key, CONTENT, in(Duration.ofMinutes(30)), 0, inAnHour()));
      fixture.advanceTime(Duration.ofMinutes(30));
      refused(Rule.CONSENT_EXPIRED, () -> grant(terms(1)));
    }

    @Test
    void revocationsNeedTheRightSignature() {
      grant(terms(0));
      Revocation revocation = new Revocation(key);
      Revocation elsewhere = new Revocation(consent(SEOUL, 2));
      refused(Rule.CONSENT_UNKNOWN, () -> revokeOther(elsewhere));
      refused(Rule.SIGNER_MISMATCH, () -> revoke(other, publisher(SEOUL)));
      refused(
          Rule.SIGNER_MISMATCH,
          () -> ledger.consents().revokeSigned(stranger(), revocation, sign(patient, elsewhere)));
      refused(
          Rule.SIGNATURE_MALLEABLE,
          () ->
              ledger
                  .consents()
                  .revokeSigned(
                      stranger(), revocation, TestKey.mirrored(sign(patient, revocation))));
      assertThat(state(key).status()).isEqualTo(Status.ACTIVE);
    }

    private Receipt revokeOther(Revocation revocation) {
      return ledger.consents().revokeSigned(stranger(), revocation, sign(patient, revocation));
    }

    @Test
    void aRetiredKeyGrantsNoMoreAndStillRevokes() {
      grant(terms(0));
      ledger.consents().retirePatientKey(publisher(SEOUL), SEOUL, patient.address());
      refused(Rule.PATIENT_KEY_RETIRED, () -> grant(terms(1)));
      refused(Rule.PATIENT_KEY_EXISTS, () -> register(patient));
      revoke(patient, stranger());
      assertThat(state(key).status()).isEqualTo(Status.REVOKED);
    }

    @Test
    void onlyTheCustodianRetiresAKeyAndOnlyOnce() {
      for (Address sender : List.of(publisher(BUSAN), owner(SEOUL), patient.address())) {
        refused(
            Rule.SENDER_NOT_PUBLISHER,
            () -> ledger.consents().retirePatientKey(sender, SEOUL, patient.address()));
      }
      refused(
          Rule.PATIENT_KEY_UNKNOWN,
          () -> ledger.consents().retirePatientKey(publisher(SEOUL), SEOUL, other.address()));
      ledger.consents().retirePatientKey(publisher(SEOUL), SEOUL, patient.address());
      refused(
          Rule.PATIENT_KEY_RETIRED,
          () -> ledger.consents().retirePatientKey(publisher(SEOUL), SEOUL, patient.address()));
    }
  }
}
