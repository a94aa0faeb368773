package org.sillok.verification;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sillok.canonical.CanonicalFormException;
import org.sillok.evidence.Evidence;
import org.sillok.evidence.Publication;
import org.sillok.ledger.Ledger;
import org.sillok.log.LogReader;
import org.sillok.log.ResourceVersion;
import org.sillok.log.StoredCheckpoint;
import org.sillok.merkle.InclusionProof;
import org.sillok.merkle.TiledTree;
import org.sillok.note.NoteException;
import org.sillok.note.SignedNote;
import org.sillok.note.TlogProof;

/**
 * Makes the evidence file of one version: of its newest commitment, which is its birth's or that of
 * the last change of its labels. Thread-safe.
 */
public final class EvidenceMaker {

  private final StoredVersions stored;
  private final LogReader reader;
  private final LogCheck check;
  private final Logs logs;
  private final Ledger ledger;
  private final Supplier<Optional<String>> ledgerKey;

  /**
   * @param ledgerKey the embedded ledger's public key; empty for another ledger
   */
  public EvidenceMaker(
      StoredVersions stored,
      LogReader reader,
      LogCheck check,
      Logs logs,
      Ledger ledger,
      Supplier<Optional<String>> ledgerKey) {
    this.stored = stored;
    this.reader = reader;
    this.check = check;
    this.logs = logs;
    this.ledger = ledger;
    this.ledgerKey = ledgerKey;
  }

  /** No evidence can be given of a version that does not verify. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    RefusedException(Failure failure) {
      super(failure.toString());
    }
  }

  /**
   * @param withContent whether the receiver may see the content, and so gets it and its nonce
   * @return empty if there is no entry about such a version
   * @throws RefusedException if the log, or the version as it is stored now, is not what was
   *     written, whether its content is asked for or not
   */
  Optional<Evidence> of(ResourceVersion version, boolean withContent) throws RefusedException {
    VersionPicture picture = stored.read(version);
    LoggedEntry entry =
        ContentCheck.newestOf(
                ContentCheck.entriesOf(picture).stream().filter(LoggedEntry::authentic).toList())
            .orElse(null);
    return entry == null ? Optional.empty() : Optional.of(of(picture, entry, withContent));
  }

  private Evidence of(VersionPicture picture, LoggedEntry entry, boolean withContent)
      throws RefusedException {
    LogCheck.Result result = check.of(entry);
    if (result instanceof LogCheck.Result.Failed failed) {
      throw new RefusedException(failed.failure());
    }
    Failure failure = ContentCheck.of(picture);
    if (failure != null) {
      throw new RefusedException(failure);
    }
    String content = withContent ? content(picture) : null;
    String nonce = content == null ? null : Objects.requireNonNull(entry.nonce()).toHex();
    if (!(result instanceof LogCheck.Result.Proved proved)) {
      String vkey = logs.key().toString();
      return new Evidence(Evidence.FORMAT, entry.json(), nonce, content, null, vkey, null);
    }
    Anchor anchor = proved.anchor();
    try {
      SignedNote note = checkpoint(anchor);
      return new Evidence(
          Evidence.FORMAT,
          entry.json(),
          nonce,
          content,
          proof(anchor, note).toString(),
          logs.keys(anchor.log().number()).signer(note.toString()).toString(),
          publication(anchor));
    } catch (NoteException e) {
      throw new IllegalStateException("the checkpoint was signed a moment ago", e);
    }
  }

  private static @Nullable String content(VersionPicture picture) {
    StoredVersion version = picture.stored();
    if (version == null) {
      return null;
    }
    try {
      return new String(CanonicalContent.bytes(picture.version(), version.content()), UTF_8);
    } catch (CanonicalFormException e) {
      throw new IllegalStateException("it had a canonical form a moment ago", e);
    }
  }

  private SignedNote checkpoint(Anchor anchor) throws NoteException {
    StoredCheckpoint checkpoint =
        reader.checkpointAt(anchor.log().number(), anchor.head().size()).orElseThrow();
    return SignedNote.parse(checkpoint.note());
  }

  private TlogProof proof(Anchor anchor, SignedNote checkpoint) {
    InclusionProof inclusion =
        new TiledTree(reader.tiles(anchor.log().number()))
            .inclusion(anchor.leafIndex(), anchor.head().size());
    return new TlogProof(anchor.leafIndex(), inclusion.path(), checkpoint);
  }

  private Publication publication(Anchor anchor) {
    return new Publication(
        anchor.receipt(),
        anchor.log(),
        anchor.head().size(),
        anchor.head().root(),
        ledger.blockText(anchor.receipt()).orElse(null),
        ledgerKey.get().orElse(null));
  }
}
