package org.sillok.ledger.besu.rpc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sillok.ledger.besu.rpc.NodeReport.Fitness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chain's nodes, in the order of the settings. One is asked until it fails or is found to be
 * behind; then the next one, until a node further up is well again. Thread-safe.
 */
public final class Nodes {

  private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);

  /** Nodes of one chain are always a block or two apart. */
  private static final long APART = 2;

  /** How long another node than the first is asked before all are looked at again. */
  private static final Duration AWAY = Duration.ofSeconds(30);

  private final List<Node> nodes;
  private final Seals seals;
  private final Probe probe;
  private final Duration away;
  private volatile @Nullable Node current;
  private volatile long lookedAt = System.nanoTime();
  private volatile List<NodeReport> reports = List.of();

  public Nodes(RpcSettings settings, ChainIdentity chain, KnownBlocks known) {
    this(settings, chain, known, AWAY);
  }

  Nodes(RpcSettings settings, ChainIdentity chain, KnownBlocks known, Duration away) {
    HttpTransport transport = new HttpTransport(settings);
    this.nodes =
        settings.urls().stream().map(url -> new Node(new JsonRpc(transport, url))).toList();
    this.seals = new Seals(chain.validators());
    this.probe = new Probe(chain, known, seals);
    this.away = away;
  }

  /** Who may seal this chain's blocks. */
  public Seals seals() {
    return seals;
  }

  /**
   * Asks the present node, and others if it fails or has an error of its own. All calls of one
   * question go to the same node, and may be repeated.
   *
   * @throws NodeErrorException the contract's refusal, of which another node would say the same; or
   *     the error of the last node
   * @throws NodeUnreachableException if no node can be used; says for each why
   */
  public <T> T ask(Function<Node, T> question) {
    RpcException failure = null;
    Set<Node> failed = new HashSet<>();
    for (int attempt = 0; attempt <= nodes.size(); attempt++) {
      Node node = current(failed, failure);
      try {
        return question.apply(node);
      } catch (NodeErrorException e) {
        if (e.isRevert()) {
          throw e;
        }
        failure = e;
      } catch (NodeUnreachableException e) {
        failure = e;
      }
      failed.add(node);
      leave(node);
    }
    throw Objects.requireNonNull(failure);
  }

  /** What the last look at the nodes came to, in the order of the settings. */
  public List<NodeReport> reports() {
    return reports;
  }

  /** Whether a node further up has been left alone for so long that it may be well again. */
  public boolean isTimeToReturn() {
    Node node = current;
    return node != null && node != nodes.get(0) && System.nanoTime() - lookedAt > away.toNanos();
  }

  /** Looks at all nodes now, and goes on with the first that is fit. */
  public void reconsider() {
    Node before = current;
    try {
      Node now = select(Set.of(), null);
      if (before != null && now != before) {
        LOG.info(
            "The chain is now followed through {}, no longer through {}", now.url(), before.url());
      }
    } catch (NodeUnreachableException e) {
      current = null;
      throw e;
    }
  }

  private synchronized void leave(Node node) {
    if (node == current) {
      current = null;
    }
  }

  private Node current(Set<Node> failed, @Nullable RpcException failure) {
    Node node = current;
    return node != null && !failed.contains(node) ? node : select(failed, failure);
  }

  private Node select(Set<Node> failed, @Nullable RpcException failure) {
    List<NodeReport> judged = judged(nodes.stream().map(probe::look).toList());
    reports = judged;
    lookedAt = System.nanoTime();
    List<Node> fit = new ArrayList<>();
    for (int i = 0; i < judged.size(); i++) {
      if (isFit(judged.get(i))) {
        fit.add(nodes.get(i));
      }
    }
    if (fit.isEmpty()) {
      throw new NodeUnreachableException("no node can be used: " + summary(judged), failure);
    }
    Node chosen =
        fit.stream().filter(node -> !failed.contains(node)).findFirst().orElse(fit.get(0));
    current = chosen;
    return chosen;
  }

  /** A head that anybody can claim makes no other node one that is behind. */
  private List<NodeReport> judged(List<NodeReport> looks) {
    if (!probe.headsAreProven()) {
      return looks;
    }
    long highest = looks.stream().filter(Nodes::isFit).mapToLong(NodeReport::head).max().orElse(-1);
    return looks.stream().map(look -> judged(look, highest)).toList();
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
