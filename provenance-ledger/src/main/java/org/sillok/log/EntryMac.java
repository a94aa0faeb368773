package org.sillok.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.sillok.canonical.Nonce;

/**
 * Tells the rows that this hospital's servers wrote from rows that somebody else put into the
 * table: HMAC-SHA-256, with a key that is not in the database, over the nonce's length in one byte,
 * the nonce (nothing where there is none) and the entry's UTF-8 bytes. Thread-safe.
 */
public final class EntryMac {

  /** Length of the key in bytes. */
  public static final int KEY_SIZE = 32;

  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] KEY_ID = {'k', 'e', 'y', '-', 'i', 'd'};

  // Keyed once; each use works on a copy.
  private final Mac keyed;

  /**
   * @throws IllegalArgumentException if {@code key} is not 32 bytes long
   */
  public EntryMac(byte[] key) {
    if (key.length != KEY_SIZE) {
      throw new IllegalArgumentException("key: " + KEY_SIZE + " bytes, got " + key.length);
    }
    try {
      keyed = Mac.getInstance(ALGORITHM);
      keyed.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no " + ALGORITHM + " in this Java runtime", e);
    }
  }

  byte[] of(byte @Nullable [] nonce, byte[] entry) {
    Mac mac = copy();
    mac.update((byte) (nonce == null ? 0 : nonce.length));
    if (nonce != null) {
      mac.update(nonce);
    }
    return mac.doFinal(entry);
  }

  /**
   * Whether a row with these columns was written by a server that holds the key. A nonce of another
   * length than 32 never was: its length in one byte would let the start of an entry pass for one.
   */
  public boolean matches(byte @Nullable [] nonce, byte[] entry, byte @Nullable [] mac) {
    return mac != null
        && (nonce == null || nonce.length == Nonce.SIZE)
        && MessageDigest.isEqual(of(nonce, entry), mac);
  }

  /**
   * A mark for a text of the server's own that is no entry, as no text is that does not begin with
   * a brace.
   *
   * @throws IllegalArgumentException if it might be one
   */
  public byte[] ofText(String text) {
    if (text.startsWith("{")) {
      throw new IllegalArgumentException("a text that may be an entry");
    }
    return of(null, text.getBytes(UTF_8));
  }

  /** Says which key this is without saying the key: 64 hexadecimal digits. */
  String keyId() {
    return HexFormat.of().formatHex(copy().doFinal(KEY_ID));
  }

  private Mac copy() {
    try {
      return (Mac) keyed.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(ALGORITHM + " of this Java runtime cannot be copied", e);
    }
  }
}
