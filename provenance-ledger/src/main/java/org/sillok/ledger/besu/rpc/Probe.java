package org.sillok.ledger.besu.rpc;

import java.util.Map;
import java.util.Optional;
import org.sillok.ledger.besu.rpc.NodeReport.Fitness;
import org.sillok.merkle.Hash;

/** A look at one node: is it of our chain, and how far has it come? */
final class Probe {

  private final ChainIdentity chain;
  private final KnownBlocks known;

  Probe(ChainIdentity chain, KnownBlocks known) {
    this.chain = chain;
    this.known = known;
  }

  NodeReport look(Node node) {
    try {
      long chainId = node.chainId();
      if (chainId != chain.chainId()) {
        return other(node, -1, "chain id is " + chainId + ", want " + chain.chainId());
      }
      Optional<Hash> genesis = node.block(0).map(BlockHeader::hash);
      if (!genesis.equals(Optional.of(chain.genesis()))) {
        return other(node, -1, "block 0 is " + genesis.orElse(null) + ", want " + chain.genesis());
      }
      return look(node, node.latest());
    } catch (RpcException e) {
      return report(node, Fitness.UNREACHABLE, -1, String.valueOf(e.getMessage()));
    }
  }

  private NodeReport look(Node node, BlockHeader head) {
    if (head.baseFee().signum() != 0) {
      return report(
          node,
          Fitness.WANTS_FEE,
          head.number(),
          "the base fee is " + head.baseFee() + " wei, want 0 (zeroBaseFee in the genesis file)");
    }
    Optional<Map.Entry<Long, Hash>> seen = known.upTo(head.number());
    if (seen.isPresent()) {
      long number = seen.get().getKey();
      Optional<Hash> hash = node.block(number).map(BlockHeader::hash);
      if (!hash.equals(Optional.of(seen.get().getValue()))) {
        return other(
            node,
            head.number(),
            "block " + number + " is " + hash.orElse(null) + ", it was " + seen.get().getValue());
      }
    }
    if (head.number() < known.newest()) {
      return behind(node, head, "we have seen block " + known.newest());
    }
    if (head.number() < chain.since()) {
      return behind(node, head, "the contracts came with block " + chain.since());
    }
    return node.hasCode(chain.contract())
        ? report(node, Fitness.FIT, head.number(), "")
        : other(node, head.number(), "no contract at " + chain.contract());
  }

  private static NodeReport behind(Node node, BlockHeader head, String detail) {
    return report(
        node,
        Fitness.BEHIND,
        head.number(),
        "its newest block is " + head.number() + ", " + detail);
  }

  private static NodeReport other(Node node, long head, String detail) {
    return report(node, Fitness.OTHER_CHAIN, head, detail);
  }

  private static NodeReport report(Node node, Fitness fitness, long head, String detail) {
    return new NodeReport(node.url(), fitness, head, detail);
  }
}
