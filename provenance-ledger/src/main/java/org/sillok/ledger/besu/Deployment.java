package org.sillok.ledger.besu;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
import org.sillok.ledger.besu.rpc.RpcException;
import org.sillok.ledger.besu.rpc.RpcSettings;
import org.sillok.ledger.besu.rpc.SendAnswer;
import org.sillok.ledger.besu.sign.SignedTransaction;
import org.sillok.ledger.besu.sign.TransactionSigner;
import org.sillok.ledger.besu.sign.UnsignedTransaction;

/**
 * Creates a ledger on a chain, with its first members, in one transaction. The account that sends
 * it has no part in the ledger afterwards.
 */
public final class Deployment {

  private static final long POLL_MILLIS = 200;

  /** In bytes (EIP-3860). */
  private static final int LARGEST_INIT_CODE = 49_152;

  private final Node node;
  private final Duration patience;

  /** Through the first URL of the settings. */
  public Deployment(RpcSettings settings, Duration patience) {
    this.node = new Node(new JsonRpc(new HttpTransport(settings), settings.urls().get(0)));
    this.patience = patience;
  }

  /**
   * @param chainId which chain it must be, so that nobody deploys to a wrong one
   * @throws org.sillok.ledger.LedgerRefusedException if the founders share an id, address or origin
   * @throws IllegalArgumentException if the contracts do not take a founder's record, or there are
   *     so many that one transaction cannot hold them (EIP-3860): found with a few, admit the
   *     others
   * @throws LedgerUnavailableException if the chain is another one, wants money, or no block takes
   *     it in time
   */
  public LedgerFile deploy(long chainId, TransactionSigner deployer, List<Hospital> founders) {
    try {
      requireChain(chainId);
      Message message = new Message(deployer.account(), null, code(founders));
      long gas = node.estimateGas(message);
      SignedTransaction signed =
          deployer.sign(
              new UnsignedTransaction(
                  chainId,
                  node.transactionCount(deployer.account()),
                  gas + gas / 10,
                  null,
                  message.data()));
      return file(chainId, mined(signed));
    } catch (NodeErrorException e) {
      if (e.isRevert()) {
        Refusals.read(e.data())
            .ifPresent(
                refusal -> {
                  throw refusal;
                });
      }
      throw unavailable(e);
    } catch (RpcException e) {
      throw unavailable(e);
    }
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

  private static LedgerUnavailableException unavailable(RpcException e) {
    return new LedgerUnavailableException("the contracts were not deployed: " + e.getMessage(), e);
  }

  private void requireChain(long chainId) {
    long got = node.chainId();
    if (got != chainId) {
      throw new LedgerUnavailableException(
          node.url() + " is a node of chain " + got + ", want " + chainId, null);
    }
    if (node.latest().baseFee().signum() != 0) {
      throw new LedgerUnavailableException(
          "gas is not free on this chain (zeroBaseFee in the genesis file)", null);
    }
  }

  private MinedTransaction mined(SignedTransaction signed) {
    long end = System.nanoTime() + patience.toNanos();
    SendAnswer answer = node.send(signed.toBytes());
    while (answer == SendAnswer.TAKEN || answer == SendAnswer.NONCE_USED) {
      Optional<MinedTransaction> mined = node.mined(signed.hash());
      if (mined.isPresent()) {
        return mined.get();
      }
      if (System.nanoTime() - end >= 0) {
        throw new LedgerUnavailableException(
            "no block has the deployment " + signed.hash() + " yet", null);
      }
      pause();
    }
    throw new LedgerUnavailableException("the node does not take the deployment: " + answer, null);
  }

  private LedgerFile file(long chainId, MinedTransaction mined) {
    Address hospitals = mined.created();
    if (!mined.succeeded() || hospitals == null) {
      throw new LedgerUnavailableException("the deployment " + mined.hash() + " failed", null);
    }
    return new LedgerFile(
        chainId,
        node.block(0).orElseThrow().hash(),
        hospitals,
        address(new Message(mined.from(), hospitals, Calls.checkpoints())),
        address(new Message(mined.from(), hospitals, Calls.consents())),
        mined.blockNumber());
  }

  private Address address(Message question) {
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
