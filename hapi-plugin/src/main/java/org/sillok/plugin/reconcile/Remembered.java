package org.sillok.plugin.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this server remembers of the sweep outside of the database, where whoever has only that does
 * not come: in memory, and in a file of the data directory for the next start. Nothing in it ever
 * goes back. Where the file cannot be written, it is remembered until the server ends. Thread-safe.
 */
final class Remembered {

  /** In the data directory. */
  static final String FILE = "sweep.state";

  private static final Logger LOG = LoggerFactory.getLogger(Remembered.class);
  private static final String FORMAT = "sillok-sweep-state-v1";
  private static final String NEVER = "never";

  private final Path file;
  private long findings;
  private @Nullable Instant walked;
  private boolean importClosed;
  private boolean warned;

  /**
   * @throws IllegalStateException if the file is not as a server writes it
   */
  Remembered(Path directory) {
    this.file = directory.resolve(FILE);
    read();
  }

  /** Takes what is further on, of what the file has and of what is known here. */
  private void read() {
    try {
      List<String> lines = Files.readAllLines(file, UTF_8);
      if (lines.size() != 4 || !lines.get(0).equals(FORMAT)) {
        throw new IllegalArgumentException("form");
      }
      findings = Math.max(findings, Long.parseLong(lines.get(1)));
      Instant time = lines.get(2).equals(NEVER) ? null : Instant.parse(lines.get(2));
      walked = time == null || (walked != null && walked.isAfter(time)) ? walked : time;
      importClosed |= Boolean.parseBoolean(lines.get(3));
    } catch (NoSuchFileException e) {
      LOG.debug("{} is not there yet", file);
    } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
      throw new IllegalStateException(
          file + ": this cannot be read; put the file back from a backup, or move it away", e);
    }
  }

  /** Servers that share the directory may have written meanwhile. */
  private void write() {
    try {
      read();
      Path draft = file.resolveSibling(FILE + ".new");
      String time = walked == null ? NEVER : walked.toString();
      Files.writeString(
          draft, String.join("\n", FORMAT, Long.toString(findings), time, importClosed + "\n"));
      Files.move(draft, file, ATOMIC_MOVE, REPLACE_EXISTING);
    } catch (IOException | IllegalStateException e) {
      if (!warned) {
        LOG.warn("{} cannot be written: what the sweep remembers ends with this server", file, e);
      }
      warned = true;
    }
  }

  /** The number of the newest finding. */
  synchronized long findings() {
    return findings;
  }

  synchronized void findings(long atLeast) {
    if (atLeast > findings) {
      findings = atLeast;
      write();
    }
  }

  /** When the newest walk began that has come to its end. */
  synchronized Optional<Instant> walked() {
    return Optional.ofNullable(walked);
  }

  synchronized void walked(Instant start) {
    Instant millis = start.truncatedTo(ChronoUnit.MILLIS);
    if (walked == null || walked.isBefore(millis)) {
      walked = millis;
      write();
    }
  }

  /** Whether the import of what was there before the log has ended. */
  synchronized boolean isImportClosed() {
    return importClosed;
  }

  synchronized void closeImport() {
    if (!importClosed) {
      importClosed = true;
      write();
    }
  }
}
