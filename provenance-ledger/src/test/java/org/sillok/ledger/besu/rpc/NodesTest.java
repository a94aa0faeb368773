package org.sillok.ledger.besu.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sillok.ledger.Address;
import org.sillok.ledger.besu.rpc.NodeReport.Fitness;
import org.sillok.ledger.eip712.TestKey;
import org.sillok.merkle.Hash;

class NodesTest {

  private static final TestBlocks OURS = TestBlocks.unsealed("ours", 0);
  private static final TestBlocks OTHER = TestBlocks.unsealed("other", 0);
  private static final List<TestKey> FOUR = TestBlocks.keys("a", "b", "c", "d");
  private static final TestBlocks SEALED = TestBlocks.sealed(number -> FOUR);

  private final List<StubNode> stubs = new ArrayList<>();
  private final KnownBlocks known = new KnownBlocks();

  @AfterEach
  void stop() {
    stubs.forEach(StubNode::close);
  }

  private StubNode stub(long chainId, TestBlocks blocks, long head) throws IOException {
    StubNode stub = new StubNode().healthy(chainId, blocks, head);
    stubs.add(stub);
    return stub;
  }

  private StubNode healthy(long head) throws IOException {
    return stub(1337, OURS, head);
  }

  private Nodes nodes(StubNode... stubs) {
    return nodes(OURS, stubs);
  }

