package org.sillok.plugin.attribution;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import ca.uhn.fhir.jpa.search.cache.ISearchCacheSvc;
import ca.uhn.fhir.rest.server.RestfulServer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import org.hl7.fhir.r4.model.Identifier;
import org.sillok.attribution.EverythingPages;
import org.sillok.attribution.ProvenanceBuilder;
import org.sillok.attribution.ProvenanceInterceptor;
import org.sillok.attribution.ProvenanceSigner;
import org.sillok.log.BackgroundLoop;
import org.sillok.log.KeyDirectory;
import org.sillok.log.LogReader;
import org.sillok.plugin.SillokAutoConfiguration;
import org.sillok.plugin.SillokDatabase;
import org.sillok.plugin.SillokProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Provenance resources. With {@code sillok.provenance.enabled=false} none are written; those that
 * are there stay verifiable and out of users' ways.
 */
@AutoConfiguration(after = SillokAutoConfiguration.class)
@ConditionalOnBean({SillokDatabase.class, LogReader.class})
class ProvenanceConfiguration {

  @Bean
  ProvenanceSigner sillokProvenanceSigner(
      FhirContext fhirContext, SillokProperties properties, SillokDatabase database) {
    return SigningKey.load(
        fhirContext,
        new KeyDirectory(properties.dataDirectory()),
        new JdbcTemplate(database.dataSource()));
  }

  @Bean
  JwksEndpoint sillokJwks(ProvenanceSigner signer) {
    return new JwksEndpoint(signer.jwks());
  }

  @Bean
  ProvenanceStore sillokProvenanceStore(
      SillokDatabase database, ObjectProvider<ISearchCacheSvc> searches) {
    return new ProvenanceStore(new JdbcTemplate(database.dataSource()), searches::getObject);
  }

  @Bean
  SmartInitializingSingleton sillokProvenanceInterceptor(
      IInterceptorService storageInterceptors,
      ObjectProvider<RestfulServer> servers,
      ProvenanceStore store) {
    return () -> {
      storageInterceptors.registerInterceptor(new ProvenanceInterceptor(store));
      storageInterceptors.registerInterceptor(new DeleteConflicts(store));
      servers.forEach(server -> server.registerInterceptor(new EverythingPages(store)));
    };
  }

  @Bean
  @ConditionalOnProperty(name = "sillok.provenance.enabled", matchIfMissing = true)
  BackgroundLoop sillokProvenanceWriting(ProvenanceBatch batch, SillokProperties properties) {
    return new BackgroundLoop("sillok-provenance", properties.provenance().interval(), batch::run);
  }

  @Bean
  @ConditionalOnProperty(name = "sillok.provenance.enabled", matchIfMissing = true)
  ProvenanceBatch sillokProvenanceBatch(
      SillokDatabase database,
      SillokProperties properties,
      IHapiTransactionService transactions,
      ProvenanceStore store,
      ProvenanceWriter writer,
      LogReader log,
      InstantSource sillokClock,
      ObjectProvider<MeterRegistry> meters) {
    ProvenanceCursors cursors = new ProvenanceCursors(new JdbcTemplate(database.dataSource()));
    ProvenanceBatch batch =
        new ProvenanceBatch(
            transactions,
            cursors,
            new LeafSource(database.dataSource(), log, store),
            writer,
            number -> new ProvenanceBuilder(custodian(properties, cursors, number)),
            sillokClock,
            properties.provenance().delay());
    Gauge.builder("sillok.provenance.backlog", batch, ProvenanceBatch::backlog)
        .description("Anchored leaves that no Provenance tells of yet")
        .register(meters.getIfAvailable(SimpleMeterRegistry::new));
    return batch;
  }

  @Bean
  @ConditionalOnProperty(name = "sillok.provenance.enabled", matchIfMissing = true)
  ProvenanceWriter sillokProvenanceWriter(
      DaoRegistry daos,
      ProvenanceStore store,
      ProvenanceSigner signer,
      InstantSource sillokClock,
      ObjectProvider<MeterRegistry> meters) {
    Counter written =
        Counter.builder("sillok.provenance.written")
            .description("Provenance resources written")
            .register(meters.getIfAvailable(SimpleMeterRegistry::new));
    return new ProvenanceWriter(daos, store, signer, sillokClock, written::increment);
  }

  private static Identifier custodian(
      SillokProperties properties, ProvenanceCursors cursors, int log) {
    String hospital = properties.hospital().id();
    return hospital == null
        ? new Identifier().setSystem("urn:sillok:log").setValue(cursors.origin(log))
        : new Identifier().setSystem("urn:sillok:hospital").setValue(hospital);
  }
}
