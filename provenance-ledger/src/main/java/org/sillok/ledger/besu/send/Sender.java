package org.sillok.ledger.besu.send;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.sql.DataSource;
import org.sillok.ledger.Address;
import org.sillok.ledger.LedgerRefusedException;
import org.sillok.ledger.LedgerUnavailableException;
import org.sillok.ledger.besu.abi.Refusals;
import org.sillok.ledger.besu.rpc.MinedTransaction;
import org.sillok.ledger.besu.rpc.Node;
import org.sillok.ledger.besu.rpc.NodeErrorException;
import org.sillok.ledger.besu.rpc.Nodes;
import org.sillok.ledger.besu.rpc.RpcException;
import org.sillok.ledger.besu.rpc.SendAnswer;
import org.sillok.ledger.besu.sign.SigningException;
import org.sillok.ledger.besu.sign.TransactionSigner;
import org.sillok.ledger.besu.sign.UnsignedTransaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends writes and waits for their blocks. A write is tried with {@code eth_call} first, so that a
 * rule refuses it before anything is signed. It is signed and stored once; from then on the same
 * bytes are sent until a block has them or the chain has used their nonce for something else. What
 * is in flight when a process dies is sent again by {@link #resend}, there or on another server.
 * Thread-safe.
 */
public final class Sender {

  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

  /** How often a write is made anew after its nonce went to something else. */
  private static final int ATTEMPTS = 5;

  private static final int LOOKS = 8;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  private final Nodes nodes;
  private final Journal journal;
  private final Function<Address, Optional<TransactionSigner>> signers;
  private final long chainId;
  private final int confirmations;
  private final SendSettings settings;
  private final Set<Address> announced = ConcurrentHashMap.newKeySet();

  public Sender(
      Nodes nodes,
      DataSource database,
      java.time.InstantSource clock,
      Function<Address, Optional<TransactionSigner>> signers,
      long chainId,
      int confirmations,
      SendSettings settings) {
    this.nodes = nodes;
    this.journal = new Journal(database, clock);
    this.signers = signers;
    this.chainId = chainId;
    this.confirmations = confirmations;
    this.settings = settings;
  }

  /** What a write in flight came to. */
  private enum Fate {
    MINED,
    REVERTED,
    LOST
  }

  private record Settled(Fate fate, Optional<MinedTransaction> mined) {}

  /**
   * Tries a write without sending it.
   *
   * @throws LedgerRefusedException if a rule forbids it now
   * @throws LedgerUnavailableException if no node can be asked
   */
  public void attempt(Write write) {
    ask(node -> node.call(write.message()));
  }

  /**
   * Sends a write, unless another one is in its lane, and waits for the one that is then in flight.
   *
   * @param seen the block up to which the writer knows what its lane has done: a write that a later
   *     block has counts as one in flight
   * @return where it stands; empty if what was in flight was not this write or got lost: look
   *     whether the write is still wanted, and do this again
   * @throws LedgerRefusedException if a rule forbids it, before or after sending
   * @throws LedgerUnavailableException if it is not in a block in time; it is then still sent
   *     again, or was never stored
   * @throws IllegalArgumentException if there is no key for the sender
   */
  public Optional<MinedTransaction> send(Write write, long seen) {
    TransactionSigner signer =
        signers
            .apply(write.sender())
            .orElseThrow(
                () -> new IllegalArgumentException("no key for the account " + write.sender()));
    attempt(write);
    Journal.Stored stored = store(write, seen, signer);
    Settled settled = settle(stored.pending());
    if (!stored.isNew() || settled.fate() == Fate.LOST) {
      return Optional.empty();
    }
    if (settled.fate() == Fate.REVERTED) {
      throw reverted(write, settled.mined().orElseThrow());
    }
    return settled.mined();
  }

  /** Sends a write that has no lane, if need be several times with other nonces. */
  public MinedTransaction sendSurely(Write write) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<MinedTransaction> mined = send(write, Long.MAX_VALUE);
      if (mined.isPresent()) {
        return mined.get();
      }
    }
    throw new LedgerUnavailableException(
        "somebody else keeps sending with the key of "
            + write.sender()
            + ", or no node takes what it signs",
        null);
  }

  /**
   * Looks after whatever is in flight, from whichever process it came. Call it every so often.
   *
   * @return how many transactions are still in flight
   */
  public int resend() {
    int inFlight = 0;
    for (Address account : journal.busy()) {
      for (Pending pending : journal.pending(account)) {
        look(pending);
      }
      List<Pending> left = journal.pending(account);
      if (!left.isEmpty()) {
        ask(node -> hand(node, left));
      }
      inFlight += left.size();
    }
    return inFlight;
  }

  /** Forgets transactions that were settled and are older than this. */
  public void prune(java.time.Instant before) {
    journal.prune(before);
  }

  private Journal.Stored store(Write write, long seen, TransactionSigner signer) {
    if (announced.add(write.sender())) {
      journal.announce(write.sender());
    }
    long gas = gas(ask(node -> node.estimateGas(write.message())));
    long next = ask(node -> node.transactionCount(write.sender()));
    try {
      return journal.store(
          write.sender(),
          write.lane(),
          seen,
          next,
          nonce ->
              signer.sign(
                  new UnsignedTransaction(chainId, nonce, gas, write.contract(), write.data())));
    } catch (SigningException e) {
      throw new LedgerUnavailableException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Gas is free, and another block may cost a little more. */
  private static long gas(long estimate) {
    return estimate + estimate / 2 + 50_000;
  }

  private Settled settle(Pending pending) {
    long end = System.nanoTime() + settings.patience().toNanos();
    long sendAt = System.nanoTime();
    while (true) {
      LedgerUnavailableException trouble = null;
      try {
        if (System.nanoTime() - sendAt >= 0) {
          sendAt = System.nanoTime() + settings.resend().toNanos();
          if (!handIn(pending)) {
            return new Settled(Fate.LOST, Optional.empty());
          }
        }
        Optional<Settled> settled = look(pending);
        if (settled.isPresent()) {
          return settled.get();
        }
      } catch (LedgerUnavailableException e) {
        trouble = e;
      }
      if (System.nanoTime() - end >= 0) {
        throw new LedgerUnavailableException(
            "no block has transaction " + pending.hash() + " yet; it is sent again", trouble);
      }
      pause(settings.poll());
    }
  }

  /** False if no node will ever take it: it is given up. */
  private boolean handIn(Pending pending) {
    List<Pending> upToThis =
        journal.pending(pending.account()).stream()
            .filter(each -> each.nonce() <= pending.nonce())
            .toList();
    SendAnswer answer = ask(node -> hand(node, upToThis));
    if (answer == SendAnswer.NEVER) {
      LOG.error(
          "Transaction {} will never be taken by a node; it is dropped. Check chain id, gas limits"
              + " and versions",
          pending.hash());
      journal.lost(pending);
      return false;
    }
    if (answer == SendAnswer.WANTS_FEE || answer == SendAnswer.NONCE_HELD) {
      throw new LedgerUnavailableException("the chain does not take it: " + answer, null);
    }
    return true;
  }

  /** In the order of their nonces; what the last one's answer means. */
  private static SendAnswer hand(Node node, List<Pending> pending) {
    SendAnswer answer = SendAnswer.TAKEN;
    for (Pending each : pending) {
      answer = node.send(each.signed());
    }
    return answer;
  }

  /**
   * Empty while it may still be mined. A nonce that was used in a block, while this node has no
   * receipt of ours, was used by something else.
   */
  private Optional<Settled> look(Pending pending) {
    return ask(
        node -> {
          long counts = node.latest().number() - confirmations;
          if (counts < 0) {
            return Optional.empty();
          }
          boolean used = node.transactionCount(pending.account(), counts) > pending.nonce();
          Optional<MinedTransaction> mined = node.mined(pending.hash());
          if (mined.isPresent()) {
            return mined.filter(in -> in.blockNumber() <= counts).map(in -> settled(pending, in));
          }
          return used && isSurelyAbsent(node, pending)
              ? Optional.of(lost(pending))
              : Optional.empty();
        });
  }

  /** A node may have a block before it has the block's receipts. */
  private static boolean isSurelyAbsent(Node node, Pending pending) {
    for (int i = 0; i < LOOKS; i++) {
      pause(BETWEEN_LOOKS);
      if (node.mined(pending.hash()).isPresent()) {
        return false;
      }
    }
    return true;
  }

  private Settled settled(Pending pending, MinedTransaction mined) {
    journal.mined(pending, mined);
    return new Settled(mined.succeeded() ? Fate.MINED : Fate.REVERTED, Optional.of(mined));
  }

  private Settled lost(Pending pending) {
    LOG.warn(
        "Nonce {} of {} went to a transaction that this hospital did not store; ours is made anew",
        pending.nonce(),
        pending.account());
    journal.lost(pending);
    return new Settled(Fate.LOST, Optional.empty());
  }

  /**
   * A receipt has no reason, so the call is repeated: after its block, where what stood in its way
   * shows also if the same block had it, and before.
   */
  private RuntimeException reverted(Write write, MinedTransaction mined) {
    for (long block : new long[] {mined.blockNumber(), mined.blockNumber() - 1}) {
      try {
        ask(node -> node.call(write.message(), block));
      } catch (LedgerRefusedException | IllegalArgumentException e) {
        return e;
      }
    }
    return new LedgerUnavailableException(
        "transaction "
            + mined.hash()
            + " was reverted in block "
            + mined.blockNumber()
            + ", and would not be now: perhaps it ran out of gas",
        null);
  }

  private <T> T ask(Function<Node, T> question) {
    try {
      return nodes.ask(question);
    } catch (NodeErrorException e) {
      if (e.isRevert()) {
        throw Refusals.read(e.data())
            .<RuntimeException>map(refusal -> refusal)
            .orElseGet(() -> unavailable(e));
      }
      throw unavailable(e);
    } catch (RpcException e) {
      throw unavailable(e);
    }
  }

  private static LedgerUnavailableException unavailable(RpcException e) {
    return new LedgerUnavailableException("the chain: " + e.getMessage(), e);
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerUnavailableException("interrupted while waiting for a block", e);
    }
  }
}
