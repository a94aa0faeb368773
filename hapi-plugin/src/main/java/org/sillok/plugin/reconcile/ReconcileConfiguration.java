package org.sillok.plugin.reconcile;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.Principal;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.sillok.anchor.LostHeads;
import org.sillok.ledger.Ledger;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.embedded.EmbeddedLedger;
import org.sillok.log.EntryWriter;
import org.sillok.log.LogReader;
import org.sillok.log.OpenLog;
import org.sillok.plugin.SillokDatabase;
import org.sillok.plugin.SillokProperties;
import org.sillok.reconcile.CheckProvider;
import org.sillok.reconcile.Findings;
import org.sillok.reconcile.FindingsProvider;
import org.sillok.reconcile.LogState;
import org.sillok.reconcile.Sweep;
import org.sillok.reconcile.UnloggedVersions;
import org.sillok.verification.ImportEnd;
import org.sillok.verification.Logs;
import org.sillok.verification.StoredVersions;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;

/** The sweep, its threads and what shows of it. */
@AutoConfiguration(afterName = "org.sillok.plugin.verification.VerificationConfiguration")
@ConditionalOnBean(StoredVersions.class)
class ReconcileConfiguration {

  private static final long PAUSE_MILLIS = 500;

  @Bean
  Remembered sillokRemembered(SillokProperties properties) {
    return new Remembered(properties.dataDirectory());
  }

  @Bean
  Findings sillokFindings(
      SillokDatabase database,
      EntryWriter entries,
      OpenLog log,
      Remembered remembered,
      SecureRandom sillokRandom,
      InstantSource sillokClock) {
    FindingRows rows = new FindingRows(log.mac());
    FindingReviews reviews =
        new FindingReviews(rows, new LoggedReviews(log.mac()), entries, sillokRandom);
    return new JdbcFindings(database.dataSource(), rows, reviews, remembered, sillokClock);
  }

  @Bean
  SweepTable sillokSweepTable(
      SillokDatabase database, OpenLog log, Remembered remembered, InstantSource sillokClock) {
    return new SweepTable(database.dataSource(), log.mac(), remembered, sillokClock);
  }

  @Bean
  UnloggedVersions sillokUnloggedVersions(
      SillokDatabase database,
      StoredVersions stored,
      EntryWriter entries,
      OpenLog log,
      Remembered remembered,
      SecureRandom sillokRandom,
      InstantSource sillokClock) {
    return new JdbcUnloggedVersions(
        database.dataSource(), stored, entries, log.mac(), remembered, sillokRandom, sillokClock);
  }

  @Bean
  Sweep sillokSweepWalk(
      SillokDatabase database,
      StoredVersions stored,
      Findings findings,
      UnloggedVersions unlogged,
      OpenLog log,
      LogReader reader,
      Ledger ledger,
      LostHeads lost,
      Logs logs,
      InstantSource sillokClock) {
    Runnable pause = ReconcileConfiguration::pause;
    WholeLogAudit audit =
        new WholeLogAudit(
            database.dataSource(),
            log,
            reader,
            ledger,
            logs,
            receipts -> wrongWith(ledger, lost, receipts),
            pause);
    ImportEnd importEnd = new ImportEnd(reader);
    Supplier<LogState> state = () -> new StoredLogState(reader, importEnd, audit::step);
    return new Sweep(stored, state, unlogged, findings, log.mac(), sillokClock, pause);
  }

  private static List<String> wrongWith(
      Ledger ledger, LostHeads lost, Collection<Receipt> receipts) {
    List<String> wrong = new ArrayList<>();
    lost.inLog().ifPresent(wrong::add);
    if (ledger instanceof EmbeddedLedger embedded) {
      if (wrong.isEmpty()) {
        lost.inLedger(embedded.checkpoints()).ifPresent(wrong::add);
      }
      wrong.addAll(embedded.replay(receipts).findings());
    }
    return wrong;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Bean
  SweepMetrics sillokSweepMetrics(
      MeterRegistry meters, Findings findings, SweepTable table, InstantSource sillokClock) {
    return new SweepMetrics(
        meters,
        findings::countOpen,
        () -> table.background().map(job -> job.run().percent()).orElse(0),
        sillokClock);
  }

  @Bean
  SweepThreads sillokSweepThreads(
      Sweep sweep,
      SweepTable table,
      SweepMetrics metrics,
      SweepWatch watch,
      SillokProperties properties,
      InstantSource sillokClock) {
    return new SweepThreads(sweep, table, metrics, watch, properties.sweep(), sillokClock);
  }

  @Bean
  SweepWatch sillokSweepWatch(SillokProperties properties, InstantSource sillokClock) {
    return new SweepWatch(properties.sweep().interval(), sillokClock);
  }

  @Bean
  HealthIndicator sillokSweep(
      Findings findings, SweepTable table, SweepWatch watch, SillokProperties properties) {
    return new SweepHealth(findings, table, watch, properties.sweep().enabled());
  }

  @Bean
  SmartInitializingSingleton sillokReconcileOperations(
      RestfulServer server, SweepTable table, Findings findings) {
    return () ->
        server.registerProviders(
            new CheckProvider(table, findings),
            new FindingsProvider(findings, ReconcileConfiguration::agent));
  }

  private static String agent(RequestDetails request) {
    Principal principal =
        request instanceof ServletRequestDetails servlet
            ? servlet.getServletRequest().getUserPrincipal()
            : null;
    return principal == null || principal.getName() == null ? "anonymous" : principal.getName();
  }
}
