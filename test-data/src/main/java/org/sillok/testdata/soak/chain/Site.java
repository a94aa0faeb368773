package org.sillok.testdata.soak.chain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.tools.Server;
import org.sillok.faults.Anvil;
import org.sillok.faults.BackgroundMining;
import org.sillok.faults.FaultProxy;
import org.sillok.ledger.LogVkey;
import org.sillok.ledger.besu.BesuLedger;
import org.sillok.log.KeyDirectory;
import org.sillok.log.LogKeys;
import org.sillok.log.LogStore;
import org.sillok.log.OpenLog;
import org.sillok.testdata.chain.Consortium;
import org.sillok.testdata.chain.Entries;
import org.sillok.testdata.chain.Tables;

/**
 * A chain, a hospital with one database and two servers, and the other members. The chain's clock
 * begins an hour late.
 */
final class Site implements AutoCloseable {

  private final Anvil chain;
  private final BackgroundMining mining;
  private final Server databaseServer;
  private final JdbcConnectionPool database;
  private final FaultProxy faultless;
  private final Consortium consortium;
  private final JdbcConnectionPool membersDatabase = Tables.memory();
  private final BesuLedger members;
  private final Entries entries;
  private final List<ChainServer> servers;

  /**
   * @param directory an empty one, for keys, the database and what chain and servers say
   */
  Site(Path directory) throws IOException, SQLException {
    long anHourAgo = InstantSource.system().instant().minus(Duration.ofHours(1)).getEpochSecond();
    chain =
        Anvil.start(
            "--no-mining",
            "--timestamp",
            Long.toString(anHourAgo),
            "--state",
            Files.createDirectories(directory.resolve("chain")).toString(),
            "--preserve-historical-states");
    mining = new BackgroundMining(chain, Common.BLOCK_PERIOD);
    databaseServer =
        Server.createTcpServer("-tcpPort", "0", "-baseDir", directory.toString(), "-ifNotExists")
            .start();
    String url = "jdbc:h2:tcp://127.0.0.1:" + databaseServer.getPort() + "/./hospital";
    database = JdbcConnectionPool.create(url, "sa", "");
    Tables.create(database);
    LogKeys keys = new LogKeys(new KeyDirectory(directory), new SecureRandom());
    OpenLog log = new LogStore(database, keys, InstantSource.system()).open(Optional.empty());
    entries = new Entries(database, log);
    faultless = new FaultProxy(chain::url);
    consortium =
        Consortium.found(
            chain.url(),
            Common.MEMBERS.stream()
                .map(
                    name ->
                        Consortium.hospital(
                            name,
                            new LogVkey(
                                name.equals(Common.HOSPITAL)
                                    ? log.vkey().toString()
                                    : name + ".example/log+0123abcd+AWl4LmV4YW1wbGU=")))
                .toList());
    Files.writeString(directory.resolve("ledger.json"), consortium.file().toJson());
    members = consortium.open(Common.patient(faultless.url()), membersDatabase);
    servers =
        Stream.of("one", "two")
            .map(name -> new ChainServer(name, directory, url, new FaultProxy(chain::url)))
            .toList();
  }

  Anvil chain() {
    return chain;
  }

  BackgroundMining mining() {
    return mining;
  }

  List<ChainServer> servers() {
    return servers;
  }

  /** What the hospital's requests write, on connections that nothing happens to. */
  Entries entries() {
    return entries;
  }

  /** The ledger as the members' owners use it, over a line without faults. */
  BesuLedger members() {
    return members;
  }

  JdbcConnectionPool database() {
    return database;
  }

  /** Somebody who follows the chain from its beginning. */
  BesuLedger newcomer(JdbcConnectionPool empty) {
    return consortium.open(Common.patient(faultless.url()), empty);
  }

  /** Transactions of the hospital's publisher in blocks. */
  long transactions() {
    return chain.transactions(Consortium.publisher(Common.HOSPITAL).account().toString());
  }

  /** The one number that a query gives. */
  long number(String query) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() {
    servers.forEach(ChainServer::close);
    mining.close();
    faultless.close();
    chain.close();
    database.dispose();
    membersDatabase.dispose();
    databaseServer.stop();
  }
}
