package org.sillok.plugin;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.sillok.anchor.AnchorPolicy;
import org.sillok.anchor.LedgerAnchor;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.Ledger;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogVkey;
import org.sillok.ledger.TokenKeys;
import org.sillok.ledger.block.LedgerSigningKey;
import org.sillok.ledger.eip712.Signer;
import org.sillok.ledger.embedded.EmbeddedLedger;
import org.sillok.log.BackgroundLoop;
import org.sillok.log.LogKeys;
import org.sillok.log.OpenLog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * The ledger and the way of tree heads to it. On the embedded ledger this hospital is the only
 * member, its founder.
 */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {

  private static final Duration LOOKS = Duration.ofMillis(500);
  private static final String UNNAMED_ID = "local";
  private static final String UNNAMED = "This hospital";

  @Bean
  Ledger sillokLedger(
      SillokDatabase database,
      LogKeys keys,
      OpenLog openLog,
      SillokProperties properties,
      Clock sillokClock,
      Environment environment) {
    return EmbeddedLedger.openOrFound(
        database.dataSource(),
        LedgerSigningKey.ofSeed(keys.ledger()),
        sillokClock,
        List.of(founder(keys, openLog, properties, environment)));
  }

  private static Hospital founder(
      LogKeys keys, OpenLog openLog, SillokProperties properties, Environment environment) {
    String name = properties.hospital().name();
    return new Hospital(
        hospitalId(properties),
        name == null ? UNNAMED : name,
        fhirBase(environment),
        Signer.address(keys.owner()),
        Signer.address(keys.publisher()),
        new LogVkey(openLog.vkey().toString()),
        TokenKeys.NONE,
        true);
  }

  private static HospitalId hospitalId(SillokProperties properties) {
    String id = properties.hospital().id();
    return new HospitalId(id == null ? UNNAMED_ID : id);
  }

  /** Where others would reach the server; nobody asks the embedded ledger for it. */
  private static URI fhirBase(Environment environment) {
    return URI.create(environment.getProperty("hapi.fhir.server_address", "http://localhost/fhir"));
  }

  @Bean
  LedgerKeyController sillokLedgerKey(LogKeys keys) {
    return new LedgerKeyController(LedgerSigningKey.ofSeed(keys.ledger()).publicKey());
  }

  @Bean
  LogId sillokLogId(OpenLog openLog, SillokProperties properties) {
    return new LogId(hospitalId(properties), openLog.number());
  }

  @Bean
  LedgerAnchor sillokAnchor(
      SillokDatabase database,
      OpenLog openLog,
      LogId logId,
      Ledger ledger,
      LogKeys keys,
      SillokProperties properties,
      Clock sillokClock,
      SecureRandom sillokRandom) {
    AnchorPolicy policy =
        new AnchorPolicy(properties.anchor().interval(), properties.anchor().batchSize());
    return new LedgerAnchor(
        database.dataSource(),
        openLog,
        ledger,
        logId,
        Signer.address(keys.publisher()),
        policy,
        sillokClock,
        sillokRandom);
  }

  @Bean
  BackgroundLoop sillokAnchoring(LedgerAnchor anchor, TileRescue rescue) {
    return new BackgroundLoop(
        "sillok-anchor",
        LOOKS,
        () -> {
          anchor.runOnce();
          anchor.state().stopped().ifPresent(rescue::attempt);
        });
  }

  @Bean
  LedgerHealth sillokLedgerHealthIndicator(Ledger ledger, LedgerAnchor anchor, Clock sillokClock) {
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
