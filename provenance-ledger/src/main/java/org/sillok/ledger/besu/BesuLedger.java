package org.sillok.ledger.besu;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.sillok.ledger.Address;
import org.sillok.ledger.CheckpointRegistry;
import org.sillok.ledger.ConsentRegistry;
import org.sillok.ledger.HospitalRegistry;
import org.sillok.ledger.Ledger;
import org.sillok.ledger.LedgerHead;
import org.sillok.ledger.LedgerInfo;
import org.sillok.ledger.LedgerKind;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.SigningDomain;
import org.sillok.ledger.besu.rpc.LedgerFile;
import org.sillok.ledger.besu.send.Sender;
import org.sillok.ledger.besu.sign.TransactionSigner;
import org.sillok.ledger.besu.view.ChainState;
import org.sillok.ledger.besu.view.Follower;
import org.sillok.ledger.besu.view.LedgerView;
import org.sillok.merkle.Hash;

/**
 * The ledger on a chain. Writes are transactions; reads follow the chain to its newest block and
 * answer from what its events came to, so that every answer belongs to one block and none goes
 * back, whichever node is asked. Several servers may share the database. Thread-safe.
 *
 * <p>Opening asks no node: a server starts while the chain is away. Call {@link #runOnce} every
 * block period or so.
 */
public final class BesuLedger implements Ledger {

  private static final String NOTICE =
      "Besu: a chain that the hospitals share; no hospital can take back what it has accepted"
          + " unless the chain's validators agree to";

  /** {@code proposalLifetime()} of the contract. */
  private static final Duration PROPOSAL_LIFETIME = Duration.ofDays(7);

  /** How long what nobody asks for any more is kept. */
  private static final Duration KEPT = Duration.ofDays(30);

  private static final Duration BETWEEN_PRUNINGS = Duration.ofHours(6);

  private final Chain chain;
  private final InstantSource clock;
  private final Duration staleAfter;
  private Instant pruned = Instant.EPOCH;

  private BesuLedger(Chain chain, InstantSource clock, Duration staleAfter) {
    this.chain = chain;
    this.clock = clock;
    this.staleAfter = staleAfter;
  }

  /**
   * Goes on where this database's servers have stopped.
   *
   * @param signers the accounts that this process can send for; asked for each write
   * @throws IllegalStateException if another ledger was followed in this database
   * @throws org.sillok.ledger.LedgerUnavailableException if the database cannot be read
   */
  public static BesuLedger open(
      LedgerFile file,
      BesuSettings settings,
      DataSource database,
      Function<Address, Optional<TransactionSigner>> signers,
      InstantSource clock) {
    Follower follower =
        Follower.open(
            database,
            settings.rpc(),
            file.identity().trusting(settings.validators()),
            List.of(file.hospitals(), file.checkpoints(), file.consents()),
            settings.confirmations(),
            settings.custodian().orElse(null),
            settings.followAnew());
    Sender sender =
        new Sender(
            follower.nodes(),
            database,
            clock,
            signers,
            file.chainId(),
            settings.confirmations(),
            settings.sending());
    if (settings.followAnew()) {
      sender.prune(clock.instant());
    }
    Chain chain =
        new Chain(
            file,
            follower,
            sender,
            settings.sending().patience(),
            new DeployedCode(follower.nodes(), file));
    return new BesuLedger(chain, clock, settings.staleAfter());
  }

  /**
   * Follows the chain and looks after transactions in flight, those of earlier processes too.
   *
   * @throws org.sillok.ledger.LedgerUnavailableException if the chain or the database is away; the
   *     state says so as well
   */
  public void runOnce() {
    if (state().condition() != ChainState.Condition.FRESH
        || chain.follower().nodes().isTimeToReturn()) {
      chain.follower().reconsider();
    }
    chain.code().require();
    chain.follower().catchUp();
    chain.sender().resend();
    prune();
  }

  private synchronized void prune() {
    Instant now = clock.instant();
    if (now.isAfter(pruned.plus(BETWEEN_PRUNINGS))) {
      chain.follower().prune(now.minus(KEPT));
      chain.sender().prune(now.minus(KEPT));
      pruned = now;
    }
  }

  /** The present state in memory, for decisions; look at {@link #state} first. */
  public LedgerView view() {
    return chain.follower().view();
  }

  /** How fresh the view is and how the nodes stand. Never waits. */
  public ChainState state() {
    return chain.follower().state(clock.instant(), staleAfter);
  }

  /**
   * A receipt that this ledger gave out earlier: a chain that does not have its block is not the
   * one that gave it.
   */
  public void remember(Receipt receipt) {
    if (receipt.ledger() == LedgerKind.BESU && receipt.chainId() == chain.file().chainId()) {
      chain.follower().remember(receipt.blockNumber(), receipt.blockHash());
    }
  }

  @Override
  public LedgerInfo info() {
    LedgerFile file = chain.file();
    return new LedgerInfo(
        LedgerKind.BESU,
        file.chainId(),
        NOTICE,
        SigningDomain.of(file.chainId(), file.consents()),
        PROPOSAL_LIFETIME);
  }

  @Override
  public LedgerHead head() {
    return chain.follower().catchUp();
  }

  @Override
  public HospitalRegistry hospitals() {
    return new BesuHospitals(chain);
  }

  @Override
  public CheckpointRegistry checkpoints() {
    return new BesuCheckpoints(chain);
  }

  @Override
  public ConsentRegistry consents() {
    return new BesuConsents(chain);
  }

  @Override
  public Optional<Receipt> receipt(Hash transaction) {
    return chain.receipt(transaction);
  }

  /** Always empty: whoever doubts a receipt asks a node of the chain. */
  @Override
  public Optional<String> blockText(Receipt receipt) {
    return Optional.empty();
  }
}
