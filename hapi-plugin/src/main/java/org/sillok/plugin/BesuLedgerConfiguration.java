package org.sillok.plugin;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sillok.ledger.LedgerUnavailableException;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.besu.BesuLedger;
import org.sillok.ledger.besu.view.ChainState.Condition;
import org.sillok.log.BackgroundLoop;
import org.sillok.log.LogReader;
import org.sillok.log.OpenLog;
import org.sillok.log.StoredCheckpoint;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** The ledger that hospitals share on a chain. Nothing here waits for the chain. */
@Configuration(proxyBeanMethods = false)
@Conditional(LedgerType.Besu.class)
class BesuLedgerConfiguration {

  private static final Duration BLOCK_PERIOD = Duration.ofSeconds(1);

  @Bean
  ChainAccess sillokChainAccess(SillokProperties properties) {
    return ChainAccess.of(properties);
  }

  @Bean
  Publisher sillokPublisher(ChainAccess access) {
    return new Publisher(access.signer().account());
  }

  @Bean
  BesuLedger sillokLedger(
      ChainAccess access,
      SillokDatabase database,
      OpenLog openLog,
      LogReader reader,
      InstantSource sillokClock) {
    BesuLedger ledger = open(access, database, sillokClock);
    if (access.settings().followAnew()) {
      return ledger;
    }
    // A chain that does not have this block any more is another one.
    IntStream.iterate(openLog.number(), log -> log > 0, log -> log - 1)
        .mapToObj(reader::newestAnchored)
        .flatMap(Optional::stream)
        .findFirst()
        .flatMap(StoredCheckpoint::receipt)
        .map(Receipt::ofJson)
        .ifPresent(ledger::remember);
    return ledger;
  }

  private static BesuLedger open(ChainAccess access, SillokDatabase database, InstantSource clock) {
    try {
      return BesuLedger.open(
          access.file(),
          access.settings(),
          database.dataSource(),
          account ->
              Optional.of(access.signer()).filter(signer -> signer.account().equals(account)),
          clock);
    } catch (IllegalStateException e) {
      throw SillokProperties.wrong(
          "ledger.file",
          "the ledger that this database has followed so far (" + e.getMessage() + ")",
          access.file().hospitals());
    }
  }

  @Bean
  BackgroundLoop sillokChainFollowing(BesuLedger ledger) {
    return new BackgroundLoop("sillok-chain", BLOCK_PERIOD, () -> follow(ledger));
  }

  private static void follow(BesuLedger ledger) {
    try {
      ledger.runOnce();
    } catch (LedgerUnavailableException e) {
      // It is in the ledger's state, and was logged when it began.
    }
  }

  @Bean
  MeterBinder sillokChainMetrics(BesuLedger ledger) {
    return meters -> {
      Gauge.builder(
              "sillok.chain.head", () -> ledger.state().head().map(h -> h.blockNumber()).orElse(0L))
          .description("Newest block that was followed")
          .register(meters);
      Gauge.builder("sillok.chain.age", () -> ledger.state().headAge().toSeconds())
          .description("Age of that block")
          .baseUnit("seconds")
          .register(meters);
      Gauge.builder(
              "sillok.chain.fresh", () -> ledger.state().condition() == Condition.FRESH ? 1 : 0)
          .description("1 while the chain is young enough to decide by")
          .register(meters);
      Gauge.builder(
              "sillok.chain.replaced",
              () -> ledger.state().condition() == Condition.REPLACED ? 1 : 0)
          .description("1 while the nodes have another chain in place of the one that was followed")
          .register(meters);
    };
  }
}
