package org.sillok.ledger.besu.sign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.PBEParametersGenerator;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.util.BigIntegers;
import org.sillok.ledger.eip712.Signer;

/**
 * A private key in a password-protected file, as Ethereum clients write it (Web3 Secret Storage
 * Definition, version 3): AES-128-CTR under a key by scrypt or PBKDF2.
 */
public final class Keystore {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HexFormat HEX = HexFormat.of();
  private static final int KEY_BYTES = 32;

  /** More than 1 GiB of memory is an attack or a mistake. */
  private static final long LARGEST_SCRYPT = 1L << 30;

  private static final int SCRYPT_N = 1 << 18;
  private static final int SCRYPT_R = 8;

  private Keystore() {}

  /**
   * The key in {@code file}, decrypted with the first line of {@code passwordFile}.
   *
   * @throws SigningException if the files cannot be read, are no keystore, or do not fit together
   */
  public static KeySigner open(Path file, Path passwordFile) {
    try {
      JsonNode json = MAPPER.readTree(Files.readAllBytes(file));
      String password =
          Files.readString(passwordFile, StandardCharsets.UTF_8).lines().findFirst().orElse("");
      return new KeySigner(decrypt(json, password.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new SigningException("the keystore " + file + " cannot be opened: " + problem(e), e);
    }
  }

  /** The text of a keystore file for {@code key}, 1 to n - 1. */
  public static String encrypt(BigInteger key, String password, SecureRandom random) {
    byte[] salt = random(random, KEY_BYTES);
    byte[] iv = random(random, 16);
    byte[] derived =
        SCrypt.generate(
            password.getBytes(StandardCharsets.UTF_8), salt, SCRYPT_N, SCRYPT_R, 1, KEY_BYTES);
    try {
      byte[] text = aes(derived, iv, BigIntegers.asUnsignedByteArray(KEY_BYTES, key));
      ObjectNode json = MAPPER.createObjectNode();
      json.put("address", Signer.address(key).toString().substring(2));
      json.put("id", new UUID(random.nextLong(), random.nextLong()).toString());
      json.put("version", 3);
      ObjectNode crypto = json.putObject("crypto");
      crypto.put("cipher", "aes-128-ctr").put("ciphertext", HEX.formatHex(text));
      crypto.putObject("cipherparams").put("iv", HEX.formatHex(iv));
      crypto.put("kdf", "scrypt").put("mac", HEX.formatHex(mac(derived, text)));
      crypto
          .putObject("kdfparams")
          .put("dklen", KEY_BYTES)
          .put("n", SCRYPT_N)
          .put("r", SCRYPT_R)
          .put("p", 1)
          .put("salt", HEX.formatHex(salt));
      return json.toPrettyString() + "\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no AES", e);
    }
  }

  /** Jackson's messages quote the file. */
  private static String problem(Exception e) {
    return e instanceof com.fasterxml.jackson.core.JacksonException
        ? "it is not JSON"
        : String.valueOf(e.getMessage());
  }

  private static BigInteger decrypt(JsonNode json, byte[] password)
      throws GeneralSecurityException {
    JsonNode crypto = json.path("crypto");
    if (json.path("version").asInt() != 3
        || !crypto.path("cipher").asText().equals("aes-128-ctr")) {
      throw new IllegalArgumentException("it is no keystore of version 3 with aes-128-ctr");
    }
    byte[] text = HEX.parseHex(crypto.path("ciphertext").asText());
    byte[] derived = derive(crypto, password);
    if (!MessageDigest.isEqual(mac(derived, text), HEX.parseHex(crypto.path("mac").asText()))) {
      throw new IllegalArgumentException("the password is wrong, or the file is damaged");
    }
    byte[] iv = HEX.parseHex(crypto.path("cipherparams").path("iv").asText());
    return new BigInteger(1, aes(derived, iv, text));
  }

  private static byte[] derive(JsonNode crypto, byte[] password) {
    JsonNode params = crypto.path("kdfparams");
    byte[] salt = HEX.parseHex(params.path("salt").asText());
    if (params.path("dklen").asInt() != KEY_BYTES) {
      throw new IllegalArgumentException("dklen is 32, got " + params.path("dklen"));
    }
    String kdf = crypto.path("kdf").asText();
    if (kdf.equals("scrypt")) {
      int n = params.path("n").asInt();
      int r = params.path("r").asInt();
      if (n < 2 || r < 1 || 128L * n * r > LARGEST_SCRYPT) {
        throw new IllegalArgumentException("scrypt with n " + n + " and r " + r);
      }
      return SCrypt.generate(password, salt, n, r, params.path("p").asInt(), KEY_BYTES);
    }
    if (kdf.equals("pbkdf2") && params.path("prf").asText().equals("hmac-sha256")) {
      PBEParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
      generator.init(password, salt, params.path("c").asInt());
      return ((KeyParameter) generator.generateDerivedMacParameters(8 * KEY_BYTES)).getKey();
    }
    throw new IllegalArgumentException("the key is derived by scrypt or pbkdf2, got " + kdf);
  }

  private static byte[] aes(byte[] derived, byte[] iv, byte[] text)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(derived, 0, 16, "AES"), new IvParameterSpec(iv));
    return cipher.doFinal(text);
  }

  private static byte[] mac(byte[] derived, byte[] text) {
    byte[] input = Arrays.copyOf(Arrays.copyOfRange(derived, 16, KEY_BYTES), 16 + text.length);
    System.arraycopy(text, 0, input, 16, text.length);
    return Keccak.hash(input).toBytes();
  }

  private static byte[] random(SecureRandom random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }
}
