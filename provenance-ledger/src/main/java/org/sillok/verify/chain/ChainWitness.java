package org.sillok.verify.chain;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sillok.evidence.ChainCheck;
import org.sillok.evidence.ChainTroubleException;
import org.sillok.evidence.Publication;
import org.sillok.evidence.StepFailedException;
import org.sillok.evidence.Steps;
import org.sillok.ledger.besu.rpc.HttpTransport;
import org.sillok.ledger.besu.rpc.JsonRpc;
import org.sillok.ledger.besu.rpc.LedgerFile;
import org.sillok.ledger.besu.rpc.Node;
import org.sillok.ledger.besu.rpc.RpcException;
import org.sillok.ledger.besu.rpc.RpcSettings;
import org.sillok.note.VerifierKey;

/** Asks nodes of a chain, each of which has to confirm everything. Thread-safe. */
public final class ChainWitness implements ChainCheck {

  private final List<Node> nodes;
  private final @Nullable LedgerFile ledger;

  private ChainWitness(List<Node> nodes, @Nullable LedgerFile ledger) {
    this.nodes = nodes;
    this.ledger = ledger;
  }

  /**
   * @param ledger on which ledger it has to be; null to take that from the evidence
   */
  public static ChainWitness of(RpcSettings settings, @Nullable LedgerFile ledger) {
    HttpTransport transport = new HttpTransport(settings);
    return new ChainWitness(
        settings.urls().stream().map((URI url) -> new Node(new JsonRpc(transport, url))).toList(),
        ledger);
  }

  @Override
  public void check(Publication claimed, VerifierKey log, Steps steps)
      throws StepFailedException, ChainTroubleException {
    for (Node node : nodes) {
      try {
        new ChainSteps(node, ledger, claimed, log, steps).take();
      } catch (RpcException | IllegalArgumentException e) {
        // The latter: what it says has not the form of these contracts' values.
        throw new ChainTroubleException(node.url() + ": " + e.getMessage(), e);
      }
    }
  }
}
