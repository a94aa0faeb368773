package org.sillok.verify.chain;

import static org.sillok.evidence.Steps.failed;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sillok.evidence.ChainTroubleException;
import org.sillok.evidence.Publication;
import org.sillok.evidence.StepFailedException;
import org.sillok.evidence.Steps;
import org.sillok.ledger.Address;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.besu.abi.Events;
import org.sillok.ledger.besu.abi.LedgerEvent.CheckpointPublished;
import org.sillok.ledger.besu.abi.Views;
import org.sillok.ledger.besu.rpc.BlockHeader;
import org.sillok.ledger.besu.rpc.LedgerFile;
import org.sillok.ledger.besu.rpc.Message;
import org.sillok.ledger.besu.rpc.MinedTransaction;
import org.sillok.ledger.besu.rpc.Node;
import org.sillok.ledger.besu.rpc.NodeUnreachableException;
import org.sillok.merkle.Hash;
import org.sillok.note.VerifierKey;

/** What one node has to say about one publication. */
final class ChainSteps {

  static final String PIN = "--ledger";

  private final Node node;
  private final @Nullable LedgerFile ledger;
  private final Publication claimed;
  private final Receipt receipt;
  private final VerifierKey log;
  private final Steps steps;

  ChainSteps(
      Node node, @Nullable LedgerFile ledger, Publication claimed, VerifierKey log, Steps steps) {
    this.node = node;
    this.ledger = ledger;
    this.claimed = claimed;
    this.receipt = claimed.receipt();
    this.log = log;
    this.steps = steps;
  }

  /** In the order of docs/formats.md. */
  void take() throws StepFailedException, ChainTroubleException {
    chainId();
    BlockHeader head = head();
    genesis();
    Address hospitals = new ContractStep(node, ledger, receipt.contract(), steps).hospitals();
    block();
    publication(transaction());
    root();
    LogSteps logs = new LogSteps(node, claimed.log(), receipt.contract(), hospitals, steps);
    logs.record(log.name());
    logs.key(log, ledger == null ? 0 : ledger.block(), head.number());
  }

  private void chainId() throws StepFailedException {
    long got = node.chainId();
    if (ledger != null) {
      compare("chain", receipt.chainId(), ledger.chainId(), "the ledger file");
    }
    compare("chain id", got, receipt.chainId(), "the receipt");
  }

  /** A node that is behind could not know better, so nothing that it lacks is a failure. */
  private BlockHeader head() throws ChainTroubleException {
    BlockHeader head = node.latest();
    if (head.number() < receipt.blockNumber()) {
      throw new ChainTroubleException(
          node.url()
              + " is behind: it has "
              + head.number()
              + " blocks, the receipt names block "
              + receipt.blockNumber(),
          null);
    }
    steps.passed(
        "node",
        node.url() + " with block " + head.number() + " of " + head.time(),
        "block " + receipt.blockNumber() + " or a later one");
    return head;
  }

  private void genesis() throws StepFailedException {
    Hash got = header(0).hash();
    if (ledger == null) {
      steps.unpinned("genesis", "ledger", "block 0 is " + got, PIN);
    } else {
      compare("genesis", got, ledger.genesis(), "the ledger file");
    }
  }

  private void block() throws StepFailedException {
    BlockHeader block = header(receipt.blockNumber());
    compare(
        "block",
        block.hash() + " of " + block.time(),
        receipt.blockHash() + " of " + receipt.blockTime(),
        "the receipt");
  }

  private BlockHeader header(long number) {
    return node.block(number)
        .orElseThrow(() -> new NodeUnreachableException(node.url() + ": has no block " + number));
  }

  private MinedTransaction transaction() throws StepFailedException {
    String want =
        "a transaction to "
            + receipt.contract()
            + " that succeeded, in block "
            + receipt.blockNumber();
    Optional<MinedTransaction> found = node.mined(receipt.transaction());
    if (found.isEmpty()) {
      throw failed("transaction", "the chain has no " + receipt.transaction(), want);
    }
    MinedTransaction mined = found.get();
    String got =
        mined.hash()
            + " from "
            + mined.from()
            + " to "
            + mined.to()
            + (mined.succeeded() ? ", succeeded" : ", reverted")
            + ", in block "
            + mined.blockNumber();
    boolean same =
        mined.succeeded()
            && mined.hash().equals(receipt.transaction())
            && mined.to() != null
            && mined.to().equals(receipt.contract())
            && mined.blockNumber() == receipt.blockNumber()
            && mined.blockHash().equals(receipt.blockHash());
    steps.compare("transaction", got, want, same);
    return mined;
  }

  private void publication(MinedTransaction transaction) throws StepFailedException {
    String want = claimed.log() + " " + claimed.size() + ":" + claimed.root();
    List<String> got =
        transaction.logs().stream()
            .filter(event -> event.contract().equals(receipt.contract()))
            .flatMap(event -> Events.read(event).stream())
            .filter(CheckpointPublished.class::isInstance)
            .map(CheckpointPublished.class::cast)
            .map(published -> published.log() + " " + published.head())
            .toList();
    steps.compare(
        "publication",
        got.isEmpty() ? "no tree head" : String.join(", ", got),
        want,
        got.equals(List.of(want)));
  }

  private void root() throws StepFailedException {
    Message question =
        new Message(
            receipt.contract(),
            receipt.contract(),
            Views.checkpointAt(claimed.log(), claimed.size()));
    String name = "root at size " + claimed.size();
    Optional<Views.Accepted> accepted = Views.accepted(node.call(question));
    String want = claimed.root() + " in block " + receipt.blockNumber();
    String got = accepted.map(one -> one.root() + " in block " + one.block()).orElse("none");
    steps.compare(name, got, want, got.equals(want));
  }

  private void compare(String name, Object got, Object want, String of) throws StepFailedException {
    steps.compare(name, got.toString(), want + " of " + of, got.equals(want));
  }
}
