package org.sillok.ledger.besu.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sillok.ledger.Address;
import org.sillok.ledger.besu.rpc.Recordings.Exchange;
import org.sillok.merkle.Hash;

/** Every answer that a real node was seen to give, and what this client makes of it. */
class RecordedAnswersTest {

  private static final Address ACCOUNT = Address.parse("0x" + "12".repeat(20));
  private static final Hash HASH = Hash.ofHex("34".repeat(32));
  private static final Message MESSAGE = new Message(ACCOUNT, ACCOUNT, "0x");

  /** What the client asks, by method. */
  private static final Map<String, Function<Node, Object>> QUESTIONS =
      Map.of(
          "web3_clientVersion", Node::clientVersion,
          "eth_chainId", Node::chainId,
          "eth_getBlockByNumber", node -> node.block(1),
          "eth_getCode", node -> node.hasCode(ACCOUNT),
          "eth_getTransactionCount", node -> node.transactionCount(ACCOUNT),
          "eth_call", node -> node.call(MESSAGE),
          "eth_estimateGas", node -> node.estimateGas(MESSAGE),
          "eth_getLogs", node -> node.logs(List.of(ACCOUNT), 1, 2),
          "eth_getTransactionReceipt", node -> node.mined(HASH),
          "eth_sendRawTransaction", node -> node.send(new byte[] {1}));

  private static final List<String> FILES =
      List.of(
          "besu/01-identity.json",
          "besu/03-blocks.json",
          "besu/04-state-and-nonces.json",
          "besu/05-estimate-gas.json",
          "besu/06-call.json",
          "besu/07-send-accepted.json",
          "besu/08-send-refused.json",
          "besu/09-receipts-and-transactions.json",
          "besu/10-logs.json",
          "besu/13-json-rpc-errors.json",
          "besu/17-nonce-gap.json",
          "besu/19-stop-and-restart.json",
          "besu-variants/default-min-gas-price.json",
          "besu-variants/layered-pool.json",
          "besu-variants/logs-range-limit.json",
          "besu-variants/no-zero-base-fee.json",
          "besu-variants/restricted-node.json",
          "network/3-stall-30s.json",
          "network/5-node-without-peers.json",
          "anvil-zero-fee/06-call.json",
          "anvil-zero-fee/07-send-accepted.json",
          "anvil-zero-fee/08-send-refused.json",
          "anvil-zero-fee/10-logs.json");

  private StubNode stub;
  private Node node;

  @BeforeEach
  void start() throws IOException {
    stub = new StubNode();
    RpcSettings settings =
        RpcSettings.of(List.of(stub.url()))
            .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(20));
    node = new Node(new JsonRpc(new HttpTransport(settings), stub.url()));
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  private Node playing(String file, String name) {
    stub.playing(Recordings.exchange(file, name));
    return node;
  }

  private SendAnswer sent(String file, String name) {
    return playing(file, name).send(new byte[] {1});
  }

  /**
   * Values come out as values, errors as errors with their code, null as nothing or as a node that
   * is behind; nothing else is ever thrown.
   */
  @TestFactory
  Stream<DynamicTest> everyAnswerToAQuestionOfOursIsUnderstood() {
    return FILES.stream()
        .flatMap(Recordings::file)
        .filter(exchange -> QUESTIONS.containsKey(exchange.method()))
        .filter(exchange -> exchange.response().has("jsonrpc"))
        .map(exchange -> DynamicTest.dynamicTest(exchange.toString(), () -> understood(exchange)));
  }

  private void understood(Exchange exchange) {
    stub.playing(exchange);
    Function<Node, Object> question = QUESTIONS.get(exchange.method());
    JsonNode error = exchange.response().path("error");
    if (error.isObject() && !exchange.method().equals("eth_sendRawTransaction")) {
      RpcException e = catchThrowableOfType(RpcException.class, () -> question.apply(node));
      assertThat(e).hasMessageContaining(error.path("code").asText());
      assertThat(e.getMessage()).hasSizeLessThan(400).doesNotContain("\n", "\0");
      if (e instanceof NodeErrorException refused) {
        assertThat(refused.code()).isEqualTo(error.path("code").asInt());
        assertThat(refused.isRevert()).isEqualTo(error.path("code").asInt() == 3);
        assertThat(refused.data()).isEqualTo(error.path("data").asText());
      } else {
        assertThat(error.path("code").asInt()).isIn(-32601, -32604);
      }
    } else if (error.isObject()) {
      assertThat(valueOrNoAnswer(question)).isNotEqualTo(Optional.of(SendAnswer.NOT_NOW));
    } else if (isShortened(exchange)) {
      assertThat(valueOrNoAnswer(question)).as("a value or no answer").isNotNull();
    } else if (exchange.response().path("result").isNull()) {
      nothing(exchange, question);
    } else {
      assertThat(question.apply(node)).isNotNull();
    }
  }

