package org.sillok.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sillok.evidence.EvidenceFixture.LEDGER_KEY;
import static org.sillok.evidence.EvidenceFixture.LOG_KEY;
import static org.sillok.evidence.EvidenceFixture.complete;
import static org.sillok.evidence.EvidenceFixture.edited;
import static org.sillok.evidence.EvidenceFixture.with;
import static org.sillok.evidence.EvidenceFixture.withProof;
import static org.sillok.evidence.EvidenceFixture.withoutLedger;
import static org.sillok.evidence.EvidenceFixture.withoutPlace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.TreeHead;
import org.sillok.ledger.block.LedgerSigningKey;
import org.sillok.ledger.block.LedgerTransaction;
import org.sillok.log.Entry;
import org.sillok.merkle.Hash;
import org.sillok.note.Checkpoint;
import org.sillok.note.SignedNote;
import org.sillok.note.SignerKey;
import org.sillok.note.TlogProof;

class EvidenceVerifierTest {

  private static final Trust PINNED =
      new Trust(LOG_KEY.verifier(), LEDGER_KEY.publicKey(), new HospitalId("seoul"), true);

  private static Verification verify(String evidence) {
    return EvidenceVerifier.verify(evidence.getBytes(UTF_8), PINNED, null);
  }

  // ---- what holds

  @Test
  void doesNotVouchForWhereAVersionComesFromThatNoServerWasSeenToWrite() {
    for (Entry.Action action :
        List.of(Entry.Action.FOUND, Entry.Action.IMPORT, Entry.Action.RELABEL)) {
      Verification verification = verify(complete(action).toJson());

      assertThat(verification.outcome())
          .isInstanceOfSatisfying(
              Outcome.OriginUnknown.class, unknown -> assertThat(unknown.pinned()).isTrue());
      assertThat(verification.steps()).extracting(Step::result).containsOnly(Step.Result.PASSED);
    }
    for (Entry.Action action : List.of(Entry.Action.CREATE, Entry.Action.UPDATE)) {
      assertThat(verify(complete(action).toJson()).outcome())
          .isEqualTo(new Outcome.Verified(List.of()));
    }
  }

  @Test
  void verifiesCompleteEvidenceByPinnedKeys() {
    Verification verification = verify(complete().toJson());
    assertThat(verification.outcome()).isEqualTo(new Outcome.Verified(List.of()));
    assertThat(verification.steps())
        .extracting(Step::name)
        .containsExactly(
            "evidence file",
            "entry",
            "content",
            "resource",
            "log key",
            "checkpoint",
            "inclusion",
            "published head",
            "ledger key",
            "ledger block",
            "receipt",
            "publication",
            "hospital");
    assertThat(verification.steps()).extracting(Step::result).containsOnly(Step.Result.PASSED);
  }

  @Test
  void saysThatKeysCameWithTheEvidence() {
    Verification verification =
        EvidenceVerifier.verify(complete().toJson().getBytes(UTF_8), Trust.NONE, null);
    assertThat(verification.outcome())
        .isEqualTo(new Outcome.Verified(List.of("log key", "ledger key")));
    assertThat(verification.steps())
        .filteredOn(step -> step.result() == Step.Result.WARNING)
        .extracting(Step::want)
        .containsExactly(
            "the log key came with the evidence; pin it with --log-key",
            "the ledger key came with the evidence; pin it with --ledger-key");
  }

  @Test
  void takesNoKeyFromTheEvidenceWhenStrict() {
    assertFailed(complete().toJson(), new Trust(null, null, null, true), "log key");
    assertFailed(
        complete().toJson(), new Trust(LOG_KEY.verifier(), null, null, true), "ledger key");
  }

  @Test
  void verifiesWithoutContentAndSaysThatItDidNotLook() {
    Evidence all = complete();
    Verification verification =
        verify(
            new Evidence(
                    all.format(), all.entry(), null, null, all.proof(), all.vkey(), all.ledger())
                .toJson());
    assertThat(verification.outcome()).isEqualTo(new Outcome.Verified(List.of()));
    assertThat(verification.steps())
        .filteredOn(step -> step.result() == Step.Result.SKIPPED)
        .extracting(Step::name)
        .containsExactly("content");
  }

