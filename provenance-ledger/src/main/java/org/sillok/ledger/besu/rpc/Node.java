package org.sillok.ledger.besu.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.sillok.ledger.Address;
import org.sillok.ledger.besu.rpc.JsonRpc.Request;
import org.sillok.merkle.Hash;

/**
 * One node of the chain. Blocks are asked for as {@code latest} or by number, because a QBFT chain
 * has no other. {@code null} where there must be something means that this node is behind, and is
 * {@link NodeUnreachableException} like every other answer that is none. Thread-safe.
 */
public final class Node {

  private static final String LATEST = "latest";

  private final JsonRpc rpc;

  public Node(JsonRpc rpc) {
    this.rpc = rpc;
  }

  public URI url() {
    return rpc.url();
  }

  public String clientVersion() {
    return call("web3_clientVersion").asText();
  }

  public long chainId() {
    return Hex.number(call("eth_chainId"));
  }

  public BlockHeader latest() {
    return blockOf(present(call("eth_getBlockByNumber", LATEST, false), "latest block"));
  }

  /** Empty if this node does not have the block (yet). */
  public Optional<BlockHeader> block(long number) {
    JsonNode block = call("eth_getBlockByNumber", Hex.of(number), false);
    return block.isNull() ? Optional.empty() : Optional.of(blockOf(block));
  }

  /** The newest block's header, held against its hash. */
  public Header latestHeader() {
    return header(present(call("eth_getBlockByNumber", LATEST, false), "latest block"));
  }

  /** A block's header, held against its hash; empty if this node does not have it (yet). */
  public Optional<Header> header(long number) {
    JsonNode block = call("eth_getBlockByNumber", Hex.of(number), false);
    return block.isNull() ? Optional.empty() : Optional.of(numbered(header(block), number));
  }

  /** As {@link #header}, of a block that must be there. */
  Header presentHeader(long number) {
    return header(number)
        .orElseThrow(() -> new NodeUnreachableException(url() + ": has no block " + number));
  }

  /**
   * The headers of blocks {@code from} to {@code to}, held against their hashes, in one go. Besu
   * takes 1024 at most.
   */
  public List<Header> headers(long from, long to) {
    List<Request> requests =
        LongStream.rangeClosed(from, to)
            .mapToObj(number -> Request.of("eth_getBlockByNumber", Hex.of(number), false))
            .toList();
    List<Header> headers = new ArrayList<>();
    for (JsonNode block : rpc.batch(requests)) {
      headers.add(numbered(header(present(block, "block")), from + headers.size()));
    }
    return headers;
  }

  /** All that contracts have emitted in a block, held against its header. */
  public List<ChainLog> logs(Header block) {
    JsonNode receipts =
        present(call("eth_getBlockReceipts", Hex.of(block.number())), "block's receipts");
    try {
      return BlockLogs.read(block, receipts);
    } catch (NodeUnreachableException e) {
      throw new NodeUnreachableException(url() + ": " + e.getMessage(), e);
    }
  }

  private Header header(JsonNode block) {
    try {
      return Header.read(block);
    } catch (NodeUnreachableException e) {
      throw new NodeUnreachableException(url() + ": " + e.getMessage(), e);
    }
  }

  private Header numbered(Header header, long number) {
    if (header.number() != number) {
      throw new NodeUnreachableException(
          url() + ": asked for block " + number + ", got " + header.number());
    }
    return header;
  }

  /** Whether there is a contract at the newest block. */
  public boolean hasCode(Address contract) {
    return code(contract).length > 0;
  }

  /** The contract's code at the newest block, empty if there is none. */
  public byte[] code(Address contract) {
    return Hex.bytes(present(call("eth_getCode", contract.toString(), LATEST), "code"));
  }

  /** How many transactions of this account are in blocks: its next nonce. */
  public long transactionCount(Address account) {
    return Hex.number(
        present(call("eth_getTransactionCount", account.toString(), LATEST), "count"));
  }

  /** How many of them were in blocks up to this one. */
  public long transactionCount(Address account, long block) {
    return Hex.number(
        present(call("eth_getTransactionCount", account.toString(), Hex.of(block)), "count"));
  }

