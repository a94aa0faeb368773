package org.sillok.testdata.synthea;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sillok.testdata.server.ServerProcess;

/**
 * Synthetic patients with a seed: the same seed and population give the same resources on every
 * machine. What was made once is taken from the build directory afterwards.
 *
 * @param repository the repository's top
 */
public record Synthea(Path repository) {

  /** Patients are made as of this day, so that the result does not depend on the day of the run. */
  private static final String REFERENCE_DATE = "20260101";

  /** Synthea prints a line per person: {@code 3 -- Ciera654 Arletha291 McGlynn426 (35 y/o F) …}. */
  private static final Pattern PERSON = Pattern.compile("\\d+ -- .*");

  /**
   * Bundles in FHIR JSON, to be sent in this order: first the hospitals, then the practitioners,
   * then one transaction per patient, which refers to those before it by conditional references.
   *
   * @param onPatient is told of each patient that is made; of none, if they were made before
   * @throws IOException if Synthea cannot be fetched or run
   */
  public List<Path> bundles(long seed, int population, Runnable onPatient)
      throws IOException, InterruptedException {
    Path made = repository.resolve("test-data/target/synthea/" + seed + "-" + population);
    if (!Files.isDirectory(made)) {
      make(seed, population, onPatient, made);
    }
    try (Stream<Path> files = Files.list(made.resolve("fhir"))) {
      return files.sorted(Comparator.comparing(Synthea::order)).toList();
    }
  }

  /** As {@link #bundles(long, int, Runnable)}, without news of each patient. */
  public List<Path> bundles(long seed, int population) throws IOException, InterruptedException {
    return bundles(seed, population, () -> {});
  }

  private static String order(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith("hospital") ? "0" : name.startsWith("practitioner") ? "1" : "2" + name;
  }

  private void make(long seed, int population, Runnable onPatient, Path made)
      throws IOException, InterruptedException {
    Files.createDirectories(made.getParent());
    Path work = Files.createTempDirectory(made.getParent(), "making");
    List<String> command =
        new ArrayList<>(List.of(ServerProcess.java(), "-Xmx1g", "-Dfile.encoding=UTF-8"));
    command.addAll(List.of("-cp", libraries() + "/*", "App"));
    command.addAll(
        List.of("-p", "" + population, "-s", "" + seed, "-cs", "" + seed, "-r", REFERENCE_DATE));
    command.addAll(
        Arrays.asList(
            "--exporter.baseDirectory=" + work,
            "--exporter.use_uuid_filenames=true",
            "--exporter.pretty_print=false",
            "--exporter.metadata.export=false",
            "--exporter.years_of_history=3",
            "--generate.only_alive_patients=true"));
    run(command, work.resolve("synthea.log"), onPatient);
    move(work, made);
  }

  /** Another process may have made the same at the same time; then its result stays. */
  private static void move(Path work, Path made) throws IOException {
    try {
      Files.move(work, made);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(made)) {
        throw e;
      }
    }
  }

  private Path libraries() throws IOException, InterruptedException {
    Path libraries = repository.resolve("test-data/synthea/target/lib");
    if (!Files.isDirectory(libraries)) {
      Path log = repository.resolve("test-data/target/synthea/fetch.log");
      String mvnw = repository.resolve("mvnw").toString();
      run(
          List.of(
              mvnw,
              "-q",
              "-B",
              "-f",
              repository.resolve("test-data/synthea").toString(),
              "package"),
          log,
          () -> {});
    }
    return libraries;
  }

  private void run(List<String> command, Path log, Runnable onPatient)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(repository.toAbsolutePath().toFile())
            .redirectErrorStream(true)
            .start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
        if (PERSON.matcher(line).matches()) {
          onPatient.run();
        }
      }
    } finally {
      process.destroy();
    }
    Files.write(log, lines);
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(
          command.get(0) + " ended with status " + status + "; what it printed is in " + log);
    }
  }
}
