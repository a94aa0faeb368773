package org.sillok.ledger.besu;

import java.util.Map;
import java.util.Optional;
import org.sillok.ledger.Address;
import org.sillok.ledger.LedgerUnavailableException;
import org.sillok.ledger.besu.abi.ContractCode;
import org.sillok.ledger.besu.abi.RuntimeCode;
import org.sillok.ledger.besu.rpc.LedgerFile;
import org.sillok.ledger.besu.rpc.Node;
import org.sillok.ledger.besu.rpc.Nodes;
import org.sillok.ledger.besu.rpc.RpcException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the contracts at a ledger file's addresses are the ones that this program was built for,
 * tied to each other. A contract's code never changes, so it is looked at once. Thread-safe.
 */
public final class DeployedCode {

  private static final Logger LOG = LoggerFactory.getLogger(DeployedCode.class);

  private final Nodes nodes;
  private final LedgerFile file;
  private volatile boolean right;
  private volatile boolean said;

  DeployedCode(Nodes nodes, LedgerFile file) {
    this.nodes = nodes;
    this.file = file;
  }

  /**
   * @throws LedgerUnavailableException if other code is there; not if no node can be asked now
   */
  void require() {
    if (right) {
      return;
    }
    Optional<String> wrong;
    try {
      wrong = nodes.ask(node -> wrong(node, file));
    } catch (RpcException e) {
      return; // Whoever asks the chain next says so.
    }
    if (wrong.isPresent()) {
      if (!said) {
        LOG.error("Nothing is read from or written to this ledger: {}", wrong.get());
        said = true;
      }
      throw new LedgerUnavailableException(wrong.get(), null);
    }
    right = true;
  }

  /** What is wrong with the contracts, as this node has them. */
  public static Optional<String> wrong(Node node, LedgerFile file) {
    return tied(
            node,
            ContractCode.HOSPITALS,
            file.hospitals(),
            Map.of("_checkpoints", file.checkpoints(), "_consents", file.consents()))
        .or(
            () ->
                tied(
                    node,
                    ContractCode.CHECKPOINTS,
                    file.checkpoints(),
                    Map.of("_hospitals", file.hospitals())))
        .or(
            () ->
                tied(
                    node,
                    ContractCode.CONSENTS,
                    file.consents(),
                    Map.of("_hospitals", file.hospitals())));
  }

  private static Optional<String> tied(
      Node node, String contract, Address at, Map<String, Address> ties) {
    byte[] code = node.code(at);
    Optional<RuntimeCode.Immutables> immutables = RuntimeCode.of(contract).immutables(code);
    if (immutables.isEmpty()) {
      return Optional.of(
          (code.length == 0 ? "there is no contract" : "there are " + code.length + " other bytes")
              + " at "
              + at
              + ", want the "
              + contract
              + " of this version: is it the members' ledger.json?");
    }
    return ties.entrySet().stream()
        .filter(tie -> !immutables.get().contract(tie.getKey()).equals(Optional.of(tie.getValue())))
        .findFirst()
        .map(
            tie ->
                "the "
                    + contract
                    + " at "
                    + at
                    + " is tied to "
                    + immutables.get().contract(tie.getKey()).map(Address::toString).orElse("none")
                    + ", the ledger file has "
                    + tie.getValue());
  }
}
