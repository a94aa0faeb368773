package org.sillok.testdata.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How to start a server.
 *
 * <p>Database and keys lie in {@code data}, unless {@code properties} or {@code environment} name
 * others.
 *
 * @param data directory of its database and keys
 * @param shared whether its database may be opened by others while it runs, as only the demo's
 *     intruder needs
 * @param jvm further arguments of its JVM
 * @param properties {@code --name=value} of the server; they replace what is set here otherwise
 * @param environment names of environment variables that count as well
 */
public record ServerSettings(
    Path jar,
    Path data,
    int port,
    boolean shared,
    List<String> jvm,
    List<String> properties,
    Set<String> environment) {

  private static final String DATABASE = "--spring.datasource.url";

  public ServerSettings {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("a port is between 1 and 65535, got " + port);
    }
    data = data.toAbsolutePath();
    jvm = List.copyOf(jvm);
    properties = List.copyOf(properties);
    environment = Set.copyOf(environment);
  }

  public ServerSettings(Path jar, Path data, int port) {
    this(jar, data, port, false, List.of(), List.of(), Set.of());
  }

  /** These settings, with the server's environment variables of these names in their right. */
  public ServerSettings in(Set<String> variables) {
    return new ServerSettings(jar, data, port, shared, jvm, properties, variables);
  }

  /** These settings with one more property of the server. */
  public ServerSettings with(String property) {
    return new ServerSettings(
        jar, data, port, shared, jvm, plus(properties, property), environment);
  }

  /** These settings with one more argument of the JVM. */
  public ServerSettings withJvm(String argument) {
    return new ServerSettings(
        jar, data, port, shared, plus(jvm, argument), properties, environment);
  }

  /** These settings with a database that others may open while the server runs. */
  public ServerSettings withSharedDatabase() {
    return new ServerSettings(jar, data, port, true, jvm, properties, environment);
  }

  /**
   * JDBC URL of the server's H2 database; the user is {@code sa} without password. The server
   * closes it, and not H2's own shutdown hook, which comes too early; H2 refuses that together with
   * sharing.
   */
  public String database() {
    return "jdbc:h2:file:"
        + data.resolve("h2")
        + ";WRITE_DELAY=0;TRACE_LEVEL_FILE=0"
        + (shared ? ";AUTO_SERVER=TRUE" : ";DB_CLOSE_ON_EXIT=FALSE");
  }

  /** Whether the server uses {@link #database}, and not another one that somebody has named. */
  boolean usesOwnDatabase() {
    return !isInEnvironment(DATABASE)
        && properties.stream().noneMatch(property -> name(property).equals(name(DATABASE)));
  }

  private boolean isInEnvironment(String property) {
    String name = name(property).replaceAll("[^a-z]", "");
    return environment.stream()
        .anyMatch(variable -> variable.replace("_", "").toLowerCase(Locale.ROOT).equals(name));
  }

  /** What stands behind {@code java} on the command line. */
  public List<String> arguments() {
    List<String> arguments = new ArrayList<>(jvm);
    arguments.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
    Map<String, String> byName = new LinkedHashMap<>();
    Stream<String> inData =
        Stream.of(DATABASE + "=" + database(), "--sillok.data-directory=" + data.resolve("sillok"))
            .filter(property -> !isInEnvironment(property));
    List<String> defaults = concat(List.of("--server.port=" + port), inData.toList());
    for (String property : concat(defaults, properties)) {
      byName.put(name(property), property);
    }
    arguments.addAll(byName.values());
    return List.copyOf(arguments);
  }

  /**
   * The server's jar in a build directory of {@code hapi-server}.
   *
   * @throws IllegalStateException if it has not been built
   */
  public static Path jarIn(Path target) {
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().matches("sillok-hapi-server-[0-9].*\\.jar"))
          .filter(file -> !file.toString().matches(".*-(sources|javadoc|tests)\\.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("there is no server jar in " + target));
    } catch (IOException e) {
      throw new IllegalStateException("there is no server jar in " + target, e);
    }
  }

  /** As Spring compares names; it would join the values of an option given twice by a comma. */
  private static String name(String property) {
    return property.replaceFirst("(?s)=.*", "").replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
  }

  private static List<String> plus(List<String> list, String last) {
    return concat(list, List.of(last));
  }

  private static List<String> concat(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
