package org.sillok.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A text with signatures, C2SP signed-note. Nothing in it may be believed before {@link #verify}.
 *
 * @param text with its final newline
 * @param signatures at least one
 */
public record SignedNote(String text, List<Signature> signatures) {

  public static final int MAX_LENGTH = 1_000_000;
  public static final int MAX_SIGNATURES = 100;

  private static final String EM_DASH = "\u2014 ";

  /**
   * One signature line.
   *
   * @param base64 of the key id and what the key's algorithm made
   */
  public record Signature(String name, int keyId, String base64) {

    static Signature parse(String line) throws NoteException {
      String[] parts = line.split(" ", -1);
      if (!line.startsWith(EM_DASH) || parts.length != 3 || !KeyName.isValid(parts[1])) {
        throw new NoteException("malformed signature line \"" + line + "\"");
      }
      try {
        byte[] bytes = StrictBase64.decode(parts[2]);
        if (bytes.length >= 5) {
          return new Signature(parts[1], ByteBuffer.wrap(bytes).getInt(), parts[2]);
        }
      } catch (IllegalArgumentException e) {
        // Said below.
      }
      throw new NoteException(
          "malformed signature of " + parts[1] + ", want base64 of 5 bytes or more");
    }

    boolean isBy(VerifierKey key) {
      return name.equals(key.name()) && keyId == key.keyId();
    }

    byte[] bytes() {
      byte[] all = StrictBase64.decode(base64);
      byte[] signature = new byte[all.length - Integer.BYTES];
      System.arraycopy(all, Integer.BYTES, signature, 0, signature.length);
      return signature;
    }

    @Override
    public String toString() {
      return EM_DASH + name + " " + base64 + "\n";
    }
  }

  public SignedNote {
    signatures = List.copyOf(signatures);
  }

  /**
   * @throws IllegalArgumentException if {@code text} doesn't end in a newline, or has other control
   *     characters
   */
  public static SignedNote sign(String text, SignerKey key) {
    if (!text.endsWith("\n") || !isPlain(text)) {
      throw new IllegalArgumentException("a note's text is plain lines, each with its newline");
    }
    byte[] signature = key.sign(text);
    int keyId = key.verifier().keyId();
    byte[] bytes = ByteBuffer.allocate(4 + signature.length).putInt(keyId).put(signature).array();
    return new SignedNote(
        text, List.of(new Signature(key.verifier().name(), keyId, StrictBase64.encode(bytes))));
  }

  public static SignedNote parse(String note) throws NoteException {
    if (note.length() > MAX_LENGTH) {
      throw new NoteException(
          "note has " + note.length() + " characters, want at most " + MAX_LENGTH);
    }
    if (!isPlain(note)) {
      throw new NoteException("note has control characters or is not well-formed Unicode");
    }
    int split = note.lastIndexOf("\n\n");
    if (split < 0 || split + 2 == note.length() || !note.endsWith("\n")) {
      throw new NoteException("note has no signature lines behind an empty line");
    }
    List<Signature> signatures = new ArrayList<>();
    for (String line : note.substring(split + 2, note.length() - 1).split("\n", -1)) {
      signatures.add(Signature.parse(line));
      if (signatures.size() > MAX_SIGNATURES) {
        throw new NoteException("note has more than " + MAX_SIGNATURES + " signatures");
      }
    }
    return new SignedNote(note.substring(0, split + 1), signatures);
  }

  /**
   * @throws NoteException unless there is a signature by {@code key}, and each one by it is right;
   *     those by other keys are ignored
   */
  public void verify(VerifierKey key) throws NoteException {
    List<Signature> own = signatures.stream().filter(signature -> signature.isBy(key)).toList();
    if (own.isEmpty()) {
      throw new NoteException(
          "note is signed by "
              + signatures.stream().map(SignedNote::keyOf).collect(Collectors.joining(", "))
              + ", want "
              + (key.name() + "+" + KeyName.hex(key.keyId())));
    }
    for (Signature signature : own) {
      if (!key.verifies(text, signature.bytes())) {
        throw new NoteException("signature by " + keyOf(signature) + " does not fit the text");
      }
    }
  }

  private static String keyOf(Signature signature) {
    return signature.name() + "+" + KeyName.hex(signature.keyId());
  }

  private static boolean isPlain(String text) {
    return text.chars().allMatch(c -> c >= 0x20 || c == '\n')
        && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /** The note to send and to store. */
  @Override
  public String toString() {
    return text + "\n" + signatures.stream().map(Signature::toString).collect(Collectors.joining());
  }
}
