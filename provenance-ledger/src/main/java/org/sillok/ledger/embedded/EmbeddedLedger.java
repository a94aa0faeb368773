package org.sillok.ledger.embedded;

import java.sql.SQLException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.sillok.ledger.CheckpointRegistry;
import org.sillok.ledger.ConsentRegistry;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalRegistry;
import org.sillok.ledger.Ledger;
import org.sillok.ledger.LedgerHead;
import org.sillok.ledger.LedgerInfo;
import org.sillok.ledger.LedgerKind;
import org.sillok.ledger.LedgerUnavailableException;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.SigningDomain;
import org.sillok.ledger.block.Block;
import org.sillok.ledger.block.LedgerPublicKey;
import org.sillok.ledger.block.LedgerSigningKey;
import org.sillok.ledger.block.LedgerTransaction;
import org.sillok.ledger.block.SignedBlock;
import org.sillok.merkle.Hash;

/**
 * A ledger in tables of the server's database ({@code V2__embedded_ledger.sql}). Several servers
 * may open the same one; each needs its key. Every write is a transaction of its own, on a
 * connection of its own. Thread-safe.
 */
public final class EmbeddedLedger implements Ledger {

  private static final String NOTICE =
      "embedded: witnesses nothing to outsiders; whoever holds this database and the ledger's key"
          + " can write another history";

  private final Chain chain;
  private final LedgerPublicKey key;
  private Followed followed = new Followed();

  private EmbeddedLedger(Chain chain, LedgerPublicKey key) {
    this.chain = chain;
    this.key = key;
  }

  /**
   * Opens the database's ledger; empty if none was founded.
   *
   * @throws IllegalStateException if the ledger was founded with another key
   * @throws LedgerUnavailableException if the database cannot be read
   */
  public static Optional<EmbeddedLedger> open(
      DataSource dataSource, LedgerSigningKey key, InstantSource clock) {
    Database database = new Database(dataSource);
    return database
        .transaction(connection -> new BlockStore(connection).block(0))
        .map(genesis -> open(database, key, clock, genesis));
  }

  private static EmbeddedLedger open(
      Database database, LedgerSigningKey key, InstantSource clock, BlockStore.Row genesis) {
    Chain chain = new Chain(database, key, clock, genesis.hash());
    try {
      chain.checked(genesis);
    } catch (LedgerUnavailableException e) {
      throw new IllegalStateException(
          "the ledger in this database was not founded with the key " + key.publicKey(), e);
    }
    return new EmbeddedLedger(chain, key.publicKey());
  }

  /**
   * Opens the database's ledger, founding it with {@code founders} as its first members if there is
   * none. If several servers do this at once, one founds.
   *
   * @throws IllegalStateException if the ledger was founded with another key
   * @throws org.sillok.ledger.LedgerRefusedException if the founders share an id, address or origin
   * @throws IllegalArgumentException if there is no founder
   * @throws LedgerUnavailableException if the database cannot be read or written
   */
  public static EmbeddedLedger openOrFound(
      DataSource dataSource, LedgerSigningKey key, InstantSource clock, List<Hospital> founders) {
    return open(dataSource, key, clock)
        .orElseGet(
            () -> {
              found(new Database(dataSource), key, clock, founders);
              return open(dataSource, key, clock).orElseThrow();
            });
  }

  private static void found(
      Database database, LedgerSigningKey key, InstantSource clock, List<Hospital> founders) {
    Block genesis =
        Block.genesis(
            clock.instant().truncatedTo(ChronoUnit.SECONDS),
            new LedgerTransaction.Found(key.publicKey(), founders));
    try {
      database.transaction(
          connection -> {
            BlockStore blocks = new BlockStore(connection);
            blocks.insertHead(genesis);
            blocks.insert(genesis, SignedBlock.sign(genesis, key));
            return Rules.apply(genesis, new JdbcState(connection));
          });
    } catch (LedgerUnavailableException e) {
      if (!foundedMeanwhile(e)) {
        throw e;
      }
    }
  }

  /** SQLSTATE class 23: somebody else's head row was there first. */
  private static boolean foundedMeanwhile(LedgerUnavailableException e) {
    return e.getCause() instanceof SQLException sql
        && Optional.ofNullable(sql.getSQLState()).orElse("").startsWith("23");
  }

  @Override
  public LedgerInfo info() {
    Hash genesis = chain.genesis();
    return new LedgerInfo(
        LedgerKind.EMBEDDED,
        Block.chainId(genesis),
        NOTICE,
        SigningDomain.of(Block.chainId(genesis), Block.contract(genesis)),
        Governance.PROPOSAL_LIFETIME);
  }

  /** The key that verifies {@link #blockText}; who uses it must have it from a trusted place. */
  public LedgerPublicKey publicKey() {
    return key;
  }

  @Override
  public LedgerHead head() {
    return chain.head();
  }

  @Override
  public HospitalRegistry hospitals() {
    return new EmbeddedHospitals(chain);
  }

  @Override
  public CheckpointRegistry checkpoints() {
    return new EmbeddedCheckpoints(chain);
  }

  @Override
  public ConsentRegistry consents() {
    return new EmbeddedConsents(chain);
  }

  @Override
  public Optional<Receipt> receipt(Hash transaction) {
    return chain
        .blocks(connection -> new BlockStore(connection).byTransaction(transaction))
        .map(row -> chain.checked(row).receipt());
  }

  @Override
  public Optional<String> blockText(Receipt receipt) {
    return chain
        .blocks(connection -> new BlockStore(connection).block(receipt.blockNumber()))
        .filter(row -> chain.checked(row).receipt().equals(receipt))
        .map(BlockStore.Row::text);
  }

  /**
   * Replays the whole chain from genesis: links, signatures, rules, and that every state table
   * equals what the blocks come to. Names the first block that does not fit, or the rows. Blocks
   * that this ledger has verified before are only compared with what they were, and one that is
   * gone from the end is named.
   *
   * @param witnessed receipts that were given out earlier: what is stored must still contain them.
   *     Without them a chain that was cut off at its end, state included, looks whole
   */
  public synchronized ChainReport replay(Collection<Receipt> witnessed) {
    return chain.snapshot(
        connection -> {
          Replay replay = new Replay(connection, key, chain.genesis(), followed);
          ChainReport report = replay.run(witnessed);
          followed = replay.next();
          return report;
        });
  }
}