  private Optional<Object> valueOrNoAnswer(Function<Node, Object> question) {
    try {
      return Optional.of(question.apply(node));
    } catch (NodeUnreachableException e) {
      return Optional.empty();
    }
  }

  private static boolean isShortened(Exchange exchange) {
    return exchange.response().toString().contains("…")
        || exchange.name().contains("receipt")
        || exchange.response().path("result").isBoolean()
        || exchange.file().contains("no-zero-base-fee");
  }

  private void nothing(Exchange exchange, Function<Node, Object> question) {
    if (Set.of("eth_getBlockByNumber", "eth_getTransactionReceipt").contains(exchange.method())) {
      assertThat(question.apply(node)).isEqualTo(Optional.empty());
    } else {
      assertThat(catchThrowableOfType(NodeUnreachableException.class, () -> question.apply(node)))
          .hasMessageContaining("behind");
    }
  }

  @Test
  void aBlockIsRead() {
    BlockHeader head = playing("besu/03-blocks.json", "block latest").latest();
    assertThat(head.number()).isEqualTo(4);
    assertThat(head.hash())
        .hasToString("cae8cd9bf6ef98d52f5cdf26dcfdb6c0979ef2a1cb2f9992c711b33a81bf6919");
    assertThat(head.baseFee()).isZero();
  }

  @Test
  void aReceiptIsRead() {
    MinedTransaction mined =
        playing("besu/09-receipts-and-transactions.json", "success: receipt with one log")
            .mined(HASH)
            .orElseThrow();
    assertThat(mined.succeeded()).isTrue();
    assertThat(mined.blockNumber()).isEqualTo(0x25);
    assertThat(mined.logs()).hasSize(1);
    assertThat(mined.logs().get(0).transaction()).isEqualTo(mined.hash());
  }

  @Test
  void aRevertedReceiptIsNoSuccess() {
    assertThat(
            playing(
                    "besu/09-receipts-and-transactions.json",
                    "reverted with a custom error: receipt")
                .mined(HASH)
                .orElseThrow()
                .succeeded())
        .isFalse();
  }

  @Test
  void aDeploymentsReceiptNamesTheContract() {
    assertThat(
            playing("besu/09-receipts-and-transactions.json", "deployment: receipt")
                .mined(HASH)
                .orElseThrow()
                .created())
        .isNotNull();
  }

  @Test
  void sentAgainIsAsGoodAsSent() {
    String besu = "besu/07-send-accepted.json";
    assertThat(sent(besu, "first send")).isEqualTo(SendAnswer.TAKEN);
    assertThat(sent(besu, "exactly the same bytes again, at once")).isEqualTo(SendAnswer.TAKEN);
    assertThat(sent(besu, "exactly the same bytes again, now mined"))
        .isEqualTo(SendAnswer.NONCE_USED);
  }

  @Test
  void aFeePayingTransactionThatHoldsTheNonceIsNamed() {
    assertThat(
            sent(
                "besu/08-send-refused.json",
                "insufficient funds: gasPrice 1 wei: the same nonce sent again, now with gasPrice"
                    + " 0"))
        .isEqualTo(SendAnswer.NONCE_HELD);
  }

  @Test
  void aNonceTooFarAheadIsAGap() {
    assertThat(
            sent(
                "besu-variants/restricted-node.json",
                "account limit 0.001 of 4096: the first one refused"))
        .isEqualTo(SendAnswer.GAP);
  }

  @Test
  void aChainThatWantsMoneySaysSo() {
    assertThat(sent("besu-variants/no-zero-base-fee.json", "legacy, gasPrice 0"))
        .isEqualTo(SendAnswer.WANTS_FEE);
  }

