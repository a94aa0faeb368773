package org.sillok.ledger.besu.rpc;

import java.util.Map;
import java.util.Optional;
import org.sillok.ledger.besu.rpc.NodeReport.Fitness;
import org.sillok.merkle.Hash;

/** A look at one node: is it of our chain, and how far has it come? Thread-safe. */
final class Probe {

  private final ChainIdentity chain;
  private final KnownBlocks known;
  private final Seals seals;
  private volatile boolean headsAreProven;

  Probe(ChainIdentity chain, KnownBlocks known, Seals seals) {
    this.chain = chain;
    this.known = known;
    this.seals = seals;
  }

  /** Whether a fit node's head has the validators' seals, so that it is not just a claim. */
  boolean headsAreProven() {
    return headsAreProven;
  }

  NodeReport look(Node node) {
    try {
      long chainId = node.chainId();
      if (chainId != chain.chainId()) {
        return other(node, -1, "chain id is " + chainId + ", want " + chain.chainId());
      }
      Optional<Header> genesis = node.header(0);
      Optional<Hash> hash = genesis.map(Header::hash);
      if (genesis.isEmpty() || !hash.equals(Optional.of(chain.genesis()))) {
        return other(node, -1, "block 0 is " + hash.orElse(null) + ", want " + chain.genesis());
      }
      headsAreProven = Seals.areOn(genesis.get());
      return look(node, genesis.get(), node.latestHeader());
    } catch (RpcException e) {
      return report(node, Fitness.UNREACHABLE, -1, String.valueOf(e.getMessage()));
    }
  }

  private NodeReport look(Node node, Header genesis, Header head) {
    if (head.block().baseFee().signum() != 0) {
      return report(
          node,
          Fitness.WANTS_FEE,
          head.number(),
          "the base fee is "
              + head.block().baseFee()
              + " wei, want 0 (zeroBaseFee in the genesis file)");
    }
    Header trusted = genesis;
    Optional<Map.Entry<Long, Hash>> seen = known.upTo(head.number());
    if (seen.isPresent()) {
      long number = seen.get().getKey();
      Optional<Header> now = node.header(number);
      if (now.isEmpty() || !now.get().hash().equals(seen.get().getValue())) {
        return other(
            node,
            head.number(),
            "block "
                + number
                + " is "
                + now.map(Header::hash).orElse(null)
                + ", it was "
                + seen.get().getValue());
      }
      trusted = now.get();
    }
    seals.require(node, trusted, head);
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

  private static NodeReport behind(Node node, Header head, String detail) {
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
