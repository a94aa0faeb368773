package org.sillok.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.sillok.note.SignerKey;
import org.sillok.note.VerifierKey;

/**
 * The keys of this hospital's log, each in its file of the data directory and made on first use.
 * The servers that share a database share these files.
 */
public final class LogKeys {

  /** The file of the log's Ed25519 key. */
  public static final String LOG_KEY = "log.key";

  /** The file of the key behind {@link EntryMac}. */
  public static final String ENTRY_MAC_KEY = "entry-mac.key";

  /** The file of the secp256k1 key that publishes on the ledger. */
  public static final String PUBLISHER_KEY = "publisher.key";

  /** The file of the secp256k1 key that owns the hospital's place on an embedded ledger. */
  public static final String OWNER_KEY = "owner.key";

  /** The file of the Ed25519 key with which the embedded ledger signs its blocks. */
  public static final String LEDGER_KEY = "ledger.key";

  private static final int SIZE = 32;
  private static final HexFormat HEX = HexFormat.of();
  // SEC 2 §2.4.1, n
  private static final BigInteger SECP256K1_ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

  private final KeyDirectory directory;
  private final SecureRandom random;

  public LogKeys(KeyDirectory directory, SecureRandom random) {
    this.directory = directory;
    this.random = random;
  }

  /** Where the key of this name is or will be. */
  public Path file(String name) {
    return directory.file(name);
  }

  /** Whether the key is there already. */
  public boolean has(String name) {
    return Files.exists(file(name));
  }

  /**
   * The key that signs tree heads; its name is the log's origin.
   *
   * @param origin asked for only if the key is to be made
   */
  public SignerKey log(Supplier<String> origin) {
    return directory.key(
        LOG_KEY, () -> SignerKey.generate(origin.get(), random).encoded(), SignerKey::parse);
  }

  /**
   * Makes another key for a log of this name, in a file of its own. Nothing is signed with it until
   * the ledger names it.
   */
  public SignerKey another(String origin) {
    SignerKey key = SignerKey.generate(origin, random);
    String id = key.verifier().toString().split("\\+", 3)[1];
    return directory.key("log-" + id + ".key", key::encoded, SignerKey::parse);
  }

  /**
   * All keys of the hospital's logs that are there: {@code log*.key}, and {@code log*.vkey} with
   * public keys whose private part is gone.
   *
   * @throws KeyFileException if one of the files cannot be used
   */
  public LogKeyRing ring() {
    return new LogKeyRing(
        directory.names("log*.key").stream().map(this::there).toList(),
        directory.names("log*.vkey").stream().map(this::retired).toList());
  }

  private SignerKey there(String name) {
    return directory.key(
        name,
        () -> {
          throw new KeyFileException(file(name), "it was there a moment ago");
        },
        SignerKey::parse);
  }

  /** A public key is no secret: anybody may read its file. */
  private VerifierKey retired(String name) {
    try {
      return VerifierKey.parse(Files.readString(file(name), UTF_8).strip());
    } catch (IOException | IllegalArgumentException e) {
      throw new KeyFileException(file(name), "this is not a log's public key");
    }
  }

  /** An origin for a log that nobody has named: {@code sillok.local/} and 16 random digits. */
  String randomOrigin() {
    return "sillok.local/" + random().substring(0, 16);
  }

  public EntryMac entryMac() {
    return directory.key(ENTRY_MAC_KEY, this::random, text -> new EntryMac(bytes(text)));
  }

  /**
   * The secp256k1 private key of the hospital's owner, 1 to n - 1. On an embedded ledger only; on a
   * shared one it never comes near the server.
   */
  public BigInteger owner() {
    return directory.key(OWNER_KEY, this::randomScalar, LogKeys::scalar);
  }

  /** The secp256k1 private key, 1 to n - 1. */
  public BigInteger publisher() {
    return directory.key(PUBLISHER_KEY, this::randomScalar, LogKeys::scalar);
  }

  /** The Ed25519 private key (RFC 8032 §5.1.5), 32 bytes. */
  public byte[] ledger() {
    return directory.key(LEDGER_KEY, this::random, LogKeys::bytes);
  }

  private String random() {
    byte[] key = new byte[SIZE];
    random.nextBytes(key);
    return HEX.formatHex(key);
  }

  private String randomScalar() {
    String hex = random();
    return isScalar(new BigInteger(hex, 16)) ? hex : randomScalar();
  }

  private static BigInteger scalar(String hex) {
    BigInteger key = new BigInteger(1, bytes(hex));
    if (!isScalar(key)) {
      throw new IllegalArgumentException("publisher key: 1 to n - 1");
    }
    return key;
  }

  private static boolean isScalar(BigInteger key) {
    return key.signum() > 0 && key.compareTo(SECP256K1_ORDER) < 0;
  }

  private static byte[] bytes(String hex) {
    if (hex.length() != 2 * SIZE) {
      throw new IllegalArgumentException("key: " + 2 * SIZE + " digits, got " + hex.length());
    }
    return HEX.parseHex(hex);
  }
}
