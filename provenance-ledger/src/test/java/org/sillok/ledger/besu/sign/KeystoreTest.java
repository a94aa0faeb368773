package org.sillok.ledger.besu.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sillok.ledger.eip712.Signer;

class KeystoreTest {

  /** A test vector of the Web3 Secret Storage Definition. */
  private static final String PBKDF2 =
      """
      {"crypto":{"cipher":"aes-128-ctr","cipherparams":{"iv":"6087dab2f9fdbbfaddc31a909735c1e6"},
      "ciphertext":"5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46",
      "kdf":"pbkdf2","kdfparams":{"c":262144,"dklen":32,"prf":"hmac-sha256",
      "salt":"ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd"},
      "mac":"517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2"},
      "id":"3198bc9c-6672-5ab3-d995-4942343ae5b6","version":3}
      """;

  private static final BigInteger SECRET =
      new BigInteger("7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d", 16);

  @TempDir private Path directory;

  private KeySigner open(String keystore, String password) throws IOException {
    return Keystore.open(
        Files.writeString(directory.resolve("keystore"), keystore),
        Files.writeString(directory.resolve("password"), password));
  }

  @Test
  void opensTheVectorOfTheDefinition() throws IOException {
    assertThat(open(PBKDF2, "testpassword\n").account()).isEqualTo(Signer.address(SECRET));
  }

  @Test
  void refusesAWrongPassword() {
    assertThatThrownBy(() -> open(PBKDF2, "testpasswor"))
        .isInstanceOf(SigningException.class)
        .hasMessageContaining("password is wrong")
        .hasMessageNotContaining("testpasswor");
  }

  @Test
  void opensWhatItWrote() throws IOException {
    String keystore = Keystore.encrypt(SECRET, "p\u00e4ss", new SecureRandom());
    assertThat(open(keystore, "p\u00e4ss").account()).isEqualTo(Signer.address(SECRET));
    assertThat(keystore).doesNotContain(SECRET.toString(16));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "no JSON and a secret",
        "{\"version\":1}",
        "{\"version\":3,\"crypto\":{\"cipher\":\"aes-128-cbc\"}}"
      })
  void refusesWhatIsNoKeystoreWithoutQuotingIt(String text) {
    assertThatThrownBy(() -> open(text, "testpassword"))
        .isInstanceOf(SigningException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void refusesADamagedKey() {
    String damaged = PBKDF2.replace("5318b4d5", "5318b4d4");
    assertThatThrownBy(() -> open(damaged, "testpassword")).isInstanceOf(SigningException.class);
  }

  @Test
  void refusesToSpendAllMemory() {
    String greedy =
        Keystore.encrypt(SECRET, "testpassword", new SecureRandom())
            .replace("262144", "1073741824");
    assertThatThrownBy(() -> open(greedy, "testpassword"))
        .isInstanceOf(SigningException.class)
        .hasMessageContaining("scrypt");
  }

  @Test
  void namesAFileThatIsNotThere() {
    assertThatThrownBy(() -> Keystore.open(directory.resolve("none"), directory.resolve("none")))
        .isInstanceOf(SigningException.class)
        .hasMessageContaining("none");
  }
}
