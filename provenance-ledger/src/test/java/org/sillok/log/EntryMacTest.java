package org.sillok.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EntryMacTest {

  private final EntryMac mac = new EntryMac(new byte[EntryMac.KEY_SIZE]);
  private final byte[] entry = ("x".repeat(256) + "the rest").getBytes(UTF_8);
  private final byte[] rest = "the rest".getBytes(UTF_8);

  @Test
  void theStartOfAnEntryDoesNotPassForItsNonce() {
    byte[] start = Arrays.copyOf(entry, 256);
    assertThat(mac.matches(start, rest, mac.of(null, entry))).isFalse();
  }

  @Test
  void theStartOfAnEntryDoesNotLengthenItsNonce() {
    byte[] nonce = new byte[32];
    byte[] longer = Arrays.copyOf(nonce, 288);
    System.arraycopy(entry, 0, longer, 32, 256);
    assertThat(mac.matches(longer, rest, mac.of(nonce, entry))).isFalse();
  }

  @Test
  void noNonceIsNotAnEmptyOne() {
    assertThat(mac.matches(new byte[0], entry, mac.of(null, entry))).isFalse();
    assertThat(mac.matches(null, entry, mac.of(null, entry))).isTrue();
  }
}
