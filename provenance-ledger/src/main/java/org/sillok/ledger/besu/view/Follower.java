package org.sillok.ledger.besu.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.sillok.ledger.AcceptedCheckpoint;
import org.sillok.ledger.Address;
import org.sillok.ledger.Emergency;
import org.sillok.ledger.LedgerHead;
import org.sillok.ledger.LedgerKind;
import org.sillok.ledger.LedgerUnavailableException;
import org.sillok.ledger.LogId;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.besu.abi.Events;
import org.sillok.ledger.besu.abi.LedgerEvent;
import org.sillok.ledger.besu.rpc.BlockHeader;
import org.sillok.ledger.besu.rpc.ChainIdentity;
import org.sillok.ledger.besu.rpc.ChainLog;
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
 * Follows the chain into the database and a {@link LedgerView}. Blocks are final to it when they
 * are {@code confirmations} deep: what a shallower reorganisation takes back, it has not seen yet;
 * after a deeper one no node has its blocks any more, and it goes no further. Thread-safe.
 */
public final class Follower {

  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

  /** Besu's default limit of to - from. */
  private static final long LONGEST_SPAN = 5000;

  private static final int RANGE_TOO_WIDE = -32005;

  /** Events in one answer, from which on the next one is asked for fewer blocks. */
  private static final int MANY = 4000;

  private final ChainIdentity chain;
  private final List<Address> contracts;
  private final int confirmations;
  private final EventStore store;
  private final KnownBlocks known;
  private final Nodes nodes;
  private final LedgerView view = new LedgerView();
  private long span = LONGEST_SPAN;
  private volatile Optional<String> problem = Optional.empty();

  /**
   * Continues where this database's follower has stopped, also in an earlier process.
   *
   * @param contracts the three registries, the hospitals' first
   * @param confirmations blocks on top of one before it counts; 0 where blocks are final at once
   * @throws IllegalStateException if another ledger was followed in this database
   */
  public static Follower open(
      DataSource database,
      RpcSettings settings,
      ChainIdentity chain,
      List<Address> contracts,
      int confirmations) {
    return new Follower(database, settings, chain, contracts, confirmations);
  }

  private Follower(
      DataSource database,
      RpcSettings settings,
      ChainIdentity chain,
      List<Address> contracts,
      int confirmations) {
    this.chain = chain;
    this.contracts = List.copyOf(contracts);
    this.confirmations = confirmations;
    this.store = new EventStore(database, chain.genesis() + "/" + chain.contract());
    this.known = new KnownBlocks();
    this.nodes = new Nodes(settings, chain, known);
    store.cursor().ifPresent(this::load);
  }

  private void load(Cursor cursor) {
    store.first().ifPresent(event -> known.add(event.log().blockNumber(), event.log().blockHash()));
    known.add(cursor.number(), cursor.hash());
    store.replay(cursor, event -> view.apply(List.of(event), cursor));
    view.apply(List.of(), cursor);
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
    return ChainState.of(view.head(), now, staleAfter, nodes.reports(), problem);
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
    BlockHeader head = node.latest();
    long target = head.number() - confirmations;
    Optional<Cursor> cursor = view.cursor();
    if (cursor.isEmpty() || !isAt(cursor.get(), head, target)) {
      cursor.ifPresent(at -> requireSameHistory(node, at));
      long from = cursor.map(Cursor::number).orElse(chain.since() - 1) + 1;
      if (from > target + 1 || (cursor.isEmpty() && from > target)) {
        throw new NodeUnreachableException(
            node.url()
                + ": its newest block that counts is "
                + target
                + ", we are at "
                + (from - 1));
      }
      follow(node, head, from, target);
    }
    return view.head().orElseThrow();
  }

  private static boolean isAt(Cursor cursor, BlockHeader head, long target) {
    return cursor.number() == target
        && head.number() == target
        && cursor.hash().equals(head.hash());
  }

  private static void requireSameHistory(Node node, Cursor at) {
    Optional<Hash> now = node.block(at.number()).map(BlockHeader::hash);
    if (!now.equals(Optional.of(at.hash()))) {
      throw new NodeUnreachableException(
          node.url()
              + ": block "
              + at.number()
              + " is "
              + now.orElse(null)
              + ", it was "
              + at.hash());
    }
  }

  private void follow(Node node, BlockHeader head, long from, long target) {
    long next = from;
    while (next <= target) {
      long to = Math.min(target, next + span);
      try {
        int taken = take(node, head, next, to);
        next = to + 1;
        span = taken > MANY ? span / 2 : Math.min(LONGEST_SPAN, 2 * span + 1);
      } catch (NodeErrorException e) {
        narrow(e.code() == RANGE_TOO_WIDE, e);
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

  private int take(Node node, BlockHeader head, long from, long to) {
    List<ChainLog> logs = node.logs(contracts, from, to);
    Map<Long, BlockHeader> blocks = headers(node, logs);
    List<FollowedEvent> events = new ArrayList<>();
    for (ChainLog log : logs) {
      BlockHeader block = blocks.get(log.blockNumber());
      if (block == null || !block.hash().equals(log.blockHash())) {
        throw new NodeUnreachableException(
            node.url() + ": block " + log.blockNumber() + " changed while it was read");
      }
      events.add(new FollowedEvent(log, block.time()));
    }
    BlockHeader last =
        to == head.number()
            ? head
            : node.block(to)
                .orElseThrow(() -> new NodeUnreachableException(node.url() + ": no block " + to));
    store.append(events, Cursor.at(last));
    view.apply(events, Cursor.at(last));
    if (!logs.isEmpty()) {
      known.add(logs.get(0).blockNumber(), logs.get(0).blockHash());
    }
    known.add(last.number(), last.hash());
    return logs.size();
  }

  private static Map<Long, BlockHeader> headers(Node node, List<ChainLog> logs) {
    List<Long> numbers = logs.stream().map(ChainLog::blockNumber).distinct().toList();
    return node.blocks(numbers).stream()
        .collect(
            Collectors.toMap(
                BlockHeader::number, Function.identity(), (one, other) -> other, TreeMap::new));
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
