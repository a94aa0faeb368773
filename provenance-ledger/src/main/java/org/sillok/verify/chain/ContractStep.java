package org.sillok.verify.chain;

import static org.sillok.evidence.Steps.failed;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sillok.evidence.StepFailedException;
import org.sillok.evidence.Steps;
import org.sillok.ledger.Address;
import org.sillok.ledger.besu.abi.ContractCode;
import org.sillok.ledger.besu.abi.RuntimeCode;
import org.sillok.ledger.besu.abi.RuntimeCode.Immutables;
import org.sillok.ledger.besu.rpc.LedgerFile;
import org.sillok.ledger.besu.rpc.Node;

/**
 * Whether the receipt's contract is the registry of tree heads: at the address that the members
 * agreed on, with the code that was compiled, and tied to a registry of hospitals of which the same
 * holds and which is tied to it.
 */
final class ContractStep {

  private final Node node;
  private final @Nullable LedgerFile ledger;
  private final Address contract;
  private final Steps steps;

  ContractStep(Node node, @Nullable LedgerFile ledger, Address contract, Steps steps) {
    this.node = node;
    this.ledger = ledger;
    this.contract = contract;
    this.steps = steps;
  }

  /** The registry of hospitals that decides who may publish there. */
  Address hospitals() throws StepFailedException {
    address("contract", contract, ledger == null ? null : ledger.checkpoints());
    Address hospitals = tie(ContractCode.CHECKPOINTS, contract, "_hospitals");
    address("hospital registry", hospitals, ledger == null ? null : ledger.hospitals());
    Address back = tie(ContractCode.HOSPITALS, hospitals, "_checkpoints");
    steps.compare(
        "registries", back.toString(), contract + " of the receipt", back.equals(contract));
    return hospitals;
  }

  private void address(String name, Address got, @Nullable Address want)
      throws StepFailedException {
    if (want == null) {
      steps.unpinned(name, "ledger", got.toString(), ChainSteps.PIN);
    } else {
      steps.compare(name, got.toString(), want + " of the ledger file", got.equals(want));
    }
  }

  /** The address that is built into a contract whose code is as compiled. */
  private Address tie(String name, Address at, String variable) throws StepFailedException {
    byte[] code = node.code(at);
    Optional<Immutables> immutables = RuntimeCode.of(name).immutables(code);
    String want = "the compiled " + name;
    if (immutables.isEmpty()) {
      throw failed(
          "contract code",
          code.length == 0 ? "no contract at " + at : code.length + " other bytes at " + at,
          want);
    }
    Address tied =
        immutables
            .get()
            .contract(variable)
            .orElseThrow(() -> failed("contract code", "tied to nothing", want));
    steps.passed("contract code", name + " at " + at + ", tied to " + tied, want);
    return tied;
  }
}
