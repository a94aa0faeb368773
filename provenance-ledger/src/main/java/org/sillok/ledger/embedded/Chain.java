package org.sillok.ledger.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.sillok.jdbc.Transaction.Work;
import org.sillok.ledger.Address;
import org.sillok.ledger.LedgerHead;
import org.sillok.ledger.LedgerUnavailableException;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.block.Block;
import org.sillok.ledger.block.BlockException;
import org.sillok.ledger.block.LedgerSigningKey;
import org.sillok.ledger.block.LedgerTransaction;
import org.sillok.ledger.block.SignedBlock;
import org.sillok.merkle.Hash;

/** Writes blocks, one at a time whatever the number of servers, and reads what they came to. */
final class Chain {

  private final Database database;
  private final LedgerSigningKey key;
  private final InstantSource clock;
  private final Hash genesis;

  Chain(Database database, LedgerSigningKey key, InstantSource clock, Hash genesis) {
    this.database = database;
    this.key = key;
    this.clock = clock;
    this.genesis = genesis;
  }

  Hash genesis() {
    return genesis;
  }

  /** One block, or the receipt of the earlier one that did the same. */
  Receipt write(Address sender, LedgerTransaction transaction) {
    return write(sender, transaction, (state, receipt) -> receipt);
  }

  /** What comes of a write, read before anybody else writes. */
  interface Outcome<T> {
    T of(State state, Receipt receipt);
  }

  <T> T write(Address sender, LedgerTransaction transaction, Outcome<T> outcome) {
    return database.transaction(
        connection -> {
          State state = new JdbcState(connection);
          return outcome.of(state, append(connection, state, sender, transaction));
        });
  }

  <T> T read(Function<JdbcState, T> query) {
    return database.transaction(connection -> query.apply(new JdbcState(connection)));
  }

  LedgerHead head() {
    Head head = database.transaction(connection -> required(new BlockStore(connection).head()));
    return new LedgerHead(head.number(), head.hash(), head.time(), now(head));
  }

  /** The time that the next block would have. */
  Instant now() {
    return now(database.transaction(connection -> required(new BlockStore(connection).head())));
  }

  private Receipt append(
      Connection connection, State state, Address sender, LedgerTransaction transaction)
      throws SQLException {
    BlockStore blocks = new BlockStore(connection);
    Head head = required(blocks.lockHead());
    Block block =
        new Block(
            Block.FORMAT, genesis, head.number() + 1, head.hash(), now(head), sender, transaction);
    Receipt receipt = Rules.apply(block, state);
    if (receipt.blockNumber() == block.number()) {
      blocks.insert(block, SignedBlock.sign(block, key));
      if (!blocks.moveHead(head, block)) {
        throw new SQLException("the ledger's head moved although it was locked");
      }
    }
    return receipt;
  }

  private Instant now(Head head) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return now.isBefore(head.time()) ? head.time() : now;
  }

  private static Head required(java.util.Optional<Head> head) throws SQLException {
    return head.orElseThrow(() -> new SQLException("the ledger's head row is gone"));
  }

  /** The stored block, checked: a text that the ledger did not sign is trouble, not an answer. */
  Block checked(BlockStore.Row row) {
    try {
      return SignedBlock.verify(row.text(), key.publicKey());
    } catch (BlockException e) {
      throw new LedgerUnavailableException(
          "block " + row.number() + " in the database is not the ledger's", e);
    }
  }

  <T> T blocks(Work<T> work) {
    return database.transaction(work);
  }

  <T> T snapshot(Work<T> work) {
    return database.snapshot(work);
  }
}
