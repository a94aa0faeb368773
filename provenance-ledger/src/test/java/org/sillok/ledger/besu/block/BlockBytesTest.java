package org.sillok.ledger.besu.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sillok.ledger.Address;
import org.sillok.merkle.Hash;

class BlockBytesTest {

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The examples of Ethereum's description of RLP. */
  @Test
  void encodesAsTheSpecificationsExamples() {
    assertThat(hex(Rlp.bytes(text("dog")))).isEqualTo("83646f67");
    assertThat(hex(Rlp.list(List.of(Rlp.bytes(text("cat")), Rlp.bytes(text("dog"))))))
        .isEqualTo("c88363617483646f67");
    assertThat(hex(Rlp.bytes(new byte[0]))).isEqualTo("80");
    assertThat(hex(Rlp.list(List.of()))).isEqualTo("c0");
    assertThat(hex(Rlp.number(BigInteger.ZERO))).isEqualTo("80");
    assertThat(hex(Rlp.number(BigInteger.valueOf(15)))).isEqualTo("0f");
    assertThat(hex(Rlp.number(BigInteger.valueOf(128)))).isEqualTo("8180");
    assertThat(hex(Rlp.number(BigInteger.valueOf(1024)))).isEqualTo("820400");
    assertThat(hex(Rlp.bytes(text("Lorem ipsum dolor sit amet, consectetur adipisicing elit"))))
        .startsWith("b8384c6f72656d");
  }

  @Test
  void readsWhatItHasEncoded() {
    for (int length : new int[] {0, 1, 2, 55, 56, 255, 256, 70_000}) {
      byte[] content = new byte[length];
      java.util.Arrays.fill(content, (byte) 0x91);
      byte[] list = Rlp.list(List.of(Rlp.bytes(content), Rlp.list(List.of())));
      List<byte[]> items = Rlp.items(list);
      assertThat(items).hasSize(2);
      assertThat(Rlp.content(items.get(0))).isEqualTo(content);
      assertThat(Rlp.items(items.get(1))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "83646f",
        "83646f6767",
        "c2",
        "c183",
        "c883636174",
        "b9",
        "b9ff",
        "bfffffffffffffffff",
        "f8",
        "fbffffffff00"
      })
  void whatIsShorterOrLongerThanItSaysIsNoRlp(String damaged) {
    byte[] bytes = HexFormat.of().parseHex(damaged);
    assertThatThrownBy(() -> Rlp.items(bytes)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Rlp.content(bytes)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aListIsNoStringAndAStringNoList() {
    assertThatThrownBy(() -> Rlp.items(Rlp.bytes(text("dog"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Rlp.content(Rlp.list(List.of())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Which every empty block has. */
  @Test
  void theRootOfNothingIsTheOneThatAllChainsHave() {
    assertThat(Trie.root(List.of()))
        .hasToString("56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421");
  }

  /** Also where keys have one byte and where they have two. */
  @Test
  void everyValueAndItsPlaceCountForTheRoot() {
    for (int size : new int[] {1, 2, 16, 17, 127, 128, 129, 300}) {
      List<byte[]> values = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        values.add(text("value " + i));
      }
      Hash root = Trie.root(values);
      for (int i = 0; i < size; i += 13) {
        List<byte[]> changed = new ArrayList<>(values);
        changed.set(i, text("forged"));
        assertThat(Trie.root(changed)).isNotEqualTo(root);
        changed.remove(i);
        assertThat(Trie.root(changed)).isNotEqualTo(root);
      }
    }
  }

  @Test
  void aBloomKnowsWhatItWasGivenAndMostlyNothingElse() {
    Bloom bloom = Bloom.empty();
    Address given = Address.parse("0x" + "12".repeat(20));
    Address other = Address.parse("0x" + "34".repeat(20));
    assertThat(bloom.mayContain(given)).isFalse();
    bloom.add(given);
    assertThat(Bloom.of(bloom.toBytes()).mayContain(given)).isTrue();
    assertThat(bloom.mayContain(other)).isFalse();
    assertThatThrownBy(() -> Bloom.of(new byte[255])).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void otherChainsExtraDataIsNoneOfQbft() {
    assertThat(QbftExtra.read(new byte[0])).isEmpty();
    assertThat(QbftExtra.read(text("anvil"))).isEmpty();
    assertThat(QbftExtra.read(Rlp.list(List.of()))).isEmpty();
  }
}
