package org.sillok.evidence;

import static org.sillok.evidence.Step.Result.PASSED;
import static org.sillok.evidence.Step.Result.SKIPPED;
import static org.sillok.evidence.Step.Result.WARNING;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sillok.canonical.CanonicalFormException;
import org.sillok.canonical.CanonicalJson;
import org.sillok.canonical.Commitment;
import org.sillok.canonical.Nonce;
import org.sillok.ledger.AcceptedCheckpoint;
import org.sillok.ledger.LedgerKind;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.block.Block;
import org.sillok.ledger.block.BlockException;
import org.sillok.ledger.block.LedgerPublicKey;
import org.sillok.ledger.block.SignedBlock;
import org.sillok.log.Entry;
import org.sillok.log.EntryFormatException;
import org.sillok.merkle.InclusionProof;
import org.sillok.merkle.ProofException;
import org.sillok.merkle.Rfc6962;
import org.sillok.note.Checkpoint;
import org.sillok.note.NoteException;
import org.sillok.note.TlogProof;
import org.sillok.note.VerifierKey;

/**
 * Judges one evidence file, step by step: the file's form, the entry, the content against the
 * entry's commitment, the log's key, the checkpoint's signature, the entry's place under the
 * checkpoint, the ledger's key, the block, and what the block publishes. Stops at the first step
 * that doesn't hold; never throws for anything that a file can contain.
 */
public final class EvidenceVerifier {

  private static final String CONTENT = "content";

  private final Trust trust;
  private final List<Step> steps = new ArrayList<>();
  private final List<String> unpinned = new ArrayList<>();

  private EvidenceVerifier(Trust trust) {
    this.trust = trust;
  }

  /**
   * @param content FHIR JSON in UTF-8 to check instead of the file's own, or null
   */
  public static Verification verify(byte[] file, Trust trust, byte @Nullable [] content) {
    EvidenceVerifier verifier = new EvidenceVerifier(trust);
    Outcome outcome;
    try {
      outcome = verifier.judge(file, content);
    } catch (StepFailedException e) {
      verifier.steps.add(e.step());
      outcome = new Outcome.Failed(e.step());
    }
    return new Verification(verifier.steps, outcome);
  }

  private Outcome judge(byte[] file, byte @Nullable [] content) throws StepFailedException {
    Evidence evidence = file(file);
    Entry entry = entry(evidence.entry());
    content(entry, evidence, content);
    VerifierKey log = logKey(evidence.vkey());
    if (evidence.proof() == null) {
      if (evidence.ledger() != null) {
        throw failed("proof", "none", "a proof under the published checkpoint");
      }
      return notYet("place in the log", "the entry was not under an anchored checkpoint yet");
    }
    TlogProof proof = proof(evidence.proof());
    Checkpoint checkpoint = checkpoint(proof, log);
    inclusion(evidence.entry(), proof, checkpoint);
    Publication publication = evidence.ledger();
    if (publication == null) {
      return notYet("ledger", "the checkpoint was not on the ledger yet");
    }
    publication(publication, checkpoint);
    return new Outcome.Verified(unpinned);
  }

  private Evidence file(byte[] file) throws StepFailedException {
    try {
      Evidence evidence = Evidence.parse(file);
      add("evidence file", PASSED, evidence.format(), Evidence.FORMAT);
      return evidence;
    } catch (EvidenceFormatException e) {
      throw failed("evidence file", e.getMessage(), "a file of form " + Evidence.FORMAT);
    }
  }

  private Entry entry(String text) throws StepFailedException {
    try {
      Entry entry = Entry.parse(text);
      add("entry", PASSED, description(entry), "a log entry in its one spelling");
      return entry;
    } catch (EntryFormatException e) {
      throw failed("entry", e.getMessage(), "a log entry in its one spelling");
    }
  }

  private static String description(Entry entry) {
    return (entry.action() == null ? entry.kind().code() : entry.action().code())
        + " of "
        + (entry.subject() == null ? "no resource" : entry.subject())
        + ", recorded "
        + entry.recorded()
        + ", by "
        + entry.cause().agent();
  }

  private void content(Entry entry, Evidence evidence, byte @Nullable [] given)
      throws StepFailedException {
    Nonce nonce = nonce(evidence.nonce());
    byte[] canonical = canonical(evidence.content(), given);
    if (canonical == null) {
      add(CONTENT, SKIPPED, "no content", "content, in the evidence or given beside it");
      return;
    }
    Commitment want = entry.commitment();
    if (want == null || entry.subject() == null) {
      throw failed(CONTENT, "content", "none: this entry is not about any content");
    }
    if (nonce == null) {
      throw failed(CONTENT, "content without a nonce", "a nonce, to check the content by");
    }
    Commitment got = Commitment.of(nonce, canonical);
    compare(CONTENT, "commitment " + got, "commitment " + want + " of the entry", got.equals(want));
    String resource = entry.subject().resource();
    String own = ContentName.of(canonical);
    compare("resource", own, resource + " of the entry", own.equals(resource));
  }

  private static byte @Nullable [] canonical(@Nullable String own, byte @Nullable [] given)
      throws StepFailedException {
    try {
      if (given != null) {
        return CanonicalJson.ofResource(given);
      }
      if (own == null) {
        return null;
      }
      byte[] canonical = CanonicalJson.ofResource(own);
      if (!new String(canonical, StandardCharsets.UTF_8).equals(own)) {
        // What the form leaves out would be shown without having been committed to.
        throw failed(CONTENT, "another spelling", "the canonical form " + CanonicalJson.FORM);
      }
      return canonical;
    } catch (CanonicalFormException e) {
      throw failed(CONTENT, e.getMessage(), "FHIR JSON");
    }
  }

