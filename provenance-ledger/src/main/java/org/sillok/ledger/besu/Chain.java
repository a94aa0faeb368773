package org.sillok.ledger.besu;

import java.time.Duration;
import java.util.Optional;
import org.sillok.ledger.Address;
import org.sillok.ledger.LedgerUnavailableException;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.besu.rpc.LedgerFile;
import org.sillok.ledger.besu.rpc.MinedTransaction;
import org.sillok.ledger.besu.send.Sender;
import org.sillok.ledger.besu.send.Write;
import org.sillok.ledger.besu.view.Follower;
import org.sillok.ledger.besu.view.LedgerView;

/** What the registries do alike: write and then read what was written. */
record Chain(
    LedgerFile file, Follower follower, Sender sender, Duration patience, DeployedCode code) {

  private static final long PAUSE_MILLIS = 100;

  /** The view at the newest block that counts. */
  LedgerView now() {
    code.require();
    follower.catchUp();
    return follower.view();
  }

  /** A write that changes something each time. */
  Receipt write(Address from, Address contract, String data) {
    code.require();
    // Followed first: nothing is sent to a chain that is not the one that was followed so far.
    follower.catchUp();
    MinedTransaction mined = sender.sendSurely(new Write(from, contract, data, ""));
    await(mined.blockNumber());
    return follower
        .receipt(mined.hash())
        .orElseThrow(
            () ->
                new LedgerUnavailableException(
                    "transaction " + mined.hash() + " was mined and told nothing", null));
  }

  /** After going over to another node, that node may have to catch up first. */
  void await(long block) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      LedgerUnavailableException trouble = null;
      try {
        if (follower.catchUp().blockNumber() >= block) {
          return;
        }
      } catch (LedgerUnavailableException e) {
        trouble = e;
      }
      if (System.nanoTime() - end >= 0) {
        throw new LedgerUnavailableException(
            "block " + block + " has the transaction, but cannot be read", trouble);
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerUnavailableException("interrupted while waiting for a block", e);
    }
  }

  Optional<Receipt> receipt(org.sillok.merkle.Hash transaction) {
    follower.catchUp();
    return follower.receipt(transaction);
  }
}
