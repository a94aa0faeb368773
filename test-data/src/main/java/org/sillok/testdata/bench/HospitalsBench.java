package org.sillok.testdata.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.sillok.faults.Anvil;
import org.sillok.ledger.Address;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LedgerRefusedException;
import org.sillok.ledger.LedgerUnavailableException;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogVkey;
import org.sillok.ledger.besu.BesuLedger;
import org.sillok.ledger.besu.BesuSettings;
import org.sillok.ledger.besu.rpc.RpcSettings;
import org.sillok.merkle.Rfc6962;
import org.sillok.testdata.chain.Consortium;
import org.sillok.testdata.chain.GrowingTree;
import org.sillok.testdata.chain.Tables;

/** Many hospitals on one chain, each publishing a larger tree of its own log every two seconds. */
final class HospitalsBench {

  static final int PERIOD_SECONDS = 2;

  private static final String LOG_KEY = "/log+0123abcd+AWl4LmV4YW1wbGU=";

  private final List<Long> millis = Collections.synchronizedList(new ArrayList<>());
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
  private final LongConsumer progress;

  private HospitalsBench(LongConsumer progress) {
    this.progress = progress;
  }

  /**
   * What became of the heads.
   *
   * @param due heads that were to be published
   * @param accepted of them, as somebody finds on the chain who follows it from its beginning
   * @param publishing from the moment at which a head was due until its hospital had the receipt
   * @param failures what hospitals were told instead of a receipt
   */
  record Result(int due, int accepted, Latencies publishing, List<String> failures) {

    Result {
      failures = List.copyOf(failures);
    }

    int missed() {
      return due - accepted;
    }
  }

  static Result run(int hospitals, int seconds, LongConsumer progress) throws InterruptedException {
    return new HospitalsBench(progress).measure(hospitals, seconds / PERIOD_SECONDS);
  }

  private Result measure(int count, int heads) throws InterruptedException {
    List<String> names = IntStream.range(0, count).mapToObj(i -> "hospital-" + i).toList();
    List<JdbcConnectionPool> databases = new ArrayList<>();
    try (Anvil chain = Anvil.start()) {
      Consortium consortium =
          Consortium.found(
              chain.url(),
              names.stream()
                  .map(name -> Consortium.hospital(name, new LogVkey(name + LOG_KEY)))
                  .toList());
      chain.rpc("evm_setIntervalMining", 1);
      BesuSettings settings = BesuSettings.of(RpcSettings.of(List.of(chain.url())));
      CountDownLatch done = new CountDownLatch(count);
      for (String name : names) {
        JdbcConnectionPool database = Tables.memory();
        databases.add(database);
        BesuLedger ledger = consortium.open(settings, database);
        Thread thread =
            new Thread(
                () -> {
                  publish(ledger, name, heads);
                  done.countDown();
                },
                name);
        thread.setDaemon(true);
        thread.start();
      }
      done.await();
      JdbcConnectionPool database = Tables.memory();
      databases.add(database);
      int accepted = accepted(consortium.open(settings, database), names);
      return new Result(count * heads, accepted, new Latencies(millis), failures);
    } finally {
      databases.forEach(JdbcConnectionPool::dispose);
    }
  }

  private void publish(BesuLedger ledger, String name, int heads) {
    GrowingTree tree = new GrowingTree();
    LogId log = LogId.first(new HospitalId(name));
    Address publisher = Consortium.publisher(name).account();
    long start = System.nanoTime();
    for (int head = 0; head < heads; head++) {
      long due = start + TimeUnit.SECONDS.toNanos((long) PERIOD_SECONDS * head);
      tree.add(Rfc6962.leaf((name + head).getBytes(UTF_8)));
      try {
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        long from = ledger.checkpoints().latest(log).map(last -> last.head().size()).orElse(0L);
        ledger.checkpoints().publish(publisher, log, tree.head(), tree.proof(from));
        millis.add((System.nanoTime() - due) / 1_000_000);
      } catch (LedgerUnavailableException | LedgerRefusedException e) {
        failures.add(name + ", head " + (head + 1) + ": " + e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      progress.accept(1);
    }
  }

  private static int accepted(BesuLedger newcomer, List<String> names) {
    return names.stream()
        .map(name -> LogId.first(new HospitalId(name)))
        .mapToInt(log -> newcomer.checkpoints().checkpointsAfter(log, 0, Integer.MAX_VALUE).size())
        .sum();
  }
}