  @Test
  void checksContentThatIsGivenBesideTheEvidence() {
    byte[] file = complete().toJson().getBytes(UTF_8);
    byte[] spelledDifferently =
        EvidenceFixture.READ.replace(",", " ,\n").replace("혈압", "\\ud608\\uc555").getBytes(UTF_8);
    assertThat(EvidenceVerifier.verify(file, PINNED, spelledDifferently).outcome())
        .isEqualTo(new Outcome.Verified(List.of()));
    byte[] changed = EvidenceFixture.READ.replace("1.00", "1.0").getBytes(UTF_8);
    assertFailed(EvidenceVerifier.verify(file, PINNED, changed), "content");
  }

  @Test
  void readsTheFileWhateverItsWhiteSpaceAndOrder() {
    String json = complete().toJson();
    String spread =
        json.replaceFirst("\\{", "{\n  ").replaceFirst(",\"entry\"", " ,\r\n\t\"entry\"");
    assertThat(verify(spread).outcome()).isEqualTo(new Outcome.Verified(List.of()));
  }

  @Test
  void isNotYetAnchoredWithoutPlaceOrLedger() {
    assertThat(verify(withoutPlace()).outcome())
        .isEqualTo(
            new Outcome.NotYetAnchored("the entry was not under an anchored checkpoint yet"));
    assertThat(verify(withoutLedger()).outcome())
        .isEqualTo(new Outcome.NotYetAnchored("the checkpoint was not on the ledger yet"));
  }

  @Test
  void whatIsNotYetAnchoredMustHoldAsFarAsItGoes() {
    assertFailed(withoutPlace().replace("1.00", "1.01"), "content");
    assertFailed(withoutLedger().replace("index 2", "index 3"), "inclusion");
  }

  // ---- the file

  @Test
  void failsAtTheFileIfItIsNotEvidence() {
    for (String file :
        List.of(
            "",
            "null",
            "[]",
            "{}",
            "evidence",
            "{\"format\":\"sillok-evidence-v1\"}",
            "\ufeff" + complete().toJson(),
            complete().toJson() + "{}",
            complete().toJson().substring(0, 500),
            edited("sillok-evidence-v1", "sillok-evidence-v2"),
            edited("\"vkey\":", "\"key\":"),
            edited("\"entry\":", "\"entries\":"),
            edited("\"format\":", "\"more\":1,\"format\":"),
            edited("\"format\":", "\"proof\":\"\",\"format\":"),
            edited("\"size\":7", "\"size\":7,\"size\":7"),
            edited("\"size\":7", "\"size\":7.0"),
            edited("\"size\":7", "\"size\":\"7\""),
            edited("\"size\":7", "\"size\":9223372036854775808"),
            edited("\"size\":7", "\"size\":null"),
            edited("\"size\":7", "\"size\":-9223372036854775808"),
            edited("\"blockNumber\":12", "\"blockNumber\":9007199254740993"),
            edited("\"blockNumber\":12", "\"blockNumber\":-1"),
            edited("\"chainId\":", "\"chain\":"),
            edited("\"log\":\"seoul/1\"", "\"log\":\"seoul\""),
            edited("\"log\":\"seoul/1\"", "\"log\":[]"),
            edited("\"nonce\":\"", "\"nonce\":" + "{\"a\":".repeat(100_000) + "\""))) {
      assertFailed(file, "evidence file");
    }
    assertFailed(
        EvidenceVerifier.verify(new byte[] {'{', (byte) 0xff}, PINNED, null), "evidence file");
    byte[] huge = new byte[Evidence.MAX_LENGTH + 1];
    Arrays.fill(huge, (byte) ' ');
    assertFailed(EvidenceVerifier.verify(huge, PINNED, null), "evidence file");
  }

  // ---- entry and content

  @Test
  void failsAtTheEntryIfItIsNotOne() {
    assertFailed(edited("\\\"kind\\\"", " \\\"kind\\\""), "entry");
    assertFailed(edited("\\\"v\\\":1", "\\\"v\\\":2"), "entry");
    assertFailed(edited("\\\"kind\\\":\\\"resource\\\"", "\\\"kind\\\":\\\"other\\\""), "entry");
    assertFailed(edited("{\\\"action\\\":\\\"update\\\",", "{"), "entry");
  }

