package org.sillok.anchor;

import java.util.Optional;
import org.sillok.ledger.AcceptedCheckpoint;
import org.sillok.ledger.LogId;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.TreeHead;
import org.sillok.log.KeyDirectory;
import org.sillok.log.KeyFileException;
import org.sillok.log.OpenLog;
import org.sillok.note.Checkpoint;
import org.sillok.note.NoteException;
import org.sillok.note.SignedNote;

/**
 * Remembers the newest accepted head in the data directory, where whoever has only the database
 * does not come: {@code anchored-1.head} for log 1, the receipt in the first line, then the signed
 * note. Reads the file each time, so that one that is put back or taken away counts at once.
 * Thread-safe.
 */
public final class HeadFile implements HeadMemory {

  private final KeyDirectory directory;
  private final OpenLog log;
  private final LogId logId;

  /**
   * @param logId what the ledger calls the log
   */
  public HeadFile(KeyDirectory directory, OpenLog log, LogId logId) {
    this.directory = directory;
    this.log = log;
    this.logId = logId;
  }

  /** The file's name in the data directory. */
  public static String name(int log) {
    return "anchored-" + log + ".head";
  }

  @Override
  public Optional<AcceptedCheckpoint> newest() {
    return directory.text(name()).map(this::parse);
  }

  @Override
  public void keep(AcceptedCheckpoint accepted) {
    directory.update(
        name(),
        present ->
            present.map(this::parse).filter(kept -> !isLarger(accepted, kept)).isPresent()
                ? Optional.empty()
                : Optional.of(text(accepted)));
  }

  private String name() {
    return name(log.number());
  }

  private static boolean isLarger(AcceptedCheckpoint one, AcceptedCheckpoint other) {
    return one.head().size() > other.head().size();
  }

  private String text(AcceptedCheckpoint accepted) {
    TreeHead head = accepted.head();
    return accepted.receipt().toJson()
        + '\n'
        + new Checkpoint(log.origin(), head.size(), head.root()).sign(log.signer());
  }

  private AcceptedCheckpoint parse(String text) {
    try {
      int end = text.indexOf('\n') + 1;
      Receipt receipt = Receipt.ofJson(text.substring(0, Math.max(0, end - 1)));
      Checkpoint signed = Checkpoint.open(SignedNote.parse(text.substring(end)), log.vkey());
      return new AcceptedCheckpoint(logId, new TreeHead(signed.size(), signed.root()), receipt);
    } catch (IllegalArgumentException | NoteException e) {
      throw new KeyFileException(
          directory.file(name()),
          "this is no head that the log's key has signed; put the file back from a backup, or move"
              + " it away",
          e);
    }
  }
}
