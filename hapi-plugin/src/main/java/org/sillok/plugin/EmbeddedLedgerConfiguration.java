package org.sillok.plugin;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.Ledger;
import org.sillok.ledger.LogVkey;
import org.sillok.ledger.TokenKeys;
import org.sillok.ledger.block.LedgerSigningKey;
import org.sillok.ledger.eip712.Signer;
import org.sillok.ledger.embedded.EmbeddedLedger;
import org.sillok.log.LogKeys;
import org.sillok.log.OpenLog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The embedded ledger, of which this hospital is the only member, its founder. */
@Configuration(proxyBeanMethods = false)
@Conditional(LedgerType.Embedded.class)
class EmbeddedLedgerConfiguration {

  private static final String UNNAMED = "This hospital";

  @Bean
  Ledger sillokLedger(
      SillokDatabase database,
      LogKeys keys,
      OpenLog openLog,
      SillokProperties properties,
      InstantSource sillokClock,
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
        LedgerConfiguration.hospitalId(properties),
        name == null ? UNNAMED : name,
        fhirBase(environment),
        Signer.address(keys.owner()),
        Signer.address(keys.publisher()),
        new LogVkey(openLog.vkey().toString()),
        TokenKeys.NONE,
        true);
  }

  /** Where others would reach the server; nobody asks the embedded ledger for it. */
  private static URI fhirBase(Environment environment) {
    return URI.create(environment.getProperty("hapi.fhir.server_address", "http://localhost/fhir"));
  }

  @Bean
  Publisher sillokPublisher(LogKeys keys) {
    return new Publisher(Signer.address(keys.publisher()));
  }

  @Bean
  LedgerKeyController sillokLedgerKey(LogKeys keys) {
    return new LedgerKeyController(LedgerSigningKey.ofSeed(keys.ledger()).publicKey());
  }
}
