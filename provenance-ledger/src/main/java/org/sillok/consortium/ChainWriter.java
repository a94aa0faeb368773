package org.sillok.consortium;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sillok.ledger.Address;
import org.sillok.ledger.LedgerRefusedException;
import org.sillok.ledger.LedgerUnavailableException;
import org.sillok.ledger.besu.abi.Refusals;
import org.sillok.ledger.besu.rpc.Message;
import org.sillok.ledger.besu.rpc.MinedTransaction;
import org.sillok.ledger.besu.rpc.Node;
import org.sillok.ledger.besu.rpc.NodeErrorException;
import org.sillok.ledger.besu.rpc.NodeUnreachableException;
import org.sillok.ledger.besu.rpc.SendAnswer;
import org.sillok.ledger.besu.sign.TransactionSigner;
import org.sillok.ledger.besu.sign.UnsignedTransaction;

/**
 * Sends one transaction at a time for a person who waits for it. Nothing is stored: after trouble,
 * look whether it has happened and do it again. Not thread-safe.
 */
public final class ChainWriter {

  private static final Duration POLL = Duration.ofMillis(300);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Node node;
  private final long chainId;
  private final TransactionSigner signer;

  /**
   * @param chainId what the signature is for
   */
  public ChainWriter(Node node, long chainId, TransactionSigner signer) {
    this.node = node;
    this.chainId = chainId;
    this.signer = signer;
  }

  public Address account() {
    return signer.account();
  }

  /**
   * Tries the transaction, sends it, and waits for its block.
   *
   * @param contract null to create one
   * @param data in hexadecimal, with 0x
   * @throws LedgerRefusedException if a rule forbids it; nothing was changed
   * @throws LedgerUnavailableException if it is not in a block, as far as is known
   */
  public MinedTransaction send(@Nullable Address contract, String data) {
    Message message = new Message(signer.account(), contract, data);
    try {
      node.call(message);
      long gas = node.estimateGas(message) * 3 / 2 + 50_000;
      long nonce = node.transactionCount(signer.account());
      var signed = signer.sign(new UnsignedTransaction(chainId, nonce, gas, contract, data));
      return await(signed.hash(), signed.toBytes());
    } catch (NodeErrorException e) {
      throw refusal(e);
    } catch (NodeUnreachableException e) {
      throw new LedgerUnavailableException(String.valueOf(e.getMessage()), e);
    }
  }

  private MinedTransaction await(org.sillok.merkle.Hash hash, byte[] signed) {
    for (long left = PATIENCE.toMillis(); left > 0; left -= POLL.toMillis()) {
      require(node.send(signed), hash);
      pause();
      Optional<MinedTransaction> mined = node.mined(hash);
      if (mined.isPresent()) {
        return succeeded(mined.get());
      }
    }
    throw new LedgerUnavailableException(
        "no block has transaction " + hash + " after " + PATIENCE.toSeconds() + " s", null);
  }

  private void require(SendAnswer answer, org.sillok.merkle.Hash hash) {
    switch (answer) {
      case TAKEN -> {}
      case NONCE_USED -> {
        if (node.mined(hash).isEmpty()) {
          throw new LedgerUnavailableException(
              "somebody else has just sent a transaction from " + account(), null);
        }
      }
      case WANTS_FEE ->
          throw new LedgerUnavailableException(
              "the node wants a fee, but the ledger needs a chain with free gas: zeroBaseFee in the"
                  + " genesis file, min-gas-price=0 at every node",
              null);
      case NONCE_HELD, GAP, NEVER, NOT_NOW ->
          throw new LedgerUnavailableException(
              "the node does not take transactions of " + account() + ": " + answer, null);
    }
  }

  private static MinedTransaction succeeded(MinedTransaction mined) {
    if (!mined.succeeded()) {
      throw new LedgerUnavailableException(
          "transaction "
              + mined.hash()
              + " was reverted in block "
              + mined.blockNumber()
              + ": something else came first; look again",
          null);
    }
    return mined;
  }

  private static RuntimeException refusal(NodeErrorException e) {
    Optional<LedgerRefusedException> refused =
        e.isRevert() ? Refusals.read(e.data()) : Optional.empty();
    return refused.isPresent()
        ? refused.get()
        : new LedgerUnavailableException(String.valueOf(e.getMessage()), e);
  }

  private static void pause() {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerUnavailableException("interrupted while waiting for a block", e);
    }
  }
}
