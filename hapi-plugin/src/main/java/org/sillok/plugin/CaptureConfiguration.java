package org.sillok.plugin;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.rest.server.RestfulServer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.persistence.EntityManagerFactory;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.sillok.capture.CaptureTransaction;
import org.sillok.capture.CapturedWrites;
import org.sillok.capture.Deletions;
import org.sillok.capture.ProvenanceCaptureInterceptor;
import org.sillok.capture.ReadContent;
import org.sillok.log.EntryWriter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** From HAPI's hooks to rows of the log, in HAPI's own transaction. */
@Configuration(proxyBeanMethods = false)
class CaptureConfiguration {

  @Bean
  static InterceptorRegistration sillokInterceptorRegistration(
      ObjectProvider<ProvenanceCaptureInterceptor> capture,
      ObjectProvider<IInterceptorService> storageInterceptors) {
    return new InterceptorRegistration(capture, storageInterceptors);
  }

  @Bean
  ProvenanceCaptureInterceptor sillokCapture(
      FhirContext fhirContext, CaptureTransaction transaction, InstantSource sillokClock) {
    return new ProvenanceCaptureInterceptor(fhirContext, transaction, sillokClock);
  }

  @Bean
  CaptureTransaction sillokCaptureTransaction(
      SillokDatabase database,
      EntryWriter writer,
      Deletions deletions,
      ReadContent binaries,
      SecureRandom sillokRandom,
      ObjectProvider<MeterRegistry> meters) {
    Counter entries =
        Counter.builder("sillok.capture.entries")
            .description("Entries written with the writes that they tell of")
            .register(meters.getIfAvailable(SimpleMeterRegistry::new));
    return new SpringCaptureTransaction(
        database.dataSource(),
        () -> new CapturedWrites(writer, deletions, binaries, sillokRandom),
        entries::increment);
  }

  @Bean
  Deletions sillokDeletions(ObjectProvider<EntityManagerFactory> entityManagers) {
    return new JpaDeletions(entityManagers::getObject);
  }

  @Bean
  ReadContent sillokReadContent(
      FhirContext fhirContext,
      ObjectProvider<IInterceptorService> storageInterceptors,
      ObjectProvider<RestfulServer> servers) {
    return new HapiReadContent(fhirContext, storageInterceptors, servers);
  }
}
