package org.sillok.plugin;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.sillok.anchor.LedgerWitness;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.Ledger;
import org.sillok.ledger.LogId;
import org.sillok.log.BackgroundLoop;
import org.sillok.log.EntryMac;
import org.sillok.log.EntryWriter;
import org.sillok.log.KeyDirectory;
import org.sillok.log.LogKeys;
import org.sillok.log.LogReader;
import org.sillok.log.LogStore;
import org.sillok.log.OpenLog;
import org.sillok.log.Sequencer;
import org.sillok.log.SetAside;
import org.sillok.log.TileRepair;
import org.sillok.merkle.TileException;
import org.sillok.reconcile.DatabaseTrouble;
import org.sillok.reconcile.Findings;
import org.sillok.reconcile.Sweep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The hospital's log: its keys, its writer, its sequencer, and what the world may see of it. */
@Configuration(proxyBeanMethods = false)
class LogConfiguration {

  private static final Logger log = LoggerFactory.getLogger(LogConfiguration.class);

  @Bean
  KeyDirectory sillokKeyDirectory(SillokProperties properties) {
    return new KeyDirectory(properties.dataDirectory());
  }

  @Bean
  LogKeys sillokLogKeys(KeyDirectory directory, SecureRandom sillokRandom) {
    return new LogKeys(directory, sillokRandom);
  }

  @Bean
  OpenLog sillokOpenLog(
      SillokDatabase database,
      LogKeys keys,
      SillokProperties properties,
      InstantSource sillokClock) {
    return new LogStore(database.dataSource(), keys, sillokClock)
        .open(Optional.ofNullable(properties.log().origin()));
  }

  @Bean
  EntryMac sillokEntryMac(OpenLog openLog) {
    return openLog.mac();
  }

  @Bean
  EntryWriter sillokEntryWriter(EntryMac mac) {
    return new EntryWriter(mac);
  }

  @Bean
  LogReader sillokLogReader(SillokDatabase database, EntryMac mac) {
    return new LogReader(database.dataSource(), mac);
  }

  @Bean
  Sequencer sillokSequencer(
      SillokDatabase database,
      OpenLog openLog,
      SillokProperties properties,
      ObjectProvider<Sweep> sweep) {
    return new Sequencer(
        database.dataSource(),
        openLog.mac(),
        properties.sequencer().batchSize(),
        forged -> lookAt(forged, sweep));
  }

  /** It stays set aside; what it is about is told by a finding. */
  private static void lookAt(SetAside forged, ObjectProvider<Sweep> sweep) {
    log.error(
        "Row {} of sillok_entry was not written by a server of this hospital and was set aside",
        forged.id());
    try {
      sweep.ifAvailable(walk -> walk.lookAt(forged.id()));
    } catch (RuntimeException e) {
      log.warn("It is looked at in the next walk: {}", DatabaseTrouble.kindOf(e));
    }
  }

  @Bean
  TileRescue sillokTileRescue(
      SillokDatabase database,
      OpenLog openLog,
      Ledger ledger,
      HospitalId hospital,
      ObjectProvider<Findings> findings,
      InstantSource sillokClock) {
    return new TileRescue(
        () -> repair(database, openLog.snapshot(), ledger, hospital).run(),
        finding -> findings.ifAvailable(kept -> kept.report(finding)),
        () -> "log " + openLog.number() + " tiles",
        sillokClock);
  }

  private static TileRepair repair(
      SillokDatabase database, OpenLog log, Ledger ledger, HospitalId hospital) {
    LogId id = new LogId(hospital, log.number());
    return new TileRepair(database.dataSource(), log, new LedgerWitness(ledger, id));
  }

  @Bean
  Sequencing sillokSequencingProgress(
      Sequencer sequencer,
      TileRescue rescue,
      SillokProperties properties,
      InstantSource sillokClock) {
    return new Sequencing(
        () -> {
          try {
            return sequencer.runOnce();
          } catch (TileException e) {
            rescue.attempt(String.valueOf(e.getMessage()));
            throw e;
          }
        },
        properties.sequencer().batchSize(),
        sillokClock);
  }

  @Bean
  BackgroundLoop sillokSequencing(Sequencing sequencing, SillokProperties properties) {
    return new BackgroundLoop("sillok-sequencer", properties.sequencer().interval(), sequencing);
  }

  @Bean
  LogTilesController sillokLogTiles(OpenLog openLog, LogReader reader) {
    return new LogTilesController(openLog, reader);
  }

  @Bean
  LogHealth sillokLogHealthIndicator(OpenLog openLog, LogReader reader, Sequencing sequencing) {
    return new LogHealth(openLog, reader, sequencing);
  }

  @Bean
  MeterBinder sillokLogMetrics(OpenLog openLog, LogReader reader) {
    return (MeterRegistry meters) -> {
      Gauge.builder("sillok.log.size", () -> reader.size(openLog.number()))
          .description("Leaves of the log")
          .register(meters);
      Gauge.builder("sillok.log.pending", reader::pending)
          .description("Entries that wait for their place")
          .register(meters);
      Gauge.builder("sillok.log.setaside", reader::setAside)
          .description("Rows that this server did not write")
          .register(meters);
    };
  }
}
