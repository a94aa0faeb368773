package org.sillok.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/**
 * The data directory's files, readable by the server's user alone: keys, of one line of text each,
 * and what a server remembers outside of the database. A file is written so that a crash leaves
 * either the old one or the new one, whole. Servers that share the directory take turns: two that
 * start at once get the same key. Thread-safe.
 */
public final class KeyDirectory {

  private static final String POSIX = "posix";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Object IN_THIS_JVM = new Object();

  private final Path directory;

  public KeyDirectory(Path directory) {
    this.directory = directory.toAbsolutePath().normalize();
  }

  /** Where the key of this name is or will be. */
  public Path file(String name) {
    return directory.resolve(name);
  }

  /** The names of the files that match a glob pattern, in alphabetical order. */
  List<String> names(String pattern) {
    if (Files.notExists(directory)) {
      return List.of();
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, pattern)) {
      return StreamSupport.stream(found.spliterator(), false)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new KeyFileException(directory, "the keys cannot be listed by this server's user", e);
    }
  }

  /**
   * The key in the file {@code name}.
   *
   * @param create makes the text of a new key; called only if there is no such file
   * @param parse reads the text, without white space around it; throws {@code
   *     IllegalArgumentException} if it is not a key of that sort
   * @throws KeyFileException if the file is unreadable, readable by others or not a key, or the
   *     directory cannot be written
   */
  public <K> K key(String name, Supplier<String> create, Function<String, K> parse) {
    Path file = file(name);
    String text = Files.exists(file) ? read(file) : createOnce(file, create);
    try {
      return parse.apply(text.strip());
    } catch (IllegalArgumentException e) {
      // Neither the text nor the parser's message, which may quote it, goes into the error.
      throw new KeyFileException(
          file, "this is not a key; put the file back from a backup. Do not just delete it");
    }
  }

  /**
   * The text of the file {@code name}; empty if there is no such file.
   *
   * @throws KeyFileException if it cannot be read, or others may read it
   */
  public Optional<String> text(String name) {
    Path file = file(name);
    return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
  }

  /**
   * Replaces the text of the file {@code name}, all at once.
   *
   * @param next gets the present text, and gives the new one; the file stays as it is if that is
   *     empty
   * @throws KeyFileException if the file cannot be read or written
   */
  public void update(String name, Function<Optional<String>, Optional<String>> next) {
    Path file = file(name);
    locked(
        file,
        "this cannot be written; make the directory writable for this server's user",
        () -> {
          Optional<String> text = next.apply(text(name));
          if (text.isPresent()) {
            write(file, text.get());
          }
        });
  }

  private static String read(Path file) {
    try {
      if (hasPosixModes(file) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
        throw new KeyFileException(file, "others may read this; run: chmod 600 " + file);
      }
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new KeyFileException(file, "it cannot be read by this server's user", e);
    }
  }

  private String createOnce(Path file, Supplier<String> create) {
    locked(
        file,
        "a new key cannot be written here; make the directory writable for this server's user,"
            + " or set sillok.data-directory",
        () -> {
          if (Files.notExists(file)) {
            write(file, create.get() + '\n');
          }
        });
    return read(file);
  }

  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
  }

  private void locked(Path file, String trouble, Writing work) {
    synchronized (IN_THIS_JVM) {
      try {
        Files.createDirectories(directory);
        try (FileChannel lock = FileChannel.open(file("keys.lock"), CREATE, WRITE);
            FileLock held = lock.lock()) {
          if (held.isValid()) {
            work.run();
          }
        }
      } catch (IOException e) {
        throw new KeyFileException(file, trouble, e);
      }
    }
  }

  private void write(Path file, String text) throws IOException {
    Path draft = file(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    try (FileChannel out = FileChannel.open(draft, Set.<OpenOption>of(CREATE_NEW, WRITE), mode())) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(draft, file, ATOMIC_MOVE);
    if (hasPosixModes(directory)) {
      try (FileChannel names = FileChannel.open(directory, READ)) {
        names.force(true);
      }
    }
  }

  private FileAttribute<?>[] mode() throws IOException {
    return hasPosixModes(directory)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  private static boolean hasPosixModes(Path path) throws IOException {
    return Files.getFileStore(path).supportsFileAttributeView(POSIX);
  }
}
