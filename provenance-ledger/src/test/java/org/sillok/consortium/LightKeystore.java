package org.sillok.consortium;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.BigIntegers;
import org.sillok.ledger.eip712.TestKey;
import org.web3j.crypto.Hash;

/** A keystore that is opened at once: its password is hardly protected. */
final class LightKeystore {

  private LightKeystore() {}

  static String of(TestKey key, String password) {
    byte[] salt = "salt".getBytes(UTF_8);
    try {
      byte[] derived =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
              .generateSecret(new PBEKeySpec(password.toCharArray(), salt, 1, 256))
              .getEncoded();
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(derived, 0, 16, "AES"),
          new IvParameterSpec(new byte[16]));
      byte[] text = cipher.doFinal(BigIntegers.asUnsignedByteArray(32, key.secret()));
      byte[] seal = Arrays.copyOf(Arrays.copyOfRange(derived, 16, 32), 48);
      System.arraycopy(text, 0, seal, 16, 32);
      HexFormat hex = HexFormat.of();
      return """
          {"version":3,"crypto":{"cipher":"aes-128-ctr","ciphertext":"%s",
          "cipherparams":{"iv":"%s"},"kdf":"pbkdf2","mac":"%s",
          "kdfparams":{"dklen":32,"c":1,"prf":"hmac-sha256","salt":"%s"}}}
          """
          .formatted(
              hex.formatHex(text),
              "00".repeat(16),
              hex.formatHex(Hash.sha3(seal)),
              hex.formatHex(salt));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
