package org.sillok.note;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sillok.merkle.Hash;

/**
 * A leaf's place under a checkpoint, as text: C2SP tlog-proof. Nothing in it may be believed before
 * the checkpoint's signature and the path are verified.
 *
 * @param extra base64 of data that the proof does not authenticate; Sillok writes none
 * @param index the leaf's place, from 0
 * @param path sibling hashes from the leaf up
 */
public record TlogProof(
    @Nullable String extra, long index, List<Hash> path, SignedNote checkpoint) {

  private static final String HEADER = "c2sp.org/tlog-proof@v1";
  private static final String EXTRA = "extra ";
  private static final String INDEX = "index ";

  public TlogProof {
    if (index < 0) {
      throw new IllegalArgumentException("index is " + index + ", want 0 or more");
    }
    if (extra != null) {
      StrictBase64.decode(extra);
    }
    path = List.copyOf(path);
  }

  public TlogProof(long index, List<Hash> path, SignedNote checkpoint) {
    this(null, index, path, checkpoint);
  }

  public static TlogProof parse(String text) throws NoteException {
    int split = text.indexOf("\n\n");
    if (split < 0) {
      throw new NoteException("proof has no checkpoint behind an empty line");
    }
    List<String> lines = new ArrayList<>(List.of(text.substring(0, split).split("\n", -1)));
    if (!lines.remove(0).equals(HEADER)) {
      throw new NoteException("proof does not begin with " + HEADER);
    }
    String extra = null;
    if (!lines.isEmpty() && lines.get(0).startsWith(EXTRA)) {
      extra = lines.remove(0).substring(EXTRA.length());
    }
    if (lines.isEmpty() || !lines.get(0).startsWith(INDEX)) {
      throw new NoteException("proof has no index line");
    }
    SignedNote checkpoint = SignedNote.parse(text.substring(split + 2));
    Checkpoint.parse(checkpoint.text());
    try {
      long index = Decimal.parse(lines.remove(0).substring(INDEX.length()));
      List<Hash> path = lines.stream().map(line -> Hash.of(StrictBase64.decode(line))).toList();
      return new TlogProof(extra, index, path, checkpoint);
    } catch (IllegalArgumentException e) {
      throw new NoteException("malformed proof: " + e.getMessage());
    }
  }

  /** The text to store, by convention in a file named {@code *.tlog-proof}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    if (extra != null) {
      text.append(EXTRA).append(extra).append('\n');
    }
    text.append(INDEX).append(index).append('\n');
    path.forEach(hash -> text.append(StrictBase64.encode(hash.toBytes())).append('\n'));
    return text.append('\n').append(checkpoint).toString();
  }
}
