package org.sillok.ledger.besu;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.sillok.ledger.Address;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.LedgerUnavailableException;
import org.sillok.ledger.besu.abi.Calls;
import org.sillok.ledger.besu.abi.Refusals;
import org.sillok.ledger.besu.rpc.HttpTransport;
import org.sillok.ledger.besu.rpc.JsonRpc;
import org.sillok.ledger.besu.rpc.LedgerFile;
import org.sillok.ledger.besu.rpc.Message;
import org.sillok.ledger.besu.rpc.MinedTransaction;
import org.sillok.ledger.besu.rpc.Node;
import org.sillok.ledger.besu.rpc.NodeErrorException;
import org.sillok.ledger.besu.rpc.NodeUnreachableException;
import org.sillok.ledger.besu.rpc.RpcSettings;
import org.sillok.ledger.besu.rpc.SendAnswer;
import org.sillok.ledger.besu.sign.TransactionSigner;
import org.sillok.ledger.besu.sign.UnsignedTransaction;
import org.sillok.merkle.Hash;

/**
 * Creates a ledger on a chain, with its first members, in one transaction. The account that sends
 * it has no part in the ledger afterwards. Any node of the settings that is of the chain will do.
 */
public final class Deployment {

  private static final long POLL_MILLIS = 200;

  /** In bytes (EIP-3860). */
  private static final int LARGEST_INIT_CODE = 49_152;

  private final List<Node> nodes;
  private final Duration patience;

  public Deployment(RpcSettings settings, Duration patience) {
    HttpTransport transport = new HttpTransport(settings);
    this.nodes =
        settings.urls().stream().map(url -> new Node(new JsonRpc(transport, url))).toList();
    this.patience = patience;
  }

  /**
   * Plans and does it.
   *
   * @see #plan
   * @see #carryOut
   */
  public LedgerFile deploy(long chainId, TransactionSigner deployer, List<Hospital> founders) {
    return carryOut(plan(chainId, deployer, founders));
  }

  /**
   * Tries the deployment and signs it; nothing is sent.
   *
   * @param chainId which chain it must be, so that nobody deploys to a wrong one
   * @throws org.sillok.ledger.LedgerRefusedException if the founders share an id, address or origin
   * @throws IllegalArgumentException if the contracts do not take a founder's record, or there are
   *     so many that one transaction cannot hold them (EIP-3860): found with a few, admit the
   *     others
   * @throws LedgerUnavailableException if the chain is another one, or wants money
   */
  public DeploymentPlan plan(long chainId, TransactionSigner deployer, List<Hospital> founders) {
    Message message = new Message(deployer.account(), null, code(founders));
    return ask(
        chainId,
        node -> {
          long gas = node.estimateGas(message);
          return DeploymentPlan.of(
              chainId,
              founders(founders),
              deployer.sign(
                  new UnsignedTransaction(
                      chainId,
                      node.transactionCount(deployer.account()),
                      gas + gas / 10,
                      null,
                      message.data())));
        });
  }

  /** What {@link DeploymentPlan#founders} is for these. */
  public static Hash founders(List<Hospital> founders) {
    return Hash.of(org.web3j.crypto.Hash.sha3(code(founders).getBytes(US_ASCII)));
  }

  /**
   * Sends it and waits for its block. Done again, it goes on where it was: at most one ledger comes
   * of a plan.
   *
   * @throws LedgerUnavailableException if no block takes it in time; it may still happen
   */
  public LedgerFile carryOut(DeploymentPlan plan) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<LedgerFile> done = ask(plan.chainId(), node -> sent(plan, node));
      if (done.isPresent()) {
        return done.get();
      }
      if (System.nanoTime() - end >= 0) {
        throw new LedgerUnavailableException(
            "no block has the deployment " + plan.transaction() + " yet", null);
      }
      pause();
    }
  }

  private static Optional<LedgerFile> sent(DeploymentPlan plan, Node node) {
    Optional<MinedTransaction> mined = node.mined(plan.transaction());
    if (mined.isPresent()) {
      return Optional.of(file(plan.chainId(), mined.get(), node));
    }
    SendAnswer answer = plan.send(node);
    mined = node.mined(plan.transaction());
    if (mined.isPresent()) {
      return Optional.of(file(plan.chainId(), mined.get(), node));
    }
    if (answer == SendAnswer.NONCE_USED) {
      throw new LedgerUnavailableException(
          "the deployment "
              + plan.transaction()
              + " will never happen: its account has sent something else meanwhile",
          null);
    }
    if (answer != SendAnswer.TAKEN) {
      throw new LedgerUnavailableException("no node takes the deployment: " + answer, null);
    }
    return Optional.empty();
  }

  /** Asks the first node of the chain that answers. */
  private <T> T ask(long chainId, Function<Node, T> question) {
    List<String> reasons = new ArrayList<>();
    for (Node node : nodes) {
      try {
        requireChain(node, chainId);
        return question.apply(node);
      } catch (NodeErrorException e) {
        if (e.isRevert()) {
          Refusals.read(e.data())
              .ifPresent(
                  refusal -> {
                    throw refusal;
                  });
        }
        reasons.add(node.url() + ": " + e.getMessage());
      } catch (NodeUnreachableException e) {
        reasons.add(String.valueOf(e.getMessage()));
      }
    }
    throw new LedgerUnavailableException(
        "the contracts were not deployed: " + String.join("; ", reasons), null);
  }

  private static String code(List<Hospital> founders) {
    String code = Calls.deploy(founders);
    if (code.length() > 2 + 2 * LARGEST_INIT_CODE) {
      throw new IllegalArgumentException(
          founders.size()
              + " founders do not fit into one transaction; found with a few and admit the others");
    }
    return code;
  }

  private static void requireChain(Node node, long chainId) {
    long got = node.chainId();
    if (got != chainId) {
      throw new NodeUnreachableException(
          node.url() + " is a node of chain " + got + ", want " + chainId);
    }
    if (node.latest().baseFee().signum() != 0) {
      throw new NodeUnreachableException(
          node.url() + ": gas is not free on this chain (zeroBaseFee in the genesis file)");
    }
  }

  private static LedgerFile file(long chainId, MinedTransaction mined, Node node) {
    Address hospitals = mined.created();
    if (!mined.succeeded() || hospitals == null) {
      throw new LedgerUnavailableException("the deployment " + mined.hash() + " failed", null);
    }
    return new LedgerFile(
        chainId,
        node.block(0).orElseThrow().hash(),
        hospitals,
        address(node, new Message(mined.from(), hospitals, Calls.checkpoints())),
        address(node, new Message(mined.from(), hospitals, Calls.consents())),
        mined.blockNumber());
  }

  private static Address address(Node node, Message question) {
    byte[] word = node.call(question);
    return Address.of(Arrays.copyOfRange(word, word.length - Address.SIZE, word.length));
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerUnavailableException("interrupted while waiting for a block", e);
    }
  }
}
