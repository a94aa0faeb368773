package org.sillok.plugin.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedTest {

  private static final Instant START = Instant.parse("2026-11-22T03:04:05.678Z");

  @TempDir Path directory;

  @Test
  void beginsWithNothing() {
    Remembered remembered = new Remembered(directory);
    assertThat(remembered.findings()).isZero();
    assertThat(remembered.walked()).isEmpty();
    assertThat(remembered.isImportClosed()).isFalse();
  }

  @Test
  void knowsAfterARestartWhatItKnewBefore() {
    Remembered before = new Remembered(directory);
    before.findings(12);
    before.walked(START);
    before.closeImport();
    Remembered after = new Remembered(directory);
    assertThat(after.findings()).isEqualTo(12);
    assertThat(after.walked()).contains(START);
    assertThat(after.isImportClosed()).isTrue();
  }

  @Test
  void neverGoesBack() {
    Remembered remembered = new Remembered(directory);
    remembered.findings(12);
    remembered.findings(11);
    remembered.walked(START);
    remembered.walked(START.minusSeconds(1));
    assertThat(remembered.findings()).isEqualTo(12);
    assertThat(remembered.walked()).contains(START);
  }

  @Test
  void takesUpWhatAnotherServerHasWrittenIntoTheSameDirectory() {
    Remembered one = new Remembered(directory);
    Remembered other = new Remembered(directory);
    one.findings(12);
    one.closeImport();
    other.walked(START);
    assertThat(new Remembered(directory).findings()).isEqualTo(12);
    assertThat(new Remembered(directory).isImportClosed()).isTrue();
    assertThat(new Remembered(directory).walked()).contains(START);
  }

  @Test
  void refusesAFileThatNoServerWrote() throws IOException {
    Files.writeString(directory.resolve(Remembered.FILE), "sillok-sweep-state-v1\nmany\n");
    assertThatThrownBy(() -> new Remembered(directory))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(Remembered.FILE);
  }

  @Test
  void remembersForItselfWhereNothingCanBeWritten() {
    Remembered remembered = new Remembered(directory.resolve("not there"));
    remembered.findings(3);
    assertThat(remembered.findings()).isEqualTo(3);
  }
}