  @Test
  void failsAtTheContentIfItIsNotWhatWasCommittedTo() {
    assertFailed(edited("1.00", "1.0"), "content");
    assertFailed(edited("final", "amended"), "content");
    assertFailed(edited("urn:s", "urn:x"), "content");
    assertFailed(edited("혈압", "혈당"), "content");
    assertFailed(edited("{\\\"code\\\"", "{{\\\"code\\\""), "content");
    assertFailed(edited("\\\"status\\\"", "\\\"id\\\":\\\"7\\\",\\\"status\\\""), "content");
    // The form leaves versionId out: nobody may smuggle a false one in.
    assertFailed(edited("\\\"meta\\\":{", "\\\"meta\\\":{\\\"versionId\\\":\\\"9\\\","), "content");
    assertFailed(edited("\\\"status\\\":", "\\\"status\\\": "), "content");
    String nonce = EvidenceFixture.NONCE.toHex();
    assertFailed(edited(nonce, "0".repeat(64)), "content");
    assertFailed(edited(nonce, nonce.substring(2)), "nonce");
    assertFailed(edited(nonce, nonce + "00"), "nonce");
    assertFailed(edited(nonce, ""), "nonce");
    assertFailed(edited(nonce, "zz" + nonce.substring(2)), "nonce");
    assertFailed(edited("\"nonce\":\"" + nonce + "\",", ""), "content");
  }

  @Test
  void failsIfContentIsShownForAnEntryThatIsNotAboutIt() {
    String commitment = EvidenceFixture.commitment(EvidenceFixture.READ).toString();
    assertFailed(
        edited("\\\"commitment\\\":\\\"" + commitment + "\\\",", "")
            .replace("\\\"update\\\",\\\"agent", "\\\"expunge\\\",\\\"agent")
            .replace(
                "\\\"source\\\"", "\\\"salt\\\":\\\"" + "0".repeat(64) + "\\\",\\\"source\\\""),
        "content");
    assertFailed(edited("Observation/7", "Observation/8"), "resource");
    assertFailed(edited("\\\"Observation/7", "\\\"Patient/7"), "resource");
  }

  @Test
  void failsAtTheInclusionIfTheEntryWasChanged() {
    assertFailed(edited("anonymous", "somebody"), "inclusion");
    assertFailed(edited("\\\"version\\\":\\\"3\\\"", "\\\"version\\\":\\\"4\\\""), "inclusion");
    assertFailed(edited("05.678Z", "05.679Z"), "inclusion");
  }

  // ---- log key, checkpoint, place

  @Test
  void failsAtTheLogKeyIfItIsNotThePinnedOne() {
    SignerKey stranger = EvidenceFixture.logKey("hospital.example/log", 77);
    assertFailed(
        EvidenceFixture.of(stranger, LEDGER_KEY, head -> head).toJson(), PINNED, "log key");
    SignerKey other = EvidenceFixture.logKey("other.example/log", 1);
    assertFailed(EvidenceFixture.of(other, LEDGER_KEY, head -> head).toJson(), PINNED, "log key");
    assertFailed(edited("\"vkey\":\"hospital", "\"vkey\":\"hospitaI"), "log key");
    assertFailed(edited("\"vkey\":\"hospital", "\"vkey\":\"+"), "log key");
  }

  @Test
  void failsAtTheCheckpointIfTheLogDidNotSignIt() throws Exception {
    assertFailed(withProof(proof -> proof.replace("\n7\n", "\n8\n")), "checkpoint");
    assertFailed(withProof(proof -> proof.replace("\n7\n", "\n0\n")), "checkpoint");
    assertFailed(withProof(proof -> proof.replace("\n7\n", "\n07\n")), "proof");
    assertFailed(withProof(proof -> proof.replace("\n7\n", "\n9223372036854775808\n")), "proof");
    assertFailed(withProof(proof -> proof.replace("\n7\n", "\n-1\n")), "proof");
    assertFailed(
        withProof(proof -> proof.replace("hospital.example/log\n", "other.example/log\n")),
        "checkpoint");
    TlogProof real = TlogProof.parse(complete().proof());
    Checkpoint head = Checkpoint.parse(real.checkpoint().text());
    SignerKey other = EvidenceFixture.logKey("other.example/log", 1);
    assertFailed(
        withCheckpoint(real, new Checkpoint("other.example/log", 7, head.root()).sign(other)),
        "checkpoint");
    assertFailed(
        withCheckpoint(
            real,
            SignedNote.sign(
                new Checkpoint("other.example/log", 7, head.root()).toString(), LOG_KEY)),
        "checkpoint");
  }

