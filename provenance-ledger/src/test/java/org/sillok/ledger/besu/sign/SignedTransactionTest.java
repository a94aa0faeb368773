package org.sillok.ledger.besu.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sillok.ledger.Address;
import org.sillok.ledger.eip712.TestKey;

class SignedTransactionTest {

  private static final Address TO = Address.parse("0x" + "35".repeat(20));
  private static final UnsignedTransaction WANTED =
      new UnsignedTransaction(1337, 9, 100_000, TO, "0x01020304");

  private final KeySigner signer = new KeySigner(TestKey.named("signer").secret());

  @Test
  void aSignersWorkIsAccepted() {
    for (UnsignedTransaction transaction :
        List.of(
            WANTED,
            new UnsignedTransaction(1, 0, 21_000, null, "0x"),
            new UnsignedTransaction((1L << 53) - 1, 128, 1L << 40, TO, "0x" + "00".repeat(70)))) {
      SignedTransaction signed = signer.sign(transaction);
      assertThat(SignedTransaction.of(signed.toBytes(), transaction, signer.account()).hash())
          .isEqualTo(signed.hash());
    }
  }

  @Test
  void signingIsDeterministic() {
    assertThat(signer.sign(WANTED).toBytes()).isEqualTo(signer.sign(WANTED).toBytes());
  }

  @Test
  void anotherTransactionIsNotTheOneThatWasWanted() {
    for (UnsignedTransaction other :
        List.of(
            new UnsignedTransaction(1338, 9, 100_000, TO, "0x01020304"),
            new UnsignedTransaction(1337, 10, 100_000, TO, "0x01020304"),
            new UnsignedTransaction(1337, 9, 100_001, TO, "0x01020304"),
            new UnsignedTransaction(1337, 9, 100_000, signer.account(), "0x01020304"),
            new UnsignedTransaction(1337, 9, 100_000, null, "0x01020304"),
            new UnsignedTransaction(1337, 9, 100_000, TO, "0x01020305"))) {
      byte[] raw = signer.sign(other).toBytes();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SignedTransaction.of(raw, WANTED, signer.account()));
    }
  }

  @Test
  void anotherAccountsSignatureIsRefused() {
    byte[] raw = new KeySigner(TestKey.named("other").secret()).sign(WANTED).toBytes();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignedTransaction.of(raw, WANTED, signer.account()))
        .withMessageContaining("signed by");
  }

  /** A chain without fees would mine it under a random account. */
  @Test
  void everyDamagedByteIsNoticed() {
    byte[] raw = signer.sign(WANTED).toBytes();
    Random random = new Random(7);
    for (int i = 0; i < raw.length; i++) {
      byte[] damaged = raw.clone();
      damaged[i] ^= (byte) (1 << random.nextInt(8));
      assertThatIllegalArgumentException()
          .as("byte %d", i)
          .isThrownBy(() -> SignedTransaction.of(damaged, WANTED, signer.account()));
    }
  }

  @Test
  void everyTruncationIsNoticed() {
    byte[] raw = signer.sign(WANTED).toBytes();
    for (int length = 0; length < raw.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(raw, length);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SignedTransaction.of(cut, WANTED, signer.account()));
    }
  }

  @Test
  void aSignatureThatIsNotForThisChainIsRefused() {
    byte[] raw = WANTED.encoded(BigInteger.valueOf(27), BigInteger.TEN, BigInteger.TEN);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignedTransaction.of(raw, WANTED, signer.account()))
        .withMessageContaining("not for chain 1337");
  }
}
