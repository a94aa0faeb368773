package org.sillok.ledger.besu.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sillok.ledger.AcceptedCheckpoint;
import org.sillok.ledger.Address;
import org.sillok.ledger.ConsentKey;
import org.sillok.ledger.ConsentState;
import org.sillok.ledger.Emergency;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LedgerHead;
import org.sillok.ledger.LedgerKind;
import org.sillok.ledger.LedgerUnavailableException;
import org.sillok.ledger.LogId;
import org.sillok.ledger.PatientKey;
import org.sillok.ledger.Proposal;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.besu.abi.Events;
import org.sillok.ledger.besu.abi.LedgerEvent;
import org.sillok.ledger.besu.rpc.ChainIdentity;
import org.sillok.ledger.besu.rpc.ChainLog;
import org.sillok.ledger.besu.rpc.Header;
import org.sillok.ledger.besu.rpc.KnownBlocks;
import org.sillok.ledger.besu.rpc.Node;
import org.sillok.ledger.besu.rpc.NodeErrorException;
import org.sillok.ledger.besu.rpc.NodeUnreachableException;
import org.sillok.ledger.besu.rpc.Nodes;
import org.sillok.ledger.besu.rpc.RpcException;
import org.sillok.ledger.besu.rpc.RpcSettings;
import org.sillok.merkle.Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the chain into the database and a {@link LedgerView}. Every block's header is read and
 * held against the one before it and the validators' seals, and events come from receipts that are
 * held against their header, so that a node cannot make up or leave out any. Blocks are final to it
 * when they are {@code confirmations} deep: what a shallower reorganisation takes back, it has not
 * seen yet; after a deeper one no node has its blocks any more, and it goes no further.
 * Thread-safe.
 *
 * <p>What is in the database is only a copy. If it does not fit together, it is dropped and
 * followed again.
 */
public final class Follower {

  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

  /** Besides the first: so many headers are asked for in one go. */
  private static final long LONGEST_SPAN = 499;

  private static final int TOO_MANY = -32005;

  /** Events after which they are stored, and the next question begins. */
  private static final int MANY = 4000;

  private final ChainIdentity chain;
  private final List<Address> contracts;
  private final int confirmations;
  private final @Nullable HospitalId custodian;
  private final EventStore store;
  private final KnownBlocks known;
  private final Nodes nodes;
  private volatile LedgerView view;
  private volatile Optional<String> problem = Optional.empty();
  private volatile boolean broken;
  private boolean anew;
  private long span = LONGEST_SPAN;

  /**
   * Continues where this database's follower has stopped, also in an earlier process.
   *
   * @param contracts the three registries, the hospitals' first
   * @param confirmations blocks on top of one before it counts; 0 where blocks are final at once
   * @param custodian whose consents are held in memory; null for nobody's
   * @param anew drops what was followed so far, of whichever ledger
   * @throws IllegalStateException if another ledger was followed in this database
   */
  public static Follower open(
      DataSource database,
      RpcSettings settings,
      ChainIdentity chain,
      List<Address> contracts,
      int confirmations,
      @Nullable HospitalId custodian,
      boolean anew) {
    Follower follower =
        new Follower(database, settings, chain, contracts, confirmations, custodian, anew);
    if (!anew) {
      follower.store.cursor().ifPresent(follower::load);
    }
    return follower;
  }

  private Follower(
      DataSource database,
      RpcSettings settings,
      ChainIdentity chain,
      List<Address> contracts,
      int confirmations,
      @Nullable HospitalId custodian,
      boolean anew) {
    this.chain = chain;
    this.contracts = List.copyOf(contracts);
    this.confirmations = confirmations;
    this.custodian = custodian;
    this.anew = anew;
    this.view = LedgerView.empty(custodian);
    this.store = new EventStore(database, chain.genesis() + "/" + chain.contract());
    this.known = new KnownBlocks();
    this.nodes = new Nodes(settings, chain, known);
  }

  private void load(Cursor cursor) {
    try {
      view = view.with(each -> store.replay(cursor, custodian, each), cursor);
      store
          .first()
          .ifPresent(event -> known.add(event.log().blockNumber(), event.log().blockHash()));
      known.add(cursor.number(), cursor.hash());
    } catch (IllegalStateException | IllegalArgumentException e) {
      LOG.error(
          "The events that were followed up to block {} do not fit together; they are dropped and"
              + " followed again from block {}",
          cursor.number(),
          chain.since(),
          e);
      problem = Optional.of("the followed events do not fit together: " + e.getMessage());
      broken = true;
      anew = true;
    }
  }

  /** A block that was final when this hospital got a receipt from it: nodes must still have it. */
  public void remember(long block, Hash hash) {
    known.add(block, hash);
  }

  public LedgerView view() {
    return view;
  }

  public Nodes nodes() {
    return nodes;
  }