  @Test
  void whatWillNeverBeAcceptedIsNotTriedAgain() {
    for (String name :
        List.of(
            "intrinsic gas too low (21000 with calldata)",
            "gas limit = block gas limit + 1",
            "wrong chain id (1)",
            "high-s signature")) {
      assertThat(sent("besu/08-send-refused.json", name)).as(name).isEqualTo(SendAnswer.NEVER);
    }
    assertThat(
            sent(
                "besu-variants/restricted-node.json",
                "strict replay protection: legacy without EIP-155"))
        .isEqualTo(SendAnswer.NEVER);
  }

  /** Besu gives the codes of final refusals to passing ones as well. */
  @Test
  void whatMayPassIsNoFinalRefusal() {
    playing("besu/08-send-refused.json", "init code larger than 49152 bytes");
    assertThat(valueOrNoAnswer(each -> each.send(new byte[] {1}))).isEmpty();
    Map.of(
            -32002,
            "Transaction pool not enabled. (Either txpool explicitly disabled, or node not yet in"
                + " sync).",
            -32603,
            "Timeout expired",
            -32005,
            "Number of requests exceeds max batch size",
            -32602,
            "Invalid params",
            -32008,
            "Initial sync is still in progress")
        .forEach(
            (code, message) -> {
              stub.replying(
                  request ->
                      new StubNode.Reply(
                          200,
                          "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":%d,\"message\":\"%s\"}}"
                              .formatted(request.path("id"), code, message)));
              assertThat(valueOrNoAnswer(each -> each.send(new byte[] {1}))).as(message).isEmpty();
            });
  }

  @Test
  void aWideRangeOfLogsIsRefusedByItsCode() {
    playing("besu-variants/logs-range-limit.json", "toBlock - fromBlock = 5001");
    NodeErrorException e =
        catchThrowableOfType(NodeErrorException.class, () -> node.logs(List.of(ACCOUNT), 0, 5001));
    assertThat(e.code()).isEqualTo(-32005);
  }

  @Test
  void httpErrorsAndPlainTextAreNoAnswers() {
    Stream.of(
            Recordings.exchange("besu/13-json-rpc-errors.json", "null"),
            Recordings.exchange("besu/13-json-rpc-errors.json", "no \"id\""),
            Recordings.exchange("besu/14-http.json", "POST / with Accept: text/html"),
            Recordings.exchange("besu/14-http.json", "POST /some/path"),
            Recordings.exchange("besu/14-http.json", "GET /"),
            Recordings.exchange("besu/14-http.json", "POST / with an Origin header"),
            Recordings.exchange(
                "besu/14-http.json",
                "body of 135 MiB (above rpc-http-max-request-content-length, 128 MiB)"),
            Recordings.exchange("besu-variants/restricted-node.json", "Host: evil.example"))
        .forEach(
            exchange -> {
              stub.playing(exchange);
              assertThat(catchThrowableOfType(NodeUnreachableException.class, node::chainId))
                  .as(exchange.toString())
                  .isNotNull();
            });
  }

  @Test
  void malformedJsonComesBackWithItsErrorInSpiteOfTheStatus() {
    playing("besu/13-json-rpc-errors.json", "not JSON");
    assertThat(catchThrowableOfType(NodeErrorException.class, node::chainId).code())
        .isEqualTo(-32700);
  }

  @Test
  void anErrorInPlaceOfABatchIsAnError() {
    playing("besu/12-batch.json", "1025 requests");
    assertThat(catchThrowableOfType(NodeErrorException.class, () -> node.headers(1, 2)).code())
        .isEqualTo(-32005);
  }

  @Test
  void aBatchWithOneErrorIsAnError() {
    playing("besu/12-batch.json", "success, revert and unknown method together");
    assertThat(catchThrowableOfType(RpcException.class, () -> node.headers(1, 3))).isNotNull();
  }

  @Test
  void aBatchWithAnAnswerMissingIsNone() {
    playing("besu/12-batch.json", "one element is a notification (no id)");
    assertThat(catchThrowableOfType(NodeUnreachableException.class, () -> node.headers(1, 2)))
        .isNotNull();
  }
}
