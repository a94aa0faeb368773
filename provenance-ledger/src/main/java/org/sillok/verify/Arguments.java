package org.sillok.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sillok.canonical.CanonicalJson;
import org.sillok.evidence.Evidence;
import org.sillok.evidence.Trust;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.block.LedgerPublicKey;
import org.sillok.note.VerifierKey;

/** The command line, with the files that it names already read. */
final class Arguments {

  static final String HELP =
      """
      Usage: sillok-verify FILE [OPTIONS]

      Checks an evidence file of a Sillok log without asking anybody, and prints every step:
      what was compared with what.

        --log-key KEY      the log's verifier key (origin+hash+base64), or a file that has it
        --ledger-key KEY   the embedded ledger's public key (64 hex digits), or a file that has it
        --hospital ID      whose log it has to be on the ledger
        --content FILE     FHIR JSON of the version, to check in place of the evidence's own content
        --strict           fail if a key merely came with the evidence
        --json             print JSON
        --help             print this

      A key that comes with the evidence shows only that the file fits together, not who made it:
      get the keys from elsewhere, for instance the log's /ledger/log.vkey and /ledger/ledger.pub.

      Exit status: 0 verified, 1 a step failed, 2 wrong usage, 3 not yet anchored.
      """;

  private byte @Nullable [] file;
  private byte @Nullable [] content;
  private @Nullable VerifierKey logKey;
  private @Nullable LedgerPublicKey ledgerKey;
  private @Nullable HospitalId hospital;
  private boolean strict;
  private boolean json;

  private Arguments() {}

  static Arguments parse(List<String> args) throws UsageException {
    Arguments parsed = new Arguments();
    Deque<String> rest = new ArrayDeque<>(args);
    while (!rest.isEmpty()) {
      parsed.take(rest.pop(), rest);
    }
    if (parsed.file == null) {
      throw new UsageException("no evidence file given");
    }
    return parsed;
  }

  private void take(String argument, Deque<String> rest) throws UsageException {
    switch (argument) {
      case "--log-key" -> logKey = key(argument, rest, VerifierKey::parse);
      case "--ledger-key" -> ledgerKey = key(argument, rest, LedgerPublicKey::parse);
      case "--hospital" -> hospital = value(argument, operand(argument, rest), HospitalId::new);
      case "--content" -> content = read(operand(argument, rest), CanonicalJson.MAX_LENGTH);
      case "--strict" -> strict = true;
      case "--json" -> json = true;
      default -> {
        if (argument.startsWith("-")) {
          throw new UsageException("unknown option " + argument);
        }
        if (file != null) {
          throw new UsageException("more than one evidence file: " + argument);
        }
        file = read(argument, Evidence.MAX_LENGTH);
      }
    }
  }

  byte[] file() {
    if (file == null) {
      throw new IllegalStateException("parse sees to it");
    }
    return file;
  }

  byte @Nullable [] content() {
    return content;
  }

  Trust trust() {
    return new Trust(logKey, ledgerKey, hospital, strict);
  }

  boolean json() {
    return json;
  }

  /** A key, or the name of a file that holds one. */
  private static <T> T key(String option, Deque<String> rest, Function<String, T> parser)
      throws UsageException {
    String operand = operand(option, rest);
    try {
      return parser.apply(operand);
    } catch (IllegalArgumentException e) {
      if (!isFile(operand)) {
        throw new UsageException(
            option + " is neither a key (" + e.getMessage() + ") nor a file: " + operand);
      }
      String text = new String(read(operand, 10_000), StandardCharsets.UTF_8).strip();
      return value(option + " " + operand, text, parser);
    }
  }

  private static <T> T value(String option, String text, Function<String, T> parser)
      throws UsageException {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage());
    }
  }

  private static String operand(String option, Deque<String> rest) throws UsageException {
    if (rest.isEmpty()) {
      throw new UsageException(option + " needs a value");
    }
    return rest.pop();
  }

  private static boolean isFile(String name) {
    try {
      return Files.isRegularFile(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** At most one byte more than the limit, so that whoever judges it sees that it is too long. */
  private static byte[] read(String name, int limit) throws UsageException {
    try (InputStream in = Files.newInputStream(Path.of(name))) {
      return in.readNBytes(limit + 1);
    } catch (IOException | InvalidPathException e) {
      throw new UsageException("can't read " + name + ": " + e);
    }
  }
}
