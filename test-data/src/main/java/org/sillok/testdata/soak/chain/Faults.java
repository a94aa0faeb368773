package org.sillok.testdata.soak.chain;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.sillok.faults.Anvil;
import org.sillok.faults.FaultProxy.Fault;
import org.sillok.ledger.Motion;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.besu.rpc.Hex;
import org.sillok.ledger.besu.sign.KeySigner;
import org.sillok.ledger.besu.sign.UnsignedTransaction;
import org.sillok.testdata.chain.Consortium;

/**
 * Makes each kind of fault happen while a head is on its way. Each method returns when the fault is
 * over; what the servers make of it is not looked at here.
 */
final class Faults {

  private static final String SEND = "eth_sendRawTransaction";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Site site;
  private final Schedule schedule;
  private final Random random;
  private final Tally tally;

  Faults(Site site, Schedule schedule, Random random, Tally tally) {
    this.site = site;
    this.schedule = schedule;
    this.random = random;
    this.tally = tally;
  }

  /**
   * @return what happened, in words
   * @throws IllegalStateException if it could not be brought about
   */
  String inflict(FaultKind kind) throws SQLException, InterruptedException {
    switch (kind) {
      case REFUSED -> refuse();
      case BROKEN -> disturb(Fault.BROKEN);
      case REPLY_LOST -> disturb(Fault.REPLY_LOST);
      case HALF_ANSWER -> disturb(Fault.HALF);
      case SILENCE -> disturb(Fault.SILENT);
      case GATEWAY -> disturb(Fault.GATEWAY);
      case GARBAGE -> disturb(Fault.GARBAGE);
      case EMPTY_ANSWER -> disturb(Fault.NOTHING);
      case CHAIN_HALTED -> whileAHeadWaits(() -> pause(1000, 4000));
      case NODE_RESTARTED -> whileAHeadWaits(site.chain()::restart);
      case POOL_WIPED -> whileAHeadWaits(() -> site.chain().rpc("anvil_dropAllTransactions"));
      case NONCE_TAKEN -> whileAHeadWaits(this::takeTheNonce);
      case REVERTED -> suspend();
      case REORGANISED_1 -> whileAHeadWaits(() -> reorganise(1));
      case REORGANISED_5 -> whileAHeadWaits(() -> reorganise(5));
      case TWO_AT_ONCE -> publishAtOnce();
      case SERVER_KILLED -> {
        return kind + ": " + killAt(schedule.nextStep());
      }
      case ALL_KILLED -> whileAHeadWaits(this::killAll);
      case SERVER_FROZEN -> freeze();
      case DISK_FULL -> fillTheDisk();
      case CLOCK_SKEWED -> skewTheClock();
    }
    return kind.toString();
  }

  private ChainServer anyServer() {
    return site.servers().get(random.nextInt(site.servers().size()));
  }

  private void write() throws SQLException {
    site.entries().write(1 + random.nextInt(20));
  }

  private void refuse() throws SQLException, InterruptedException {
    site.servers().forEach(server -> server.line().down(true));
    write();
    pause(500, 4000);
    write();
    site.servers().forEach(server -> server.line().down(false));
  }

  /** The next sending of each server, and a few requests of one of them. */
  private void disturb(Fault fault) throws SQLException, InterruptedException {
    long before = met();
    site.servers().forEach(server -> server.line().plan(SEND, fault));
    ChainServer one = anyServer();
    for (int i = fault == Fault.SILENT ? 1 : 3; i > 0; i--) {
      one.line().plan("", fault);
    }
    write();
    await("no request has met the fault", () -> met() >= before + 2);
  }

  private long met() {
    return site.servers().stream().mapToLong(server -> server.line().met()).sum();
  }

  /** Does something between the sending of a head and its block. */
  private void whileAHeadWaits(Runnable fault) throws SQLException, InterruptedException {
    site.mining().pause();
    try {
      write();
      await("no transaction was sent", () -> site.chain().waiting() > 0);
      fault.run();
    } finally {
      site.mining().go();
    }
  }

