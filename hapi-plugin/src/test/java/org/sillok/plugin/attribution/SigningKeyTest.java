package org.sillok.plugin.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sillok.log.KeyDirectory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

class SigningKeyTest {

  private static final FhirContext FHIR = FhirContext.forR4Cached();

  @TempDir Path one;
  @TempDir Path other;
  private JdbcTemplate jdbc;

  @BeforeEach
  void createTables() {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:" + one.getFileName() + ";DB_CLOSE_DELAY=-1");
    new ResourceDatabasePopulator(new ClassPathResource("org/sillok/schema/V4__provenance.sql"))
        .execute(database);
    jdbc = new JdbcTemplate(database);
  }

  @Test
  void staysTheSameOverARestart() {
    assertThat(keyId(one)).isEqualTo(keyId(one));
  }

  @Test
  void isRefusedIfTheDatabaseBelongsToAnother() {
    String known = keyId(one);

    assertThatThrownBy(() -> keyId(other))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(other.resolve("provenance.jwk").toString())
        .hasMessageContaining(known);
  }

  @Test
  void isTakenFromACopiedFile() throws Exception {
    String known = keyId(one);
    Files.copy(one.resolve("provenance.jwk"), other.resolve("provenance.jwk"));
    Files.setPosixFilePermissions(
        other.resolve("provenance.jwk"),
        Files.getPosixFilePermissions(one.resolve("provenance.jwk")));

    assertThat(keyId(other)).isEqualTo(known);
  }

  private String keyId(Path directory) {
    return SigningKey.load(FHIR, new KeyDirectory(directory), jdbc).keyId();
  }
}
