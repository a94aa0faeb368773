package org.sillok.plugin;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.sillok.log.BackgroundLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Sillok in a HAPI JPA server. {@code sillok.enabled=false} leaves no bean of it. */
@AutoConfiguration(after = DataSourceAutoConfiguration.class)
@ConditionalOnClass({IInterceptorService.class, DaoRegistry.class})
@ConditionalOnProperty(name = "sillok.enabled", matchIfMissing = true)
@EnableConfigurationProperties(SillokProperties.class)
@Import({LogConfiguration.class, CaptureConfiguration.class, LedgerConfiguration.class})
public class SillokAutoConfiguration {

  private static final Logger log = LoggerFactory.getLogger(SillokAutoConfiguration.class);

  @Bean
  SillokDatabase sillokDatabase(DataSource dataSource) {
    LoggedValues.warning(dataSource).ifPresent(warning -> log.warn("{}", warning));
    return SillokDatabase.migrate(dataSource);
  }

  @Bean
  static StorageSettingsCheck sillokStorageSettingsCheck(
      ObjectProvider<JpaStorageSettings> settings,
      ObjectProvider<PartitionSettings> partitions,
      ObjectProvider<FhirContext> fhirContext) {
    return new StorageSettingsCheck(settings, partitions, fhirContext);
  }

  @Bean
  BackgroundWork sillokBackgroundWork(List<BackgroundLoop> loops) {
    return new BackgroundWork(loops);
  }

  @Bean
  InstantSource sillokClock() {
    return InstantSource.system();
  }

  @Bean
  SecureRandom sillokRandom() {
    return new SecureRandom();
  }
}
