package org.sillok.log;

import java.util.function.Supplier;
import org.sillok.note.SignerKey;
import org.sillok.note.VerifierKey;

/**
 * The log that this server writes to now, with the keys to do so. It changes while the server runs:
 * {@link LogChange} gives it another key, or the log that comes after it. Thread-safe; whoever
 * needs several answers that belong together asks a {@link #snapshot}.
 */
public final class OpenLog {

  private record Now(int number, SignerKey signer, LogKeyRing keys) {}

  private final EntryMac mac;
  private final Supplier<LogKeyRing> files;
  private volatile Now now;

  /**
   * A log with this key only.
   *
   * @param number from 1; a successor log has the next one
   */
  public OpenLog(int number, SignerKey signer, EntryMac mac) {
    this(number, signer, mac, () -> LogKeyRing.of(signer));
  }

  /**
   * @param files reads the keys that are there
   */
  public OpenLog(int number, SignerKey signer, EntryMac mac, Supplier<LogKeyRing> files) {
    this(new Now(number, signer, files.get()), mac, files);
  }

  private OpenLog(Now now, EntryMac mac, Supplier<LogKeyRing> files) {
    this.now = now;
    this.mac = mac;
    this.files = files;
  }

  /** The same as it is now, for ever. */
  public OpenLog snapshot() {
    return new OpenLog(now, mac, files);
  }

  public int number() {
    return now.number;
  }

  public SignerKey signer() {
    return now.signer;
  }

  public EntryMac mac() {
    return mac;
  }

  /** The log's name for the world, fixed for ever. */
  public String origin() {
    return vkey().name();
  }

  public VerifierKey vkey() {
    return now.signer.verifier();
  }

  /** The keys that may have signed this log's heads. */
  public LogVkeys vkeys() {
    Now one = now;
    return one.keys.of(one.signer.verifier().name());
  }

  /** The keys that may have signed the heads of this hospital's log of that name. */
  public LogVkeys vkeys(String origin) {
    return now.keys.of(origin);
  }

  /** Looks for new key files. */
  LogKeyRing reload() {
    LogKeyRing keys = files.get();
    now = new Now(now.number, now.signer, keys);
    return keys;
  }

  void become(int number, SignerKey signer) {
    now = new Now(number, signer, now.keys);
  }
}
