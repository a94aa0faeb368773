package org.sillok.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Walks ARCHITECTURE.md: what the tour names must exist, and what exists must be on the map. */
class ArchitectureTourTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern CLASS = Pattern.compile("[A-Z][A-Za-z0-9]+");
  private static final Pattern PACKAGE = Pattern.compile("org\\.sillok(\\.[a-z0-9]+)+");
  private static final Pattern FILE = Pattern.compile("[\\w.-]+(/[\\w.-]+)+/?|[\\w-]+\\.(md|xml)");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)[^)]*\\)");

  private static Set<String> named;
  private static Set<Path> sources;

  @BeforeAll
  static void readTourAndTree() throws IOException {
    Matcher code = CODE.matcher(Files.readString(ROOT.resolve("ARCHITECTURE.md"), UTF_8));
    named = code.results().map(match -> match.group(1)).collect(Collectors.toSet());
    try (Stream<Path> files = Files.walk(ROOT)) {
      sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> file.toString().contains("/src/main/java/"))
              .collect(Collectors.toSet());
    }
  }

  @Test
  void everyClassThatTheTourNamesExists() {
    Set<String> classes =
        sources.stream()
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .collect(Collectors.toSet());
    assertThat(matching(CLASS)).isNotEmpty().isSubsetOf(classes);
  }

  @Test
  void everyFileAndFolderThatTheTourNamesExists() {
    assertThat(matching(FILE)).isNotEmpty().allMatch(path -> Files.exists(ROOT.resolve(path)));
  }

  @Test
  void theMapHasEveryPackageAndNoOther() {
    Set<String> packages =
        sources.stream()
            .map(file -> file.getParent().toString())
            .map(folder -> folder.substring(folder.indexOf("/src/main/java/") + 15))
            .map(folder -> folder.replace('/', '.'))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(matching(PACKAGE)).containsExactlyInAnyOrderElementsOf(packages);
  }

  @Test
  void everyLinkToAFileLeadsToOne() throws IOException {
    Set<Path> documents = new TreeSet<>();
    documents.add(ROOT.resolve("README.md"));
    documents.add(ROOT.resolve("ARCHITECTURE.md"));
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
    }
    Set<Path> linked = new TreeSet<>();
    for (Path document : documents) {
      LINK.matcher(Files.readString(document, UTF_8))
          .results()
          .map(match -> match.group(1))
          .filter(target -> !target.contains(":"))
          .map(document::resolveSibling)
          .forEach(linked::add);
    }
    assertThat(linked).isNotEmpty().allMatch(Files::exists);
  }

  private static Set<String> matching(Pattern pattern) {
    return named.stream()
        .filter(text -> pattern.matcher(text).matches())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