  private static @Nullable Nonce nonce(@Nullable String hex) throws StepFailedException {
    try {
      return hex == null ? null : Nonce.ofHex(hex);
    } catch (IllegalArgumentException e) {
      throw failed("nonce", hex.length() + " characters", "64 hexadecimal digits");
    }
  }

  private VerifierKey logKey(String vkey) throws StepFailedException {
    String name = "log key";
    VerifierKey own;
    try {
      own = VerifierKey.parse(vkey);
    } catch (IllegalArgumentException e) {
      throw failed(name, String.valueOf(e.getMessage()), "a verifier key");
    }
    if (trust.log() == null) {
      unpinned(name, own.toString(), "--log-key");
      return own;
    }
    compare(name, own.toString(), trust.log().toString(), own.equals(trust.log()));
    return trust.log();
  }

  private static TlogProof proof(String text) throws StepFailedException {
    try {
      return TlogProof.parse(text);
    } catch (NoteException e) {
      throw failed("proof", e.getMessage(), "a C2SP tlog-proof");
    }
  }

  private Checkpoint checkpoint(TlogProof proof, VerifierKey log) throws StepFailedException {
    try {
      Checkpoint checkpoint = Checkpoint.open(proof.checkpoint(), log);
      add("checkpoint", PASSED, head(checkpoint.size(), checkpoint.root()), "signed by " + log);
      return checkpoint;
    } catch (NoteException e) {
      throw failed("checkpoint", e.getMessage(), "signed by " + log);
    }
  }

  private void inclusion(String entry, TlogProof proof, Checkpoint checkpoint)
      throws StepFailedException {
    var leaf = Rfc6962.leaf(entry.getBytes(StandardCharsets.UTF_8));
    String want = "root " + checkpoint.root() + " of the checkpoint";
    try {
      new InclusionProof(proof.index(), checkpoint.size(), proof.path())
          .verify(leaf, checkpoint.root());
      add("inclusion", PASSED, "leaf " + leaf + " at index " + proof.index(), want);
    } catch (ProofException e) {
      throw failed("inclusion", e.getMessage(), want);
    }
  }

  private void publication(Publication claimed, Checkpoint checkpoint) throws StepFailedException {
    String head = head(checkpoint.size(), checkpoint.root());
    String got = head(claimed.size(), claimed.root());
    compare("published head", got, head + " of the checkpoint", got.equals(head));
    if (claimed.receipt().ledger() != LedgerKind.EMBEDDED) {
      throw failed(
          "ledger", claimed.receipt().ledger().toString(), "a ledger that can be checked offline");
    }
    Block block = block(claimed, ledgerKey(claimed));
    Receipt receipt = block.receipt();
    compare(
        "receipt",
        claimed.receipt().toJson(),
        receipt.toJson() + " of the block",
        claimed.receipt().equals(receipt));
    AcceptedCheckpoint published =
        block.published().orElseThrow(() -> failed("publication", "another transaction", head));
    String gotPublished = published.log() + " " + published.head();
    String wantPublished =
        claimed.log() + " " + checkpoint.size() + ":" + checkpoint.root() + " of the checkpoint";
    compare(
        "publication",
        gotPublished + " in block " + receipt.blockNumber() + " of " + receipt.blockTime(),
        wantPublished,
        wantPublished.equals(gotPublished + " of the checkpoint"));
    if (trust.hospital() != null) {
      compare(
          "hospital",
          published.log().hospital().toString(),
          trust.hospital().toString(),
          published.log().hospital().equals(trust.hospital()));
    }
  }

  private LedgerPublicKey ledgerKey(Publication claimed) throws StepFailedException {
    String name = "ledger key";
    String own = claimed.key();
    if (trust.ledger() != null) {
      String want = trust.ledger().toString();
      compare(name, own == null ? "none in the file" : own, want, own == null || own.equals(want));
      return trust.ledger();
    }
    try {
      if (own != null) {
        LedgerPublicKey key = LedgerPublicKey.parse(own);
        unpinned(name, own, "--ledger-key");
        return key;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw failed(name, own == null ? "none" : own, "an Ed25519 key of 64 hexadecimal digits");
  }

  private Block block(Publication claimed, LedgerPublicKey key) throws StepFailedException {
    if (claimed.block() == null) {
      throw failed("ledger block", "none", "the signed block that publishes the checkpoint");
    }
    try {
      Block block = SignedBlock.verify(claimed.block(), key);
      add("ledger block", PASSED, "block " + block.number(), "signed by " + key);
      return block;
    } catch (BlockException e) {
      throw failed("ledger block", e.getMessage(), "signed by " + key);
    }
  }

  private void unpinned(String name, String key, String option) throws StepFailedException {
    String want = "the key came with the evidence; pin it with " + option;
    if (trust.strict()) {
      throw failed(name, key, want);
    }
    unpinned.add(name);
    add(name, WARNING, key, want);
  }

  private Outcome notYet(String name, String reason) {
    add(name, SKIPPED, "none", reason);
    return new Outcome.NotYetAnchored(reason);
  }

  private void compare(String name, String got, String want, boolean same)
      throws StepFailedException {
    if (!same) {
      throw failed(name, got, want);
    }
    add(name, PASSED, got, want);
  }

  private void add(String name, Step.Result result, String got, String want) {
    steps.add(new Step(name, result, got, want));
  }

  private static String head(long size, Object root) {
    return "size " + size + ", root " + root;
  }

  private static StepFailedException failed(String name, @Nullable String got, String want) {
    return new StepFailedException(name, String.valueOf(got), want);
  }
}
