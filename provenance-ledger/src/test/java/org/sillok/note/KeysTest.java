package org.sillok.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the published keys of golang.org/x/mod/sumdb/note and of Go's checksum database. */
class KeysTest {

  static final String PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  static final String PETER_PRIVATE =
      "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
  static final String ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";

  @ParameterizedTest
  @ValueSource(
      strings = {
        PETER,
        ENOCH,
        "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
      })
  void readsAndWritesPublishedKeys(String vkey) {
    assertThat(VerifierKey.parse(vkey)).hasToString(vkey);
    assertThat(VerifierKey.parse(vkey)).isEqualTo(VerifierKey.parse(vkey));
  }

  @Test
  void knowsThePublicKeyOfAPrivateOne() {
    SignerKey signer = SignerKey.parse(PETER_PRIVATE);
    assertThat(signer.verifier()).isEqualTo(VerifierKey.parse(PETER));
    assertThat(signer.encoded()).isEqualTo(PETER_PRIVATE);
    assertThat(signer).as("prints its public part only").hasToString(PETER);
  }

  @Test
  void readsBackAGeneratedKey() {
    SignerKey signer = SignerKey.generate("example.com/log", new SecureRandom());
    assertThat(SignerKey.parse(signer.encoded()).verifier()).isEqualTo(signer.verifier());
    assertThat(VerifierKey.parse(signer.toString())).isEqualTo(signer.verifier());
  }

  @Test
  void refusesEveryPartOfAKeyAndEveryChangedCharacter() {
    for (int i = 0; i <= PETER.length(); i++) {
      for (int j = i; j <= PETER.length(); j++) {
        if (j - i < PETER.length()) {
          assertNoKey(PETER.substring(i, j));
        }
      }
    }
    for (int i = 0; i < PETER.length(); i++) {
      StringBuilder changed = new StringBuilder(PETER);
      changed.setCharAt(i, (char) (PETER.charAt(i) + 1));
      assertNoKey(changed.toString());
    }
    for (int i = 0; i < PETER_PRIVATE.length(); i++) {
      String shorter = PETER_PRIVATE.substring(0, i);
      assertThatThrownBy(() -> SignerKey.parse(shorter))
          .isInstanceOf(IllegalArgumentException.class);
      StringBuilder changed = new StringBuilder(PETER_PRIVATE);
      changed.setCharAt(i, (char) (PETER_PRIVATE.charAt(i) + 1));
      assertThatThrownBy(() -> SignerKey.parse(changed.toString()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("AYEKFALV");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // The first two are Go's: a key too long, an unknown algorithm, each with a right hash.
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n",
        " PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+",
        "a+b",
        ""
      })
  void refusesOtherSpellings(String vkey) {
    assertNoKey(vkey);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a+b", "a\u00a0b", "a\u2003b", "a\tb", "a\u3000b", "a\u0000b"})
  void refusesNamesWithSpacesOrPlus(String name) {
    assertThatThrownBy(() -> SignerKey.generate(name, new SecureRandom()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a key name");
  }

  private static void assertNoKey(String vkey) {
    assertThatThrownBy(() -> VerifierKey.parse(vkey)).isInstanceOf(IllegalArgumentException.class);
  }
}