  private Nodes nodes(TestBlocks blocks, StubNode... stubs) {
    RpcSettings settings =
        RpcSettings.of(Stream.of(stubs).map(StubNode::url).toList())
            .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(5));
    ChainIdentity chain =
        new ChainIdentity(1337, blocks.hash(0), Address.parse("0x" + "cc".repeat(20)), 3);
    return new Nodes(settings, chain, known, Duration.ZERO);
  }

  private static List<Fitness> fitness(Nodes nodes) {
    return nodes.reports().stream().map(NodeReport::fitness).toList();
  }

  private static URI asked(Nodes nodes) {
    return nodes.ask(Node::url);
  }

  @Test
  void prefersTheFirst() throws IOException {
    StubNode first = healthy(10);
    Nodes nodes = nodes(first, healthy(11));
    assertThat(asked(nodes)).isEqualTo(first.url());
    assertThat(fitness(nodes)).containsExactly(Fitness.FIT, Fitness.FIT);
  }

  @Test
  void leavesANodeThatIsBehindAHeadThatTheValidatorsHaveSealed() throws IOException {
    StubNode second = stub(1337, SEALED, 20);
    Nodes nodes = nodes(SEALED, stub(1337, SEALED, 10), second);
    assertThat(asked(nodes)).isEqualTo(second.url());
    assertThat(fitness(nodes)).containsExactly(Fitness.BEHIND, Fitness.FIT);
  }

  /** Otherwise anybody's node could draw all questions to itself. */
  @Test
  void staysWithTheFirstWhateverHeadAnotherOneClaims() throws IOException {
    StubNode first = healthy(10);
    Nodes nodes = nodes(first, healthy(100));
    assertThat(asked(nodes)).isEqualTo(first.url());
    nodes.reconsider();
    assertThat(asked(nodes)).isEqualTo(first.url());
  }

  @Test
  void blocksThatTheValidatorsHaveNotSealedAreNone() throws IOException {
    List<TestKey> thieves = TestBlocks.keys("w", "x", "y", "z");
    TestBlocks theirKeys = TestBlocks.sealed(number -> number < 8 ? FOUR : thieves);
    TestBlocks twoOfFour = TestBlocks.sealed(number -> FOUR, number -> FOUR.subList(0, 2));
    StubNode first = stub(1337, SEALED, 10);
    Nodes nodes = nodes(SEALED, first, stub(1337, theirKeys, 20), stub(1337, twoOfFour, 20));
    assertThat(asked(nodes)).isEqualTo(first.url());
    assertThat(fitness(nodes))
        .containsExactly(Fitness.FIT, Fitness.UNREACHABLE, Fitness.UNREACHABLE);
    assertThat(nodes.reports().get(1).detail()).contains("not sealed");
    assertThat(nodes.reports().get(2).detail()).contains("not sealed");
  }

  @Test
  void leavesANodeOfAnotherChain() throws IOException {
    StubNode good = healthy(5);
    Nodes nodes = nodes(stub(1, OURS, 100), stub(1337, OTHER, 100), good);
    assertThat(asked(nodes)).isEqualTo(good.url());
    assertThat(fitness(nodes))
        .containsExactly(Fitness.OTHER_CHAIN, Fitness.OTHER_CHAIN, Fitness.FIT);
  }

  @Test
  void leavesAChainOfTheSameGenesisWithAnotherHistory() throws IOException {
    known.add(4, Hash.ofHex("ab".repeat(32)));
    Nodes nodes = nodes(healthy(10));
    assertThatThrownBy(() -> asked(nodes))
        .isInstanceOf(NodeUnreachableException.class)
        .hasMessageContaining("block 4");
    assertThat(fitness(nodes)).containsExactly(Fitness.OTHER_CHAIN);
  }

  @Test
  void staysWithTheHistoryThatItKnows() throws IOException {
    known.add(4, OURS.hash(4));
    assertThat(asked(nodes(healthy(10)))).isNotNull();
  }

  @Test
  void leavesANodeThatHasLessThanWeHaveSeen() throws IOException {
    known.add(4, OURS.hash(4));
    known.add(20, OURS.hash(20));
    Nodes nodes = nodes(healthy(10));
    assertThatThrownBy(() -> asked(nodes)).hasMessageContaining("we have seen block 20");
    assertThat(fitness(nodes)).containsExactly(Fitness.BEHIND);
  }

  /** A chain that was wiped and has not grown as long again. */
  @Test
  void aShorterChainWithAnotherHistoryIsAnotherChain() throws IOException {
    known.add(4, Hash.ofHex("ab".repeat(32)));
    known.add(20, Hash.ofHex("ab".repeat(32)));
    Nodes nodes = nodes(healthy(10));
    assertThatThrownBy(() -> asked(nodes)).isInstanceOf(NodeUnreachableException.class);
    assertThat(fitness(nodes)).containsExactly(Fitness.OTHER_CHAIN);
  }

  @Test
  void leavesAChainThatWantsMoney() throws IOException {
    TestBlocks paid = TestBlocks.unsealed("ours", 7);
    Nodes nodes = nodes(stub(1337, paid, 10));
    assertThatThrownBy(() -> asked(nodes)).hasMessageContaining("zeroBaseFee");
    assertThat(fitness(nodes)).containsExactly(Fitness.WANTS_FEE);
  }

  @Test
  void leavesAChainWithoutTheContracts() throws IOException {
    Nodes nodes = nodes(healthy(10).result("eth_getCode", "0x"));
    assertThatThrownBy(() -> asked(nodes)).hasMessageContaining("no contract");
  }

  @Test
  void aNodeThatHasJustStartedIsBehind() throws IOException {
    Nodes nodes = nodes(healthy(2));
    assertThatThrownBy(() -> asked(nodes)).isInstanceOf(NodeUnreachableException.class);
    assertThat(fitness(nodes)).containsExactly(Fitness.BEHIND);
  }

  @Test
  void goesOverToAnotherNodeAndAsksAgain() throws IOException {
    StubNode first = healthy(10);
    StubNode second = healthy(10);
    Nodes nodes = nodes(first, second);
    asked(nodes);
    first.close();
    assertThat(nodes.<Long>ask(Node::chainId)).isEqualTo(1337);
    assertThat(asked(nodes)).isEqualTo(second.url());
  }

  @Test
  void asksTheOnlyNodeAgainWhenAConnectionBroke() throws IOException {
    StubNode only = healthy(10);
    Nodes nodes = nodes(only);
    List<Integer> attempts = new ArrayList<>();
    String answer =
        nodes.ask(
            node -> {
              attempts.add(1);
              if (attempts.size() == 1) {
                throw new NodeUnreachableException("reset");
              }
              return "answer";
            });
    assertThat(answer).isEqualTo("answer");
  }

  @Test
  void anErrorOfANodesOwnIsNoReasonToGiveUp() throws IOException {
    StubNode second = healthy(10);
    Nodes nodes = nodes(healthy(10), second);
    List<URI> askedNodes = new ArrayList<>();
    URI answered =
        nodes.ask(
            node -> {
              askedNodes.add(node.url());
              if (askedNodes.size() == 1) {
                throw new NodeErrorException("n", -32603, "Timeout expired", "");
              }
              return node.url();
            });
    assertThat(answered).isEqualTo(second.url());
  }

  @Test
  void anErrorThatAllNodesHaveIsTold() throws IOException {
    Nodes nodes = nodes(healthy(10), healthy(10));
    assertThatThrownBy(
            () ->
                nodes.ask(
                    node -> {
                      throw new NodeErrorException("n", -32603, "Internal error", "");
                    }))
        .isInstanceOf(NodeErrorException.class)
        .hasMessageContaining("Internal error");
  }

  @Test
  void aRefusalIsNotCarriedToOtherNodes() throws IOException {
    StubNode first = healthy(10);
    StubNode second = healthy(10);
    Nodes nodes = nodes(first, second);
    List<URI> askedNodes = new ArrayList<>();
    assertThatThrownBy(
            () ->
                nodes.ask(
                    node -> {
                      askedNodes.add(node.url());
                      throw new NodeErrorException("n", 3, "Execution reverted", "0x");
                    }))
        .isInstanceOf(NodeErrorException.class);
    assertThat(askedNodes).containsExactly(first.url());
  }

  @Test
  void saysForEachNodeWhyItIsNoUse() throws IOException {
    Nodes nodes = nodes(stub(1, OURS, 5), healthy(2));
    assertThatThrownBy(() -> asked(nodes))
        .hasMessageContaining("OTHER_CHAIN (chain id is 1, want 1337)")
        .hasMessageContaining("BEHIND");
  }

  @Test
  void returnsToTheFirstNodeWhenItIsWellAgain() throws IOException {
    StubNode first = healthy(2);
    StubNode second = healthy(10);
    Nodes nodes = nodes(first, second);
    assertThat(asked(nodes)).isEqualTo(second.url());
    assertThat(nodes.isTimeToReturn()).isTrue();
    nodes.reconsider();
    assertThat(asked(nodes)).isEqualTo(second.url());
    first.healthy(1337, OURS, 10);
    nodes.reconsider();
    assertThat(asked(nodes)).isEqualTo(first.url());
    assertThat(nodes.isTimeToReturn()).isFalse();
  }
}
