package org.sillok.plugin.verification;

import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import java.time.ZoneId;
import org.sillok.capture.ExternalBinaries;
import org.sillok.log.EntryMac;
import org.sillok.plugin.SillokAutoConfiguration;
import org.sillok.plugin.SillokDatabase;
import org.sillok.verification.StoredVersions;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;

/** The reader of stored versions, and the operations that verify them. */
@AutoConfiguration(after = SillokAutoConfiguration.class)
@ConditionalOnBean(SillokDatabase.class)
class VerificationConfiguration {

  @Bean
  StoredVersions sillokStoredVersions(
      SillokDatabase database,
      EntryMac mac,
      ExternalBinaries binaries,
      JpaStorageSettings settings) {
    return new JdbcStoredVersions(
        database.dataSource(),
        mac,
        new StoredElsewhere(binaries, settings),
        ZoneId.systemDefault());
  }
}
