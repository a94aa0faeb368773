package org.sillok.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class SillokDatabaseTest {

  @Test
  void letsH2DrawManyIdsOfEntriesAtOnce() {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");

    SillokDatabase.migrate(h2);

    assertThat(
            new JdbcTemplate(h2)
                .queryForObject(
                    "SELECT identity_cache FROM information_schema.columns"
                        + " WHERE table_name = 'SILLOK_ENTRY' AND column_name = 'ID'",
                    Long.class))
        .isEqualTo(1000);
  }
}