  /** Never waits. */
  public ChainState state(Instant now, Duration staleAfter) {
    return ChainState.of(view.head(), now, staleAfter, nodes.reports(), problem, broken);
  }

  /**
   * Follows up to the newest block that counts.
   *
   * @throws LedgerUnavailableException if no node of our chain can be asked, or the database
   */
  public synchronized LedgerHead catchUp() {
    try {
      LedgerHead head = nodes.ask(this::catchUp);
      if (problem.isPresent()) {
        LOG.info("The chain is followed again, up to block {}", head.blockNumber());
      }
      problem = Optional.empty();
      broken = false;
      return head;
    } catch (RpcException e) {
      failed(String.valueOf(e.getMessage()));
      throw new LedgerUnavailableException("the chain: " + e.getMessage(), e);
    } catch (LedgerUnavailableException e) {
      failed(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  /** Looks at all nodes; what comes of it is in the state. */
  public void reconsider() {
    try {
      nodes.reconsider();
    } catch (RpcException e) {
      failed(String.valueOf(e.getMessage()));
    }
  }

  private void failed(String reason) {
    if (problem.isEmpty()) {
      problem = Optional.of(reason);
      boolean replaced =
          state(Instant.EPOCH, Duration.ZERO).condition() == ChainState.Condition.REPLACED;
      if (replaced) {
        LOG.error(
            "This is not the chain that was followed so far; nothing is anchored and nothing is"
                + " read from it: {}",
            reason);
      } else {
        LOG.warn("The chain cannot be followed and is tried again: {}", reason);
      }
    }
    problem = Optional.of(reason);
  }

  private LedgerHead catchUp(Node node) {
    if (anew) {
      store.drop();
      view = LedgerView.empty(custodian);
      anew = false;
    }
    Header head = node.latestHeader();
    long target = head.number() - confirmations;
    Optional<Cursor> cursor = view.cursor();
    if (cursor.isEmpty() || !isAt(cursor.get(), head, target)) {
      Header trusted = trusted(node, cursor);
      long from = cursor.map(Cursor::number).orElse(chain.since() - 1) + 1;
      if (from > target + 1 || (cursor.isEmpty() && from > target)) {
        throw new NodeUnreachableException(
            node.url()
                + ": its newest block that counts is "
                + target
                + ", we are at "
                + (from - 1));
      }
      follow(node, trusted, from, target);
    }
    return view.head().orElseThrow();
  }

  private static boolean isAt(Cursor cursor, Header head, long target) {
    return cursor.number() == target
        && head.number() == target
        && cursor.hash().equals(head.hash());
  }

  /** The block up to which the chain was followed, or its first one: known by their hashes. */
  private Header trusted(Node node, Optional<Cursor> at) {
    long number = at.map(Cursor::number).orElse(0L);
    Hash hash = at.map(Cursor::hash).orElse(chain.genesis());
    Optional<Header> now = node.header(number);
    if (now.isEmpty() || !now.get().hash().equals(hash)) {
      throw new NodeUnreachableException(
          node.url()
              + ": block "
              + number
              + " is "
              + now.map(Header::hash).orElse(null)
              + ", it was "
              + hash);
    }
    return now.get();
  }

  private void follow(Node node, Header trusted, long from, long target) {
    Header last = trusted;
    long next = from;
    while (next <= target) {
      try {
        last = take(node, last, next, Math.min(target, next + span));
        next = last.number() + 1;
        span = Math.min(LONGEST_SPAN, 2 * span + 1);
      } catch (NodeErrorException e) {
        narrow(e.code() == TOO_MANY, e);
      } catch (NodeUnreachableException e) {
        narrow(String.valueOf(e.getMessage()).contains("answer of more than"), e);
      }
    }
  }

  /** Asks for half as many blocks after an answer that was too large. */
  private void narrow(boolean tooLarge, RpcException e) {
    if (!tooLarge || span == 0) {
      throw e;
    }
    span /= 2;
  }

  /** The last block that was taken, which may be an earlier one when there is much in them. */
  private Header take(Node node, Header trusted, long from, long to) {
    List<Header> headers = node.headers(from, to);
    requireLinks(node, trusted, headers);
    nodes.seals().require(node, trusted, headers.get(headers.size() - 1));
    List<FollowedEvent> events = new ArrayList<>();
    Header last = trusted;
    for (Header block : headers) {
      last = block;
      if (contracts.stream().anyMatch(block::mayHaveLogsOf)) {
        node.logs(block).stream()
            .filter(log -> contracts.contains(log.contract()))
            .forEach(log -> events.add(new FollowedEvent(log, block.block().time())));
      }
      if (events.size() > MANY) {
        break;
      }
    }
    Cursor cursor = Cursor.at(last.block());
    LedgerView next = next(node, events, cursor);
    store.append(events, from, cursor, chain.since());
    view = next;
    if (!events.isEmpty()) {
      known.add(events.get(0).log().blockNumber(), events.get(0).log().blockHash());
    }
    known.add(cursor.number(), cursor.hash());
    return last;
  }

  private static void requireLinks(Node node, Header trusted, List<Header> headers) {
    Header before = trusted;
    for (Header block : headers) {
      if (block.number() == before.number() + 1 && !block.parent().equals(before.hash())) {
        throw new NodeUnreachableException(
            node.url()
                + ": block "
                + block.number()
                + " follows "
                + block.parent()
                + ", not "
                + before.hash());
      }
      before = block;
    }
  }

  /** Nothing is stored that does not fit to what was followed before. */
  private LedgerView next(Node node, List<FollowedEvent> events, Cursor to) {
    try {
      return view.with(events::forEach, to);
    } catch (IllegalStateException | IllegalArgumentException e) {
      broken = true;
      throw new NodeUnreachableException(
          node.url()
              + ": what it tells up to block "
              + to.number()
              + " does not fit to what was followed before: "
              + e.getMessage(),
          e);
    }
  }

  /** As it stands at the newest block that was followed. */
  public Optional<ConsentState> consent(ConsentKey key) {
    return at(to -> consents(store.ofConsent(key, to), to)).stream().findFirst();
  }

  /** All of a custodian, as they stand at the newest block that was followed. */
  public List<ConsentState> consents(HospitalId of) {
    return at(to -> consents(store.ofConsents(of, to), to));
  }

  private static List<ConsentState> consents(List<FollowedEvent> events, Cursor to) {
    return fold(events).consents().values().stream()
        .map(consent -> LedgerView.at(to.time(), consent).state())
        .toList();
  }

  public Optional<PatientKey> patientKey(HospitalId of, Address key) {
    return at(to -> List.copyOf(fold(store.ofPatientKey(of, key, to)).patientKeys.values()))
        .stream()
        .findFirst();
  }

  public Optional<Proposal> proposal(long number) {
    return at(to -> List.copyOf(fold(store.ofProposal(number, to)).proposals.values())).stream()
        .findFirst();
  }

  /** By number. */
  public List<Proposal> proposals() {
    return at(to -> List.copyOf(fold(store.ofProposals(to)).proposals.values()));
  }

  private <T> List<T> at(Function<Cursor, List<T>> question) {
    return view.cursor().map(question).orElse(List.of());
  }

  private static State fold(List<FollowedEvent> events) {
    State state = new State();
    events.forEach(state::apply);
    return state;
  }

  /** Forgets other hospitals' heads from before a time, except the newest of each log. */
  public void prune(Instant before) {
    store.prune(custodian, before);
  }

  /** The head that was accepted for exactly this size. */
  public Optional<AcceptedCheckpoint> checkpoint(LogId log, long size) {
    return store.checkpoint(log, size).map(this::accepted);
  }

  /** The first {@code most} accepted heads of more than {@code size} leaves, smallest first. */
  public List<AcceptedCheckpoint> checkpointsAfter(LogId log, long size, int most) {
    return store.checkpointsAfter(log, size, most).stream().map(this::accepted).toList();
  }

  private AcceptedCheckpoint accepted(FollowedEvent event) {
    var accepted = (LedgerEvent.CheckpointPublished) Events.read(event.log()).orElseThrow();
    return new AcceptedCheckpoint(accepted.log(), accepted.head(), receipt(event));
  }

  /** Announcements in blocks from {@code block} on, oldest first. */
  public List<Emergency> emergenciesSince(long block) {
    return store.emergenciesSince(block).stream()
        .map(
            event -> {
              var said = (LedgerEvent.EmergencyAnnounced) Events.read(event.log()).orElseThrow();
              return new Emergency(said.hospital(), said.commitment(), receipt(event));
            })
        .toList();
  }

  /** The events of a transaction of this ledger, in order. */
  public List<LedgerEvent> eventsOf(Hash transaction) {
    return store.ofTransaction(transaction).stream()
        .flatMap(event -> Events.read(event.log()).stream())
        .toList();
  }

  /** By the registry that was called: a decision of the members shows in the others' events too. */
  public Optional<Receipt> receipt(Hash transaction) {
    List<FollowedEvent> events = store.ofTransaction(transaction);
    return events.stream()
        .filter(event -> event.log().contract().equals(contracts.get(0)))
        .findFirst()
        .or(() -> events.stream().findFirst())
        .map(this::receipt);
  }

  private Receipt receipt(FollowedEvent event) {
    ChainLog log = event.log();
    return new Receipt(
        LedgerKind.BESU,
        chain.chainId(),
        log.contract(),
        log.transaction(),
        log.blockNumber(),
        log.blockHash(),
        event.blockTime());
  }
}
