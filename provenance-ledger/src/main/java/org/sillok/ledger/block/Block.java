package org.sillok.ledger.block;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sillok.ledger.AcceptedCheckpoint;
import org.sillok.ledger.Address;
import org.sillok.ledger.LedgerKind;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.json.RecordJson;
import org.sillok.merkle.Hash;

/**
 * One write of the embedded ledger.
 *
 * @param format {@value #FORMAT}
 * @param ledger hash of block 0, by which ledgers are told apart; null in block 0
 * @param number from 0, without gaps
 * @param previous hash of the block before; null in block 0
 * @param time whole seconds, never before the previous block's
 * @param sender account that sent the transaction; null in block 0
 */
public record Block(
    String format,
    @Nullable Hash ledger,
    long number,
    @Nullable Hash previous,
    Instant time,
    @Nullable Address sender,
    LedgerTransaction transaction) {

  public static final String FORMAT = "sillok-block-v1";

  public Block {
    if (!format.equals(FORMAT)) {
      throw new IllegalArgumentException("block format: got " + format + ", want " + FORMAT);
    }
    boolean first = number == 0;
    if (number < 0
        || first != (ledger == null)
        || first != (previous == null)
        || first != (sender == null)
        || first != transaction instanceof LedgerTransaction.Found) {
      throw new IllegalArgumentException(
          "block " + number + ": ledger, previous, sender from 1 on; founding only in 0");
    }
    if (!time.equals(time.truncatedTo(ChronoUnit.SECONDS))) {
      throw new IllegalArgumentException("block time is in whole seconds, got " + time);
    }
  }

  /** Block 0. */
  public static Block genesis(Instant time, LedgerTransaction.Found founding) {
    return new Block(FORMAT, null, 0, null, time, null, founding);
  }

  /** The account that sent the transaction of any block but the first. */
  public Address from() {
    return Objects.requireNonNull(sender);
  }

  /** Canonical JSON: what is hashed and signed. */
  public String text() {
    return RecordJson.write(this);
  }

  /** SHA-256 of {@link #text()}. */
  public Hash hash() {
    return sha256(text());
  }

  /** The hash of block 0 of this block's ledger. */
  public Hash genesisHash() {
    return ledger == null ? hash() : ledger;
  }

  public Receipt receipt() {
    Hash genesis = genesisHash();
    return new Receipt(
        LedgerKind.EMBEDDED,
        chainId(genesis),
        contract(genesis),
        transactionHash(),
        number,
        hash(),
        time);
  }

  /** What this block published, if it is of that kind. */
  public Optional<AcceptedCheckpoint> published() {
    return transaction instanceof LedgerTransaction.Publish publish
        ? Optional.of(new AcceptedCheckpoint(publish.log(), publish.head(), receipt()))
        : Optional.empty();
  }

  /** The chain id of the ledger that starts with {@code genesis}: its first six bytes. */
  public static long chainId(Hash genesis) {
    byte[] bytes = genesis.toBytes();
    long id = 0;
    for (int i = 0; i < 6; i++) {
      id = id << 8 | (bytes[i] & 0xff);
    }
    return id;
  }

  /** What stands for the contracts' address: the last 20 bytes of {@code genesis}. */
  public static Address contract(Hash genesis) {
    return Address.of(Arrays.copyOfRange(genesis.toBytes(), Hash.SIZE - Address.SIZE, Hash.SIZE));
  }

  /** A block has one transaction, so the block's text with a prefix stands for it. */
  private Hash transactionHash() {
    return sha256("sillok-transaction-v1\n" + text());
  }

  private static Hash sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return Hash.of(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
