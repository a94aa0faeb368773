package org.sillok.testdata.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.h2.jdbcx.JdbcConnectionPool;
import org.sillok.faults.Anvil;
import org.sillok.ledger.LogVkey;
import org.sillok.ledger.besu.BesuLedger;
import org.sillok.ledger.besu.BesuSettings;
import org.sillok.ledger.besu.abi.Calls;
import org.sillok.ledger.besu.rpc.Hex;
import org.sillok.ledger.besu.rpc.HttpTransport;
import org.sillok.ledger.besu.rpc.JsonRpc;
import org.sillok.ledger.besu.rpc.RpcSettings;
import org.sillok.merkle.Hash;
import org.sillok.testdata.chain.Consortium;
import org.sillok.testdata.chain.Tables;

/** How long a newcomer takes to follow a chain with many events, and a restarted server. */
final class FollowBench {

  private static final int PER_BLOCK = 500;
  private static final String HOSPITAL = "seoul";

  private FollowBench() {}

  /**
   * @param most heap in use at most, garbage included, in MiB
   */
  record Result(int events, long blocks, Duration followed, Duration readBack, long most) {}

  static Result run(int events) {
    JdbcConnectionPool empty = Tables.memory();
    try (Anvil chain = Anvil.start("--gas-limit", "1000000000")) {
      Consortium consortium =
          Consortium.found(
              chain.url(),
              List.of(
                  Consortium.hospital(
                      HOSPITAL, new LogVkey("seoul.example/log+0123abcd+AWl4LmV4YW1wbGU="))));
      announce(chain, consortium, events);
      BesuSettings settings = BesuSettings.of(RpcSettings.of(List.of(chain.url())));
      System.gc();
      heap().forEach(MemoryPoolMXBean::resetPeakUsage);
      BesuLedger newcomer = consortium.open(settings, empty);
      long start = System.nanoTime();
      long blocks = newcomer.head().blockNumber();
      long followed = System.nanoTime() - start;
      long most = heap().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() >> 20;
      int got = newcomer.consents().emergenciesSince(0).size();
      if (got != events) {
        throw new IllegalStateException("of " + events + " events " + got + " were followed");
      }
      start = System.nanoTime();
      consortium.open(settings, empty);
      long readBack = System.nanoTime() - start;
      return new Result(
          events, blocks, Duration.ofNanos(followed), Duration.ofNanos(readBack), most);
    } finally {
      empty.dispose();
    }
  }

  private static List<MemoryPoolMXBean> heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  private static void announce(Anvil chain, Consortium consortium, int events) {
    JsonRpc rpc =
        new JsonRpc(
            new HttpTransport(
                RpcSettings.of(List.of(chain.url()))
                    .withTimeouts(Duration.ofSeconds(5), Duration.ofMinutes(5))),
            chain.url());
    String publisher = Consortium.publisher(HOSPITAL).account().toString();
    chain.rpc("anvil_impersonateAccount", publisher);
    chain.rpc("evm_setAutomine", false);
    String data = Calls.announceEmergency(Hash.ofHex("c0".repeat(32)));
    for (int sent = 0; sent < events; sent += PER_BLOCK) {
      List<JsonRpc.Request> batch = new ArrayList<>();
      for (int nonce = sent; nonce < Math.min(events, sent + PER_BLOCK); nonce++) {
        batch.add(
            JsonRpc.Request.of(
                "eth_sendTransaction",
                Map.of(
                    "from",
                    publisher,
                    "to",
                    consortium.file().consents().toString(),
                    "data",
                    data,
                    "nonce",
                    Hex.of(nonce),
                    "gas",
                    "0x186a0",
                    "gasPrice",
                    "0x0")));
      }
      rpc.batch(batch);
      chain.mine();
    }
  }
}
