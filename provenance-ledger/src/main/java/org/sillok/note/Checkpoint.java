package org.sillok.note;

import java.util.List;
import org.sillok.merkle.Hash;

/**
 * A tree head as C2SP tlog-checkpoint writes it.
 *
 * @param origin which log
 * @param size leaves in the tree
 * @param extensions further lines, none of them empty; Sillok writes none
 */
public record Checkpoint(String origin, long size, Hash root, List<String> extensions) {

  public Checkpoint {
    if (origin.isEmpty() || origin.contains("\n")) {
      throw new IllegalArgumentException("an origin is one line that is not empty");
    }
    if (size < 0) {
      throw new IllegalArgumentException("tree size is " + size + ", want 0 or more");
    }
    extensions = List.copyOf(extensions);
    for (String line : extensions) {
      if (line.isEmpty() || line.contains("\n")) {
        throw new IllegalArgumentException("an extension is one line that is not empty");
      }
    }
  }

  public Checkpoint(String origin, long size, Hash root) {
    this(origin, size, root, List.of());
  }

  /** Reads a note's text; says nothing about signatures. */
  public static Checkpoint parse(String text) throws NoteException {
    String[] lines = text.split("\n", -1);
    if (lines.length < 4 || !lines[lines.length - 1].isEmpty()) {
      throw new NoteException("checkpoint has " + (lines.length - 1) + " lines, want 3");
    }
    try {
      return new Checkpoint(
          lines[0],
          Decimal.parse(lines[1]),
          Hash.of(StrictBase64.decode(lines[2])),
          List.of(lines).subList(3, lines.length - 1));
    } catch (IllegalArgumentException e) {
      throw new NoteException("malformed checkpoint: " + e.getMessage());
    }
  }

  /**
   * Reads a checkpoint that a log signed.
   *
   * @throws NoteException unless it is well-formed, signed by {@code log}, and of the origin that
   *     the key is named after
   */
  public static Checkpoint open(SignedNote note, VerifierKey log) throws NoteException {
    note.verify(log);
    Checkpoint checkpoint = parse(note.text());
    if (!checkpoint.origin.equals(log.name())) {
      throw new NoteException("checkpoint is of log " + checkpoint.origin + ", want " + log.name());
    }
    return checkpoint;
  }

  /** Signs it with the log's key, which has the origin as its name. */
  public SignedNote sign(SignerKey log) {
    if (!log.verifier().name().equals(origin)) {
      throw new IllegalArgumentException(
          "key is of log " + log.verifier().name() + ", want " + origin);
    }
    return SignedNote.sign(toString(), log);
  }

  /** The note's text. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(origin).append('\n').append(size).append('\n');
    text.append(StrictBase64.encode(root.toBytes())).append('\n');
    extensions.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}
