package org.sillok.anchor;

import java.util.Optional;
import org.sillok.ledger.AcceptedCheckpoint;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LogId;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.TreeHead;
import org.sillok.log.KeyDirectory;
import org.sillok.log.KeyFileException;
import org.sillok.log.OpenLog;
import org.sillok.note.Checkpoint;
import org.sillok.note.NoteException;

/**
 * Remembers the newest accepted head in the data directory, where whoever has only the database
 * does not come: {@code anchored-1.head} for log 1, the receipt in the first line, then the signed
 * note. Reads the file each time, so that one that is put back or taken away counts at once.
 * Thread-safe.
 */
public final class HeadFile implements HeadMemory {

  private final KeyDirectory directory;
  private final OpenLog log;
  private final HospitalId hospital;

  /**
   * @param hospital what the ledger calls the hospital whose log it is
   */
  public HeadFile(KeyDirectory directory, OpenLog log, HospitalId hospital) {
    this.directory = directory;
    this.log = log;
    this.hospital = hospital;
  }

  /** The file's name in the data directory. */
  public static String name(int log) {
    return "anchored-" + log + ".head";
  }

  @Override
  public Optional<AcceptedCheckpoint> newest() {
    OpenLog now = log.snapshot();
    return directory.text(name(now.number())).map(text -> parse(text, now));
  }

  @Override
  public void keep(AcceptedCheckpoint accepted) {
    OpenLog now = log.snapshot();
    directory.update(
        name(now.number()),
        present ->
            present
                    .map(text -> parse(text, now))
                    .filter(kept -> !isLarger(accepted, kept))
                    .isPresent()
                ? Optional.empty()
                : Optional.of(text(accepted, now)));
  }

  private static boolean isLarger(AcceptedCheckpoint one, AcceptedCheckpoint other) {
    return one.head().size() > other.head().size();
  }

  private static String text(AcceptedCheckpoint accepted, OpenLog log) {
    TreeHead head = accepted.head();
    return accepted.receipt().toJson()
        + '\n'
        + new Checkpoint(log.origin(), head.size(), head.root()).sign(log.signer());
  }

  private AcceptedCheckpoint parse(String text, OpenLog log) {
    try {
      int end = text.indexOf('\n') + 1;
      Receipt receipt = Receipt.ofJson(text.substring(0, Math.max(0, end - 1)));
      Checkpoint signed = log.vkeys().open(text.substring(end));
      return new AcceptedCheckpoint(
          new LogId(hospital, log.number()), new TreeHead(signed.size(), signed.root()), receipt);
    } catch (IllegalArgumentException | NoteException e) {
      throw new KeyFileException(
          directory.file(name(log.number())),
          "this is no head that the log's key has signed; put the file back from a backup, or move"
              + " it away",
          e);
    }
  }
}
