package org.sillok.evidence;

import static org.sillok.evidence.Steps.failed;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.sillok.canonical.CanonicalFormException;
import org.sillok.canonical.CanonicalJson;
import org.sillok.canonical.Commitment;
import org.sillok.canonical.Nonce;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LedgerKind;
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
 * checkpoint, and then either the embedded ledger's key, the block, and what the block publishes,
 * or what a {@link ChainCheck} finds on a chain. Stops at the first step that doesn't hold; never
 * throws for anything that a file can contain.
 */
public final class EvidenceVerifier {

  private static final String CONTENT = "content";

  private final Trust trust;
  private final @Nullable ChainCheck chain;
  private final Steps steps;

  private EvidenceVerifier(Trust trust, @Nullable ChainCheck chain) {
    this.trust = trust;
    this.chain = chain;
    this.steps = new Steps(trust.strict());
  }

  /**
   * Judges evidence of a ledger that is not on a chain.
   *
   * @param content FHIR JSON in UTF-8 to check instead of the file's own, or null
   */
  public static Verification verify(byte[] file, Trust trust, byte @Nullable [] content) {
    return verify(file, trust, content, null);
  }

  /**
   * @param content FHIR JSON in UTF-8 to check instead of the file's own, or null
   * @param chain if not null, the evidence has to be of a ledger on this chain
   */
  public static Verification verify(
      byte[] file, Trust trust, byte @Nullable [] content, @Nullable ChainCheck chain) {
    EvidenceVerifier verifier = new EvidenceVerifier(trust, chain);
    Outcome outcome;
    try {
      outcome = verifier.judge(file, content);
    } catch (StepFailedException e) {
      verifier.steps.add(e.step());
      outcome = new Outcome.Failed(e.step());
    } catch (ChainTroubleException e) {
      outcome = new Outcome.Unsettled(e.reason());
    }
    return new Verification(verifier.steps.taken(), outcome);
  }

  private Outcome judge(byte[] file, byte @Nullable [] content)
      throws StepFailedException, ChainTroubleException {
    Evidence evidence = file(file);
    Entry entry = entry(evidence.entry());
    content(entry, evidence, content);
    VerifierKey log = logKey(evidence.vkey(), evidence.ledger());
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
    publishedHead(publication, checkpoint);
    if (publication.receipt().ledger() == LedgerKind.EMBEDDED) {
      embedded(publication);
    } else {
      onChain(publication, log);
    }
    hospital(publication.log().hospital());
    String doubt = doubt(entry.action());
    return doubt == null
        ? new Outcome.Verified(steps.unpinned())
        : new Outcome.OriginUnknown(doubt, steps.unpinned());
  }

  /** Why the entry does not show where the version came from; null if it does. */
  private static @Nullable String doubt(Entry.@Nullable Action action) {
    if (action == Entry.Action.FOUND) {
      return "the version turned up in the database without an entry, and nobody vouches for where"
          + " it came from";
    } else if (action == Entry.Action.IMPORT) {
      return "the version was there before the log began, and nobody vouches for what was before";
    } else if (action == Entry.Action.RELABEL) {
      return "the entry is of a change of labels, and the one of the version's birth is not in the"
          + " file";
    }
    return null;
  }

  private Evidence file(byte[] file) throws StepFailedException {
    try {
      Evidence evidence = Evidence.parse(file);
      steps.passed("evidence file", evidence.format(), Evidence.FORMAT);
      return evidence;
    } catch (EvidenceFormatException e) {
      throw failed("evidence file", e.getMessage(), "a file of form " + Evidence.FORMAT);
    }
  }

  private Entry entry(String text) throws StepFailedException {
    try {
      Entry entry = Entry.parse(text);
      steps.passed("entry", description(entry), "a log entry in its one spelling");
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
      steps.skipped(CONTENT, "no content", "content, in the evidence or given beside it");
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
    steps.compare(
        CONTENT, "commitment " + got, "commitment " + want + " of the entry", got.equals(want));
    String resource = entry.subject().resource();
    String own = ContentName.of(canonical);
    steps.compare("resource", own, resource + " of the entry", own.equals(resource));
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

  private VerifierKey logKey(String vkey, @Nullable Publication publication)
      throws StepFailedException {
    String name = "log key";
    VerifierKey own;
    try {
      own = VerifierKey.parse(vkey);
    } catch (IllegalArgumentException e) {
      throw failed(name, String.valueOf(e.getMessage()), "a verifier key");
    }
    if (trust.log() == null) {
      if (chain != null && publication != null) {
        steps.skipped(name, own.toString(), "what the chain has for this log, see below");
      } else {
        steps.unpinned(name, name, own.toString(), "--log-key");
      }
      return own;
    }
    steps.compare(name, own.toString(), trust.log().toString(), own.equals(trust.log()));
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
      steps.passed("checkpoint", head(checkpoint.size(), checkpoint.root()), "signed by " + log);
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
      steps.passed("inclusion", "leaf " + leaf + " at index " + proof.index(), want);
    } catch (ProofException e) {
      throw failed("inclusion", e.getMessage(), want);
    }
  }

  private void publishedHead(Publication claimed, Checkpoint checkpoint)
      throws StepFailedException {
    String head = head(checkpoint.size(), checkpoint.root());
    String got = head(claimed.size(), claimed.root());
    steps.compare("published head", got, head + " of the checkpoint", got.equals(head));
  }

  private void onChain(Publication claimed, VerifierKey log)
      throws StepFailedException, ChainTroubleException {
    if (chain == null) {
      throw new ChainTroubleException(
          "the evidence is of a ledger on the chain with id "
              + claimed.receipt().chainId()
              + ", and no node of it was named (--rpc)",
          null);
    }
    chain.check(claimed, log, steps);
  }

  private void embedded(Publication claimed) throws StepFailedException {
    if (chain != null) {
      // Else whoever makes evidence could choose what it is held against.
      throw failed("ledger", claimed.receipt().ledger().toString(), "a ledger on a chain");
    }
    EmbeddedCheck.check(claimed, trust.ledger(), steps);
  }

  private void hospital(HospitalId got) throws StepFailedException {
    if (trust.hospital() != null) {
      steps.compare(
          "hospital", got.toString(), trust.hospital().toString(), got.equals(trust.hospital()));
    }
  }

  private Outcome notYet(String name, String reason) {
    steps.skipped(name, "none", reason);
    return new Outcome.NotYetAnchored(reason);
  }

  private static String head(long size, Object root) {
    return "size " + size + ", root " + root;
  }
}