  @Test
  void failsAtTheInclusionIfThePlaceOrPathIsWrong() throws Exception {
    TlogProof real = TlogProof.parse(complete().proof());
    for (long index : new long[] {0, 1, 3, 6, 7, 8, Long.MAX_VALUE}) {
      assertFailed(withProof(proof -> proof.replace("index 2", "index " + index)), "inclusion");
    }
    assertFailed(
        withProof(proof -> proof.replace("index 2", "index 9223372036854775808")), "proof");
    for (int i = 0; i < real.path().size(); i++) {
      List<Hash> shorter = new ArrayList<>(real.path());
      shorter.remove(i);
      assertFailed(withPath(real, shorter), "inclusion");
      List<Hash> longer = new ArrayList<>(real.path());
      longer.add(i, real.path().get(i));
      assertFailed(withPath(real, longer), "inclusion");
      List<Hash> reordered = new ArrayList<>(real.path());
      Collections.rotate(reordered, i + 1);
      if (i + 1 < real.path().size()) {
        assertFailed(withPath(real, reordered), "inclusion");
      }
    }
    assertFailed(withPath(real, List.of()), "inclusion");
  }

  @Test
  void failsInAnEmptyTree() throws Exception {
    TlogProof real = TlogProof.parse(complete().proof());
    Hash empty = TreeHead.EMPTY.root();
    SignedNote note = new Checkpoint("hospital.example/log", 0, empty).sign(LOG_KEY);
    assertFailed(
        with(complete(), new TlogProof(0, List.of(), note).toString(), complete().ledger())
            .toJson(),
        "inclusion");
    assertThat(real.path()).isNotEmpty();
  }

  @Test
  void failsAtTheProofIfItIsMalformedOrMissing() {
    assertFailed(withProof(proof -> ""), "proof");
    assertFailed(withProof(proof -> proof.substring(0, proof.length() - 1)), "proof");
    assertFailed(withProof(proof -> proof.replace("@v1", "@v2")), "proof");
    assertFailed(with(complete(), null, complete().ledger()).toJson(), "proof");
  }

  // ---- ledger

  @Test
  void failsIfTheLedgerDoesNotHaveThisHead() {
    Hash root = Hash.of(EvidenceFixture.bytes(50));
    assertFailed(
        EvidenceFixture.of(LOG_KEY, LEDGER_KEY, head -> new TreeHead(7, root)).toJson(),
        "published head");
    assertFailed(
        EvidenceFixture.of(LOG_KEY, LEDGER_KEY, head -> new TreeHead(8, head.root())).toJson(),
        "published head");
    Publication honest = complete().ledger();
    Publication claimed =
        EvidenceFixture.of(LOG_KEY, LEDGER_KEY, head -> new TreeHead(7, root)).ledger();
    assertFailed(
        withLedger(
            new Publication(
                claimed.receipt(), honest.log(), 7, honest.root(), claimed.block(), claimed.key())),
        "publication");
  }

