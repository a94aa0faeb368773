package org.sillok.plugin.verification;

import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.rest.server.RestfulServer;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import org.sillok.capture.ReadContent;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.Ledger;
import org.sillok.ledger.LogId;
import org.sillok.ledger.embedded.EmbeddedLedger;
import org.sillok.log.LogBreak;
import org.sillok.log.LogReader;
import org.sillok.log.LogVkeys;
import org.sillok.log.OpenLog;
import org.sillok.note.VerifierKey;
import org.sillok.plugin.SillokAutoConfiguration;
import org.sillok.plugin.SillokDatabase;
import org.sillok.verification.CheckpointCheck;
import org.sillok.verification.EvidenceMaker;
import org.sillok.verification.EvidenceProvider;
import org.sillok.verification.LogCheck;
import org.sillok.verification.Logs;
import org.sillok.verification.StoredVersions;
import org.sillok.verification.Verifier;
import org.sillok.verification.VerifyProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;

/** The reader of stored versions, and the operations that verify them. */
@AutoConfiguration(after = SillokAutoConfiguration.class)
@ConditionalOnBean({SillokDatabase.class, OpenLog.class, Ledger.class, HospitalId.class})
class VerificationConfiguration {

  @Bean
  StoredVersions sillokStoredVersions(
      SillokDatabase database, OpenLog log, ReadContent binaries, JpaStorageSettings settings) {
    return new JdbcStoredVersions(
        database.dataSource(),
        log.mac(),
        new StoredElsewhere(binaries, settings),
        ZoneId.systemDefault());
  }

  @Bean
  Logs sillokLogs(OpenLog open, HospitalId hospital, LogReader reader) {
    return new Logs() {
      @Override
      public int open() {
        return open.number();
      }

      @Override
      public LogId id(int log) {
        return new LogId(hospital, log);
      }

      @Override
      public VerifierKey key() {
        return open.vkey();
      }

      @Override
      public LogVkeys keys(int log) {
        return reader.origin(log).map(open::vkeys).orElseGet(open::vkeys);
      }

      @Override
      public Optional<LogBreak> broken(int log) {
        return log == open.number()
            ? Optional.empty()
            : reader.breaks().stream().filter(where -> where.log() == log).findFirst();
      }
    };
  }

  @Bean
  LogCheck sillokLogCheck(LogReader reader, Ledger ledger, Logs logs) {
    return new LogCheck(reader, new CheckpointCheck(ledger, logs), logs);
  }

  @Bean
  Verifier sillokVerifier(
      StoredVersions stored, LogReader reader, LogCheck check, InstantSource sillokClock) {
    return new Verifier(stored, reader, check, sillokClock);
  }

  @Bean
  EvidenceMaker sillokEvidenceMaker(
      StoredVersions stored, LogReader reader, LogCheck check, Logs logs, Ledger ledger) {
    return new EvidenceMaker(
        stored,
        reader,
        check,
        logs,
        ledger,
        () ->
            ledger instanceof EmbeddedLedger embedded
                ? Optional.of(embedded.publicKey().toString())
                : Optional.empty());
  }

  @Bean
  SmartInitializingSingleton sillokVerificationOperations(
      RestfulServer server, Verifier verifier, EvidenceMaker evidence) {
    return () ->
        server.registerProviders(new VerifyProvider(verifier), new EvidenceProvider(evidence));
  }
}
