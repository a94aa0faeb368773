package org.sillok.testdata.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What would keep a server from starting, found before it is started, in words for the person who
 * starts it.
 */
public final class Preflight {

  private static final int LOWEST_PORT = 10_000;
  private static final int FIRST_OUTGOING_PORT = 32_768;

  private Preflight() {}

  /**
   * @throws RefusedException if the port is taken, or the data directory cannot be written or
   *     belongs to a server that runs
   */
  public static void check(ServerSettings settings) throws RefusedException {
    checkPort(settings.port());
    checkData(settings.data());
    if (settings.usesOwnDatabase()) {
      checkDatabase(settings.data());
    }
  }

  /**
   * A port that nobody listens on at the moment, below those that systems give to outgoing
   * connections. One of these could be taken by any client while a server is down between two
   * starts, or a client that asks whether the server is back could be connected to itself.
   */
  public static int freePort() {
    return ThreadLocalRandom.current()
        .ints(LOWEST_PORT, FIRST_OUTGOING_PORT)
        .limit(1_000)
        .filter(Preflight::isFree)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no free port"));
  }

  private static boolean isFree(int port) {
    try {
      checkPort(port);
      return true;
    } catch (RefusedException taken) {
      return false;
    }
  }

  private static void checkPort(int port) throws RefusedException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(port));
    } catch (IOException e) {
      throw new RefusedException("port " + port + " is taken; choose another with --port", e);
    }
  }

  private static void checkData(Path data) throws RefusedException {
    try {
      Files.createDirectories(data);
      Files.delete(Files.createTempFile(data, "sillok", ".tmp"));
    } catch (IOException e) {
      throw new RefusedException("the data directory " + data + " cannot be written", e);
    }
  }

  private static void checkDatabase(Path data) throws RefusedException {
    Path database = data.resolve("h2.mv.db");
    if (Files.exists(database)) {
      checkUnlocked(data, database);
    }
  }

  /** H2 locks the file of an open database. */
  private static void checkUnlocked(Path data, Path database) throws RefusedException {
    try (FileChannel channel = FileChannel.open(database, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw inUse(data);
      }
    } catch (OverlappingFileLockException inThisProcess) {
      throw inUse(data);
    } catch (IOException e) {
      throw new RefusedException("the database " + database + " cannot be opened", e);
    }
  }

  private static RefusedException inUse(Path data) {
    return new RefusedException(
        "the data directory "
            + data
            + " is in use by another server; end it, or choose another with --data",
        null);
  }

  /** A server cannot be started; the message says why and what to do. */
  public static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    RefusedException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