  @Test
  void failsIfTheBlockIsOfAnotherTransactionKeyOrLog() {
    Publication honest = complete().ledger();
    TreeHead head = new TreeHead(honest.size(), honest.root());
    assertFailed(
        withLedger(EvidenceFixture.publication(new LedgerTransaction.Execute(1), head, LEDGER_KEY)),
        "publication");
    assertFailed(
        EvidenceFixture.of(LOG_KEY, LedgerSigningKey.ofSeed(EvidenceFixture.bytes(60)), h -> h)
            .toJson(),
        "ledger key");
    Publication forged =
        EvidenceFixture.of(LOG_KEY, LedgerSigningKey.ofSeed(EvidenceFixture.bytes(60)), h -> h)
            .ledger();
    assertFailed(
        withLedger(
            new Publication(
                forged.receipt(), forged.log(), 7, forged.root(), forged.block(), honest.key())),
        "ledger block");
    assertFailed(edited("\"log\":\"seoul/1\"", "\"log\":\"busan/1\""), "publication");
    assertFailed(edited("\"log\":\"seoul/1\"", "\"log\":\"seoul/2\""), "publication");
    assertFailed(
        complete().toJson(),
        new Trust(LOG_KEY.verifier(), LEDGER_KEY.publicKey(), new HospitalId("busan"), true),
        "hospital");
  }

  @Test
  void cannotSettleALedgerOnAChainWithoutTheChain() {
    assertThat(verify(edited("\"ledger\":\"EMBEDDED\"", "\"ledger\":\"BESU\"")).outcome())
        .isInstanceOf(Outcome.Unsettled.class);
  }

  @Test
  void failsIfReceiptOrBlockWereChanged() {
    assertFailed(edited("\"blockNumber\":12", "\"blockNumber\":13"), "receipt");
    assertFailed(
        edited("\"blockTime\":\"2026-11-22T03:04:10Z\"", "\"blockTime\":\"2026-11-22T03:04:11Z\""),
        "receipt");
    assertFailed(edited("\\\"number\\\":12", "\\\"number\\\":13"), "ledger block");
    assertFailed(edited("\\\"signature\\\":\\\"", "\\\"signature\\\":\\\"00"), "ledger block");
    assertFailed(edited("{\\\"block\\\":", "{ \\\"block\\\":"), "ledger block");
    assertFailed(
        withLedger(copy(complete().ledger(), null, complete().ledger().key())), "ledger block");
    assertFailed(
        withLedger(copy(complete().ledger(), complete().ledger().block(), "00")), "ledger key");
    assertFailed(
        withLedger(copy(complete().ledger(), complete().ledger().block(), null)),
        new Trust(LOG_KEY.verifier(), null, null, false),
        "ledger key");
  }

  @Test
  void neverVerifiesARandomlyChangedFile() {
    byte[] file = complete().toJson().getBytes(UTF_8);
    Random random = new Random(20261122);
    int accepted = 0;
    for (int round = 0; round < 3000; round++) {
      byte[] changed = file.clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(128);
      Outcome outcome = EvidenceVerifier.verify(changed, PINNED, null).outcome();
      if (!Arrays.equals(changed, file) && !(outcome instanceof Outcome.Failed)) {
        // Hex digits in upper case are another spelling of the same value.
        accepted++;
        assertThat(new String(changed, UTF_8)).isEqualToIgnoringCase(new String(file, UTF_8));
      }
    }
    assertThat(accepted).isLessThan(30);
  }

  private static String withLedger(Publication publication) {
    return with(complete(), complete().proof(), publication).toJson();
  }

  private static Publication copy(
      Publication ledger, @Nullable String block, @Nullable String key) {
    return new Publication(
        ledger.receipt(), ledger.log(), ledger.size(), ledger.root(), block, key);
  }

  private static String withPath(TlogProof proof, List<Hash> path) {
    return withProof(old -> new TlogProof(proof.index(), path, proof.checkpoint()).toString());
  }

  private static String withCheckpoint(TlogProof proof, SignedNote checkpoint) {
    return withProof(old -> new TlogProof(proof.index(), proof.path(), checkpoint).toString());
  }

  private static void assertFailed(String evidence, String step) {
    assertFailed(evidence, PINNED, step);
  }

  private static void assertFailed(String evidence, Trust trust, String step) {
    assertFailed(EvidenceVerifier.verify(evidence.getBytes(UTF_8), trust, null), step);
  }

  private static void assertFailed(Verification verification, String step) {
    assertThat(verification.outcome()).isInstanceOf(Outcome.Failed.class);
    Step failed = ((Outcome.Failed) verification.outcome()).step();
    assertThat(failed.name()).as("%s", failed).isEqualTo(step);
    assertThat(verification.steps()).endsWith(failed);
  }
}
