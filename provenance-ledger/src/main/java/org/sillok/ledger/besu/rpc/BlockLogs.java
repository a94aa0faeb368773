package org.sillok.ledger.besu.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.sillok.ledger.Address;
import org.sillok.ledger.besu.block.Bloom;
import org.sillok.ledger.besu.block.Rlp;
import org.sillok.ledger.besu.block.Trie;
import org.sillok.merkle.Hash;

/**
 * A block's logs from its receipts, held against the root that its header has of them: all of them,
 * in their order, with the content that they had. Only which transaction emitted them is as the
 * node says.
 */
final class BlockLogs {

  private final Header header;
  private final List<ChainLog> logs = new ArrayList<>();

  private BlockLogs(Header header) {
    this.header = header;
  }

  /**
   * @throws NodeUnreachableException if these are not the receipts of that block
   */
  static List<ChainLog> read(Header header, JsonNode receipts) {
    BlockLogs read = new BlockLogs(header);
    List<byte[]> encoded = new ArrayList<>();
    receipts.forEach(receipt -> encoded.add(read.receipt(receipt)));
    Hash root = Trie.root(encoded);
    if (!root.equals(header.receiptsRoot())) {
      throw new NodeUnreachableException(
          "the receipts of block "
              + header.number()
              + " come to "
              + root
              + ", its header has "
              + header.receiptsRoot());
    }
    return List.copyOf(read.logs);
  }

  private byte[] receipt(JsonNode receipt) {
    Bloom bloom = Bloom.empty();
    List<byte[]> emitted = new ArrayList<>();
    Hash transaction = Hex.hash(receipt.path("transactionHash"));
    receipt.path("logs").forEach(log -> emitted.add(log(log, transaction, bloom)));
    byte[] content =
        Rlp.list(
            List.of(
                Rlp.number(Hex.big(receipt.path("status"))),
                Rlp.number(Hex.big(receipt.path("cumulativeGasUsed"))),
                Rlp.bytes(bloom.toBytes()),
                Rlp.list(emitted)));
    int type = Hex.big(receipt.path("type")).intValue();
    return type == 0 ? content : typed(type, content);
  }

  private byte[] log(JsonNode log, Hash transaction, Bloom bloom) {
    Address address = Hex.address(log.path("address"));
    bloom.add(address);
    List<Hash> topics = new ArrayList<>();
    log.path("topics").forEach(topic -> topics.add(Hex.hash(topic)));
    topics.forEach(bloom::add);
    byte[] data = Hex.bytes(log.path("data"));
    logs.add(
        new ChainLog(
            address,
            topics,
            Hex.of(data),
            transaction,
            logs.size(),
            header.number(),
            header.hash()));
    return Rlp.list(
        List.of(
            Rlp.bytes(address.toBytes()),
            Rlp.list(topics.stream().map(topic -> Rlp.bytes(topic.toBytes())).toList()),
            Rlp.bytes(data)));
  }

  /** EIP-2718. */
  private static byte[] typed(int type, byte[] content) {
    byte[] typed = new byte[content.length + 1];
    typed[0] = (byte) type;
    System.arraycopy(content, 0, typed, 1, content.length);
    return typed;
  }
}