  /** A transfer of nothing with the next nonce, by somebody who has the key. */
  private void takeTheNonce() {
    site.servers().forEach(server -> server.line().down(true));
    try {
      KeySigner thief = Consortium.publisher(Common.HOSPITAL);
      site.chain().rpc("anvil_dropAllTransactions");
      byte[] stolen =
          thief
              .sign(
                  new UnsignedTransaction(
                      Anvil.CHAIN_ID, site.transactions(), 50_000, thief.account(), "0x"))
              .toBytes();
      site.chain().rpc(SEND, Hex.of(stolen));
      site.chain().mine();
      tally.stolen();
    } finally {
      site.servers().forEach(server -> server.line().down(false));
    }
  }

  /** The block with what waits, and others on top of it, are replaced by empty ones. */
  private void reorganise(int depth) {
    for (int i = 0; i < depth; i++) {
      site.chain().mine();
    }
    site.chain().rpc("anvil_reorg", depth, List.of());
  }

  /** Head and suspension are tried on the same state, and mined in one block. */
  private void suspend() throws SQLException, InterruptedException {
    site.mining().pause();
    Future<Receipt> suspension;
    try {
      suspension =
          CompletableFuture.supplyAsync(
              () ->
                  site.members()
                      .hospitals()
                      .suspendSelf(
                          Consortium.owner(Common.HOSPITAL).account(), Common.LOG.hospital()));
      await("no suspension was sent", () -> site.chain().waiting() > 0);
      write();
      await("no head was sent", () -> site.chain().waiting() > 1);
    } finally {
      site.mining().go();
    }
    try {
      suspension.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the suspension failed", e);
    }
    write();
    pause(500, 2000);
    tally.reverted();
    Consortium.decide(
        site.members(), new Motion.Readmit(Common.LOG.hospital()), List.of("busan", "jeju"));
  }

  /** Both stand at the line with the same head, and are let go together. */
  private void publishAtOnce() throws SQLException, InterruptedException {
    CountDownLatch together = new CountDownLatch(1);
    Consumer<String> wait =
        method -> {
          try {
            together.await(10, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    site.servers().forEach(server -> server.line().around(wait, method -> {}));
    write();
    pause(800, 1200);
    together.countDown();
    site.servers().forEach(server -> server.line().calm());
  }

  private String killAt(KillStep step) throws SQLException, InterruptedException {
    ChainServer victim = anyServer();
    if (step.request()) {
      AtomicBoolean once = new AtomicBoolean();
      Consumer<String> kill =
          method -> {
            if (method.equals(step.what()) && !once.getAndSet(true)) {
              victim.kill();
            }
          };
      Consumer<String> nothing = method -> {};
      victim.line().around(step.done() ? nothing : kill, step.done() ? kill : nothing);
    } else {
      victim.tell((step.done() ? "die-after " : "die-before ") + step.what());
    }
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (victim.isAlive()) {
      write();
      if (System.nanoTime() > end) {
        throw new IllegalStateException(victim + " never came to the step " + step);
      }
      pause(300, 600);
    }
    victim.line().calm();
    pause(0, 1000);
    victim.restartIfDead();
    return step.toString();
  }

  private void killAll() {
    site.servers().forEach(ChainServer::kill);
    site.servers().forEach(ChainServer::restartIfDead);
  }

  private void freeze() throws SQLException, InterruptedException {
    ChainServer victim = anyServer();
    AtomicBoolean frozen = new AtomicBoolean();
    victim
        .line()
        .around(
            method -> {
              if (method.equals(SEND) && !frozen.getAndSet(true)) {
                victim.freeze();
              }
            },
            method -> {});
    try {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!frozen.get()) {
        write();
        if (System.nanoTime() > end) {
          throw new IllegalStateException(victim + " never sent anything");
        }
        pause(300, 600);
      }
      write();
      pause(1000, 4000);
    } finally {
      victim.line().calm();
      victim.thaw();
    }
  }

  private void fillTheDisk() throws SQLException, InterruptedException {
    write();
    site.servers().forEach(server -> server.tell("full"));
    pause(500, 3000);
    site.servers().forEach(server -> server.tell("free"));
  }

  private void skewTheClock() throws SQLException {
    write();
    site.chain().rpc("evm_increaseTime", Duration.ofHours(1).toSeconds());
    write();
  }

  private static void await(String otherwise, BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(otherwise);
      }
      Thread.sleep(20);
    }
  }

  private void pause(int least, int most) {
    try {
      Thread.sleep(least + random.nextInt(most - least));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