  /**
   * Tries a message at the newest block.
   *
   * @throws NodeErrorException with {@code isRevert()} if the contract refuses it
   */
  public byte[] call(Message message) {
    return called(call("eth_call", message.json(), LATEST));
  }

  /** Tries a message as it would have gone after block {@code number}. */
  public byte[] call(Message message, long number) {
    return called(call("eth_call", message.json(), Hex.of(number)));
  }

  private byte[] called(JsonNode result) {
    return Hex.bytes(present(result, "state"));
  }

  /** A little more than the message would use now. */
  public long estimateGas(Message message) {
    return Hex.number(present(call("eth_estimateGas", message.json(), LATEST), "estimate"));
  }

  /**
   * Events of these contracts in blocks {@code from} to {@code to}, in the chain's order. {@code
   * to} must not lie beyond this node's head.
   */
  public List<ChainLog> logs(List<Address> contracts, long from, long to) {
    JsonNode logs =
        call(
            "eth_getLogs",
            Map.of(
                "address",
                contracts.stream().map(Address::toString).toList(),
                "fromBlock",
                Hex.of(from),
                "toBlock",
                Hex.of(to)));
    if (!logs.isArray()) {
      throw new NodeUnreachableException(url() + ": no list of logs: " + logs);
    }
    return logs(logs);
  }

  /** Empty while no block that this node has contains it. */
  public Optional<MinedTransaction> mined(Hash transaction) {
    JsonNode receipt = call("eth_getTransactionReceipt", "0x" + transaction);
    return receipt.isNull() || receipt.path("blockNumber").isNull()
        ? Optional.empty()
        : Optional.of(mined(receipt));
  }

  /** Hands a signed transaction in. Doing so again does no harm. */
  public SendAnswer send(byte[] signed) {
    try {
      Hex.hash(call("eth_sendRawTransaction", Hex.of(signed)));
      return SendAnswer.TAKEN;
    } catch (NodeErrorException e) {
      SendAnswer answer = SendAnswer.of(e);
      if (answer == SendAnswer.NOT_NOW) {
        throw new NodeUnreachableException(String.valueOf(e.getMessage()), e);
      }
      return answer;
    }
  }

  private JsonNode call(String method, Object... params) {
    try {
      return rpc.call(Request.of(method, params));
    } catch (NodeErrorException e) {
      if (e.isMethodMissing()) {
        throw new NodeUnreachableException(method + " is not enabled: " + e.getMessage(), e);
      }
      throw e;
    }
  }

  private JsonNode present(JsonNode result, String what) {
    if (result.isNull()) {
      throw new NodeUnreachableException(url() + ": has no such " + what + ", it is behind");
    }
    return result;
  }

  private static BlockHeader blockOf(JsonNode block) {
    JsonNode baseFee = block.path("baseFeePerGas");
    return new BlockHeader(
        Hex.number(block.path("number")),
        Hex.hash(block.path("hash")),
        Instant.ofEpochSecond(Hex.number(block.path("timestamp"))),
        baseFee.isMissingNode() ? java.math.BigInteger.ZERO : Hex.big(baseFee));
  }

  private static MinedTransaction mined(JsonNode receipt) {
    return new MinedTransaction(
        Hex.hash(receipt.path("transactionHash")),
        Hex.number(receipt.path("blockNumber")),
        Hex.hash(receipt.path("blockHash")),
        Hex.number(receipt.path("status")) == 1,
        Hex.address(receipt.path("from")),
        optionalAddress(receipt.path("to")),
        optionalAddress(receipt.path("contractAddress")),
        Hex.number(receipt.path("gasUsed")),
        logs(receipt.path("logs")));
  }

  private static @Nullable Address optionalAddress(JsonNode json) {
    return json.isTextual() ? Hex.address(json) : null;
  }

  private static List<ChainLog> logs(JsonNode logs) {
    return stream(logs).map(Node::log).toList();
  }

  private static ChainLog log(JsonNode log) {
    return new ChainLog(
        Hex.address(log.path("address")),
        stream(log.path("topics")).map(Hex::hash).toList(),
        log.path("data").asText(),
        Hex.hash(log.path("transactionHash")),
        Math.toIntExact(Hex.number(log.path("logIndex"))),
        Hex.number(log.path("blockNumber")),
        Hex.hash(log.path("blockHash")));
  }

  private static java.util.stream.Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
