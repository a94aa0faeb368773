package org.sillok.ledger.besu.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sillok.ledger.Address;
import org.sillok.ledger.besu.block.Bloom;
import org.sillok.ledger.besu.block.Keccak;
import org.sillok.ledger.besu.block.QbftExtra;
import org.sillok.ledger.besu.block.Rlp;
import org.sillok.merkle.Hash;

/**
 * A block's header, of which nothing need be believed once its hash is: the hash was made of what
 * stands here. Immutable.
 */
public final class Header {

  private static final int EXTRA_DATA = 12;

  /** Where the field is in the header, and whether it is a number. */
  private record Field(String name, boolean isNumber) {}

  private static final List<Field> FIELDS =
      List.of(
          new Field("parentHash", false),
          new Field("sha3Uncles", false),
          new Field("miner", false),
          new Field("stateRoot", false),
          new Field("transactionsRoot", false),
          new Field("receiptsRoot", false),
          new Field("logsBloom", false),
          new Field("difficulty", true),
          new Field("number", true),
          new Field("gasLimit", true),
          new Field("gasUsed", true),
          new Field("timestamp", true),
          new Field("extraData", false),
          new Field("mixHash", false),
          new Field("nonce", false));

  /** In the order in which forks have added them; each needs all before it. */
  private static final List<Field> LATER_FIELDS =
      List.of(
          new Field("baseFeePerGas", true),
          new Field("withdrawalsRoot", false),
          new Field("blobGasUsed", true),
          new Field("excessBlobGas", true),
          new Field("parentBeaconBlockRoot", false),
          new Field("requestsHash", false));

  private final BlockHeader block;
  private final Hash parent;
  private final Hash receiptsRoot;
  private final Bloom bloom;
  private final List<byte[]> fields;
  private final Optional<QbftExtra> qbft;

  private Header(JsonNode json) {
    this.fields = fields(json);
    byte[] extra = Hex.bytes(json.path("extraData"));
    this.qbft = QbftExtra.read(extra);
    long number = Hex.number(json.path("number"));
    // The genesis block was never agreed on: its seals, if any, are part of it.
    byte[] hashed = number == 0 ? extra : qbft.map(QbftExtra::forHash).orElse(extra);
    JsonNode baseFee = json.path("baseFeePerGas");
    this.block =
        new BlockHeader(
            number,
            hash(hashed),
            Instant.ofEpochSecond(Hex.number(json.path("timestamp"))),
            baseFee.isMissingNode() ? BigInteger.ZERO : Hex.big(baseFee));
    this.parent = Hex.hash(json.path("parentHash"));
    this.receiptsRoot = Hex.hash(json.path("receiptsRoot"));
    this.bloom = Bloom.of(Hex.bytes(json.path("logsBloom")));
  }

  /**
   * @throws NodeUnreachableException if a field is missing or malformed, or the hash is not that of
   *     the fields
   */
  static Header read(JsonNode json) {
    try {
      Header header = new Header(json);
      Hash claimed = Hex.hash(json.path("hash"));
      if (!header.hash().equals(claimed)) {
        throw new NodeUnreachableException(
            "block " + header.number() + " has hash " + header.hash() + ", not " + claimed);
      }
      return header;
    } catch (IllegalArgumentException e) {
      throw new NodeUnreachableException("no header: " + e.getMessage(), e);
    }
  }

  private static List<byte[]> fields(JsonNode json) {
    List<byte[]> fields = new ArrayList<>();
    FIELDS.forEach(field -> fields.add(field(json, field)));
    LATER_FIELDS.stream()
        .takeWhile(field -> json.hasNonNull(field.name()))
        .forEach(field -> fields.add(field(json, field)));
    return fields;
  }

  private static byte[] field(JsonNode json, Field field) {
    JsonNode value = json.path(field.name());
    return field.isNumber() ? Rlp.number(Hex.big(value)) : Rlp.bytes(Hex.bytes(value));
  }

  private Hash hash(byte[] extra) {
    List<byte[]> all = new ArrayList<>(fields);
    all.set(EXTRA_DATA, Rlp.bytes(extra));
    return Keccak.hash(Rlp.list(all));
  }

  public BlockHeader block() {
    return block;
  }

  public long number() {
    return block.number();
  }

  public Hash hash() {
    return block.hash();
  }

  public Hash parent() {
    return parent;
  }

  Hash receiptsRoot() {
    return receiptsRoot;
  }

  /** False if no contract of this address has emitted anything in this block. */
  public boolean mayHaveLogsOf(Address contract) {
    return bloom.mayContain(contract);
  }

  /** Who has to agree on this block; empty on a chain without QBFT's headers. */
  Set<String> validators() {
    return qbft.map(QbftExtra::validators).orElse(Set.of());
  }

  /**
   * Who has sealed it, validators or not.
   *
   * @throws NodeUnreachableException if a seal is no signature
   */
  Set<String> signers() {
    try {
      return qbft.map(extra -> extra.signers(hash(extra.forSeals()))).orElse(Set.of());
    } catch (IllegalArgumentException e) {
      throw new NodeUnreachableException(
          "block " + number() + " has a damaged seal: " + e.getMessage(), e);
    }
  }
}
