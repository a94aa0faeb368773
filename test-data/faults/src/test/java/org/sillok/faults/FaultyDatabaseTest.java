package org.sillok.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultyDatabaseTest {

  private static final String INSERT = "INSERT INTO t VALUES (1)";

  private final JdbcDataSource real = new JdbcDataSource();
  private final FaultyDatabase faulty = new FaultyDatabase(real);
  private final List<String> seen = new ArrayList<>();

  @BeforeEach
  void createTable() throws SQLException {
    real.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    try (Connection connection = real.getConnection()) {
      connection.prepareStatement("CREATE TABLE t (i INTEGER)").executeUpdate();
    }
  }

  private void insert(boolean transaction) throws SQLException {
    try (Connection connection = faulty.dataSource().getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      connection.setAutoCommit(!transaction);
      insert.executeUpdate();
      if (transaction) {
        assertThat(seen).as("before the commit").isEmpty();
        connection.commit();
      }
    }
  }

  private long rows() throws SQLException {
    try (Connection connection = real.getConnection();
        ResultSet count = connection.prepareStatement("SELECT COUNT(*) FROM t").executeQuery()) {
      count.next();
      return count.getLong(1);
    }
  }

  private void refuse(String sql) throws SQLException {
    seen.add(sql);
    throw new SQLException("full");
  }

  @Test
  void aTransactionFailsAtItsCommitAndLeavesNothing() throws SQLException {
    faulty.around(this::refuse, sql -> {});
    assertThatThrownBy(() -> insert(true)).hasMessage("full");
    assertThat(seen).singleElement().asString().contains(INSERT);
    assertThat(rows()).isZero();
  }

  @Test
  void anUpdateThatCommitsByItselfFailsAndLeavesNothing() throws SQLException {
    faulty.around(this::refuse, sql -> {});
    assertThatThrownBy(() -> insert(false)).hasMessage("full");
    assertThat(seen).containsExactly(INSERT);
    assertThat(rows()).isZero();
  }

  @Test
  void whatFailsAfterTheCommitStands() throws SQLException {
    faulty.around(sql -> {}, this::refuse);
    assertThatThrownBy(() -> insert(true)).hasMessage("full");
    seen.clear();
    assertThatThrownBy(() -> insert(false)).hasMessage("full");
    assertThat(rows()).isEqualTo(2);
  }

  @Test
  void isLikeAnyOtherOtherwise() throws SQLException {
    insert(true);
    insert(false);
    assertThat(rows()).isEqualTo(2);
  }
}
