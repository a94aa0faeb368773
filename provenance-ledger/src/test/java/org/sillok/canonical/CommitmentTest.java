package org.sillok.canonical;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CommitmentTest {

  private static final byte[] TEXT = "{\"id\":\"7\"}".getBytes(US_ASCII);

  @Test
  void isHmacSha256KeyedWithTheNonce() {
    // RFC 4231's first case: its key padded with zeros to 32 bytes is the same HMAC key.
    byte[] key = new byte[32];
    Arrays.fill(key, 0, 20, (byte) 0x0b);
    assertThat(Commitment.of(Nonce.of(key), "Hi There".getBytes(US_ASCII)))
        .hasToString("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  }

  @Test
  void differsWithEachNonceAndEachBit() {
    SecureRandom random = new SecureRandom();
    Nonce nonce = Nonce.random(random);
    assertThat(Commitment.of(nonce, TEXT))
        .isEqualTo(Commitment.of(Nonce.of(nonce.toBytes()), TEXT))
        .isNotEqualTo(Commitment.of(Nonce.random(random), TEXT));
    byte[] other = TEXT.clone();
    other[3] ^= 1;
    assertThat(Commitment.of(nonce, other)).isNotEqualTo(Commitment.of(nonce, TEXT));
  }

  @Test
  void takesNoncesOfExactly32Bytes() {
    for (int length : new int[] {0, 1, 31, 33, 64}) {
      assertThatThrownBy(() -> Nonce.of(new byte[length]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a nonce has 32 bytes, got " + length);
    }
    assertThatThrownBy(() -> Nonce.ofHex("zz".repeat(32)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsBackItsHexOnly() {
    Commitment commitment = Commitment.of(Nonce.of(new byte[32]), TEXT);
    assertThat(Commitment.ofHex(commitment.toString())).isEqualTo(commitment);
    for (String bad : new String[] {"", "00", "AB".repeat(32), "0".repeat(63), "g0".repeat(32)}) {
      assertThatThrownBy(() -> Commitment.ofHex(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void nonceIsCopiedInAndOutAndNeverPrinted() {
    byte[] bytes = new byte[32];
    Nonce nonce = Nonce.of(bytes);
    bytes[0] = 1;
    nonce.toBytes()[1] = 1;
    assertThat(nonce).isEqualTo(Nonce.of(new byte[32])).hasToString("nonce");
    assertThat(Nonce.ofHex(nonce.toHex())).isEqualTo(nonce);
  }
}
