package org.sillok.plugin;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.sillok.anchor.AnchorPolicy;
import org.sillok.anchor.AnchorState;
import org.sillok.anchor.HeadFile;
import org.sillok.anchor.HeadMemory;
import org.sillok.anchor.LedgerAnchor;
import org.sillok.anchor.LostHeads;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.Ledger;
import org.sillok.log.BackgroundLoop;
import org.sillok.log.KeyDirectory;
import org.sillok.log.LogBreak;
import org.sillok.log.LogReader;
import org.sillok.log.OpenLog;
import org.sillok.reconcile.Finding;
import org.sillok.reconcile.Findings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The way of tree heads to the ledger, whichever it is. */
@Configuration(proxyBeanMethods = false)
@Import({EmbeddedLedgerConfiguration.class, BesuLedgerConfiguration.class})
class LedgerConfiguration {

  private static final Duration LOOKS = Duration.ofMillis(500);
  private static final String UNNAMED_ID = "local";

  static HospitalId hospitalId(SillokProperties properties) {
    String id = properties.hospital().id();
    return new HospitalId(id == null ? UNNAMED_ID : id);
  }

  @Bean
  HospitalId sillokHospitalId(SillokProperties properties) {
    return hospitalId(properties);
  }

  @Bean
  HeadMemory sillokHeadMemory(KeyDirectory directory, OpenLog openLog, HospitalId hospital) {
    return new HeadFile(directory, openLog, hospital);
  }

  @Bean
  LostHeads sillokLostHeads(HeadMemory memory, LogReader reader) {
    return new LostHeads(memory, reader);
  }

  @Bean
  LedgerAnchor sillokAnchor(
      SillokDatabase database,
      OpenLog openLog,
      HospitalId hospital,
      Ledger ledger,
      Publisher publisher,
      HeadMemory memory,
      SillokProperties properties,
      InstantSource sillokClock,
      SecureRandom sillokRandom) {
    AnchorPolicy policy =
        new AnchorPolicy(properties.anchor().interval(), properties.anchor().batchSize());
    return new LedgerAnchor(
        database.dataSource(),
        openLog,
        ledger,
        hospital,
        publisher.account(),
        memory,
        policy,
        sillokClock,
        sillokRandom);
  }

  @Bean
  BackgroundLoop sillokAnchoring(
      LedgerAnchor anchor, TileRescue rescue, ObjectProvider<Findings> findings) {
    Set<LogBreak> told = new HashSet<>();
    return new BackgroundLoop(
        "sillok-anchor",
        LOOKS,
        () -> {
          anchor.runOnce();
          anchor.state().stopped().ifPresent(rescue::attempt);
          findings.ifAvailable(kept -> tell(anchor.state(), told, kept));
        });
  }

  /** Of lost leaves, at once; the sweep tells of them again and again. */
  private static void tell(AnchorState state, Set<LogBreak> told, Findings findings) {
    for (LogBreak where : state.breaks()) {
      if (where.lost() && !told.contains(where)) {
        findings.report(Finding.of(where));
        told.add(where);
      }
    }
  }

  @Bean
  LedgerHealth sillokLedgerHealthIndicator(
      Ledger ledger, LedgerAnchor anchor, InstantSource sillokClock) {
    return new LedgerHealth(ledger, anchor, sillokClock);
  }

  @Bean
  MeterBinder sillokAnchorMetrics(LedgerAnchor anchor) {
    return meters -> {
      Gauge.builder("sillok.anchor.size", () -> anchor.state().anchoredSize())
          .description("Leaves that the ledger vouches for")
          .register(meters);
      Gauge.builder("sillok.anchor.waiting", () -> anchor.state().waiting())
          .description("Leaves that wait for the ledger")
          .register(meters);
      Gauge.builder(
              "sillok.anchor.failing", () -> anchor.state().failingSince().isPresent() ? 1 : 0)
          .description("1 while the ledger cannot be reached")
          .register(meters);
    };
  }
}
