package org.sillok.ledger.besu;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.sillok.ledger.Address;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.Leaves;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogVkey;
import org.sillok.ledger.Motion;
import org.sillok.ledger.TokenKeys;
import org.sillok.ledger.besu.abi.Calls;
import org.sillok.ledger.besu.rpc.Hex;
import org.sillok.ledger.besu.rpc.HttpTransport;
import org.sillok.ledger.besu.rpc.JsonRpc;
import org.sillok.ledger.besu.rpc.RpcSettings;
import org.sillok.merkle.Hash;

/**
 * What the Besu ledger costs, on anvil: {@code anchor [seconds]}, {@code hospitals [count]
 * [seconds]} or {@code follow [events]}. Prints figures; asserts nothing, since they depend on the
 * machine.
 */
final class BesuMeasurements {

  private static final int BATCH = 500;
  private static final int PER_BLOCK = 500;
  private static final int FOUNDERS = 10;

  private BesuMeasurements() {}

  public static void main(String[] arguments) throws Exception {
    int first = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
    int second = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
    switch (arguments[0]) {
      case "anchor" -> hospitals(1, first == 0 ? 60 : first);
      case "hospitals" -> hospitals(first == 0 ? 20 : first, second == 0 ? 300 : second);
      case "follow" -> follow(first == 0 ? 100_000 : first);
      default -> throw new IllegalArgumentException("anchor, hospitals or follow");
    }
  }

  private static JdbcConnectionPool memory() {
    JdbcConnectionPool database =
        JdbcConnectionPool.create(
            "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    BesuFixture.migrate(database);
    return database;
  }

  private static Hospital hospital(BesuFixture fixture, String name) {
    return new Hospital(
        new HospitalId(name),
        name,
        URI.create("https://" + name + ".example/fhir"),
        fixture.account(name + " owner").address(),
        fixture.account(name + " publisher").address(),
        new LogVkey(name + ".example/log+0123abcd+AWl4LmV4YW1wbGU="),
        TokenKeys.NONE,
        true);
  }

  /** Each hospital publishes a larger tree every two seconds. */
  private static void hospitals(int count, int seconds) throws Exception {
    try (Anvil chain = Anvil.start()) {
      BesuFixture fixture = new BesuFixture(chain, memory());
      List<String> names = IntStream.range(0, count).mapToObj(i -> "hospital-" + i).toList();
      found(fixture, names);
      chain.rpc("evm_setIntervalMining", 1);
      List<Long> millis = Collections.synchronizedList(new ArrayList<>());
      AtomicInteger late = new AtomicInteger();
      CountDownLatch done = new CountDownLatch(count);
      for (String name : names) {
        BesuLedger ledger =
            fixture.open(BesuSettings.of(RpcSettings.of(List.of(chain.url()))), memory());
        Thread thread =
            new Thread(
                () -> {
                  publish(fixture, ledger, name, seconds, millis, late);
                  done.countDown();
                });
        thread.start();
      }
      done.await();
      Collections.sort(millis);
      System.out.printf(
          "%d hospitals, %d s, every 2 s: %d heads accepted, %d later than 2 s or not at all; publishing took %d ms"
              + " (median), %d ms (p95), %d ms (most)%n",
          count,
          seconds,
          millis.size(),
          late.get(),
          millis.get(millis.size() / 2),
          millis.get(millis.size() * 95 / 100),
          millis.get(millis.size() - 1));
    }
  }

  /** A few founders, who admit the others: more do not fit into one transaction. */
  private static void found(BesuFixture fixture, List<String> names) {
    int few = Math.min(FOUNDERS, names.size());
    BesuLedger ledger =
        fixture.found(names.subList(0, few).stream().map(name -> hospital(fixture, name)).toList());
    for (int member = few; member < names.size(); member++) {
      Address proposer = fixture.account(names.get(0) + " owner").address();
      long number =
          ledger
              .hospitals()
              .propose(proposer, new Motion.Admit(hospital(fixture, names.get(member))))
              .number();
      for (int voter = 1; voter <= member / 2; voter++) {
        ledger.hospitals().vote(fixture.account(names.get(voter) + " owner").address(), number);
      }
      ledger.hospitals().execute(proposer, number);
    }
  }

  private static void publish(
      BesuFixture fixture,
      BesuLedger ledger,
      String name,
      int seconds,
      List<Long> millis,
      AtomicInteger late) {
    Leaves leaves = new Leaves(name);
    LogId log = LogId.first(new HospitalId(name));
    Address publisher = fixture.account(name + " publisher").address();
    long start = System.nanoTime();
    for (int i = 1; i <= seconds / 2; i++) {
      long due = start + TimeUnit.SECONDS.toNanos(2L * (i - 1));
      try {
        Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
        ledger.checkpoints().publish(publisher, log, leaves.head(i), leaves.proof(i - 1, i));
        long took = (System.nanoTime() - due) / 1_000_000;
        millis.add(took);
        if (took > 2000) {
          late.incrementAndGet();
        }
      } catch (RuntimeException | InterruptedException e) {
        System.out.println(name + ": " + e);
        late.incrementAndGet();
      }
    }
  }

  private static void follow(int events) throws Exception {
    try (Anvil chain = Anvil.start("--gas-limit", "1000000000")) {
      BesuFixture fixture = new BesuFixture(chain, memory());
      fixture.found(List.of(hospital(fixture, "seoul")));
      announce(chain, fixture, events);
      JdbcConnectionPool empty = memory();
      BesuLedger ledger =
          fixture.open(BesuSettings.of(RpcSettings.of(List.of(chain.url()))), empty);
      long start = System.nanoTime();
      long head = ledger.head().blockNumber();
      System.out.printf(
          "%d events in %d blocks followed in %d ms, with at most %d MiB of heap%n",
          events,
          head,
          Duration.ofNanos(System.nanoTime() - start).toMillis(),
          Runtime.getRuntime().maxMemory() >> 20);
      start = System.nanoTime();
      fixture.open(BesuSettings.of(RpcSettings.of(List.of(chain.url()))), empty);
      System.out.printf(
          "a restart reads them back in %d ms%n",
          Duration.ofNanos(System.nanoTime() - start).toMillis());
    }
  }

  private static void announce(Anvil chain, BesuFixture fixture, int events) {
    JsonRpc rpc =
        new JsonRpc(
            new HttpTransport(
                RpcSettings.of(List.of(chain.url()))
                    .withTimeouts(Duration.ofSeconds(5), Duration.ofMinutes(5))),
            chain.url());
    Address publisher = fixture.account("seoul publisher").address();
    chain.rpc("anvil_impersonateAccount", publisher.toString());
    chain.rpc("evm_setAutomine", false);
    String data = Calls.announceEmergency(Hash.ofHex("c0".repeat(32)));
    for (int sent = 0; sent < events; sent += BATCH) {
      List<JsonRpc.Request> batch = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        batch.add(
            JsonRpc.Request.of(
                "eth_sendTransaction",
                java.util.Map.of(
                    "from",
                    publisher.toString(),
                    "to",
                    fixture.file().consents().toString(),
                    "data",
                    data,
                    "nonce",
                    Hex.of(sent + i),
                    "gas",
                    "0x186a0",
                    "gasPrice",
                    "0x0")));
      }
      rpc.batch(batch);
      if ((sent + BATCH) % PER_BLOCK == 0) {
        chain.mine();
      }
    }
    chain.mine();
  }
}
