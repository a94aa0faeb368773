package org.sillok.ledger.besu.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sillok.ledger.besu.rpc.NodeReport.Fitness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chain's nodes, of which one is asked until it fails: then all are looked at, and the first in
 * the order of the settings that is of our chain and not behind takes over. Thread-safe.
 */
public final class Nodes {

  private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);

  /** Nodes of one chain are always a block or two apart. */
  private static final long APART = 2;

  private final List<Node> nodes;
  private final Probe probe;
  private volatile @Nullable Node current;
  private volatile List<NodeReport> reports = List.of();

  public Nodes(RpcSettings settings, ChainIdentity chain, KnownBlocks known) {
    HttpTransport transport = new HttpTransport(settings);
    this.nodes =
        settings.urls().stream().map(url -> new Node(new JsonRpc(transport, url))).toList();
    this.probe = new Probe(chain, known);
  }

  /**
   * Asks the present node, and others if it fails. All calls of one question go to the same node,
   * and may be repeated.
   *
   * @throws NodeErrorException the node's own refusal; another node would say the same
   * @throws NodeUnreachableException if no node can be used; says for each why
   */
  public <T> T ask(Function<Node, T> question) {
    NodeUnreachableException failure = null;
    for (int attempt = 0; attempt <= nodes.size(); attempt++) {
      Node node = current(failure);
      try {
        return question.apply(node);
      } catch (NodeUnreachableException e) {
        failure = e;
        leave(node);
      }
    }
    throw Objects.requireNonNull(failure);
  }

  /** What the last look at the nodes came to, in the order of the settings. */
  public List<NodeReport> reports() {
    return reports;
  }

  /** Looks at all nodes now, and stays with the present one only if it is fit. */
  public synchronized void reconsider() {
    Node before = current;
    current = null;
    Node now = select(null);
    if (before != null && now != before) {
      LOG.info(
          "The chain is now followed through {}, no longer through {}", now.url(), before.url());
    }
  }

  private synchronized void leave(Node node) {
    if (node == current) {
      current = null;
    }
  }

  private synchronized Node current(@Nullable NodeUnreachableException failure) {
    Node node = current;
    return node != null ? node : select(failure);
  }

  private Node select(@Nullable NodeUnreachableException failure) {
    List<NodeReport> looks = nodes.stream().map(probe::look).toList();
    long highest = looks.stream().filter(Nodes::isFit).mapToLong(NodeReport::head).max().orElse(-1);
    List<NodeReport> judged =
        looks.stream()
            .map(look -> judged(look, highest))
            .collect(Collectors.toCollection(ArrayList::new));
    reports = List.copyOf(judged);
    for (int i = 0; i < judged.size(); i++) {
      if (isFit(judged.get(i))) {
        Node node = nodes.get(i);
        current = node;
        return node;
      }
    }
    throw new NodeUnreachableException("no node can be used: " + summary(judged), failure);
  }

  private static NodeReport judged(NodeReport look, long highest) {
    return isFit(look) && look.head() < highest - APART
        ? new NodeReport(look.url(), Fitness.BEHIND, look.head(), "others have block " + highest)
        : look;
  }

  private static boolean isFit(NodeReport report) {
    return report.fitness() == Fitness.FIT;
  }

  private static String summary(List<NodeReport> reports) {
    return reports.stream()
        .map(report -> report.url() + " " + report.fitness() + " (" + report.detail() + ")")
        .collect(Collectors.joining("; "));
  }
}
