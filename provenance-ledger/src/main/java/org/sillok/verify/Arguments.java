package org.sillok.verify;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sillok.canonical.CanonicalJson;
import org.sillok.evidence.ChainCheck;
import org.sillok.evidence.Evidence;
import org.sillok.evidence.Trust;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.besu.rpc.LedgerFile;
import org.sillok.ledger.besu.rpc.RpcSettings;
import org.sillok.ledger.block.LedgerPublicKey;
import org.sillok.note.VerifierKey;
import org.sillok.verify.chain.ChainWitness;

/** The command line, with the files that it names already read. */
final class Arguments {

  static final String HELP =
      """
      Usage: sillok-verify FILE [OPTIONS]

      Checks an evidence file of a Sillok log, and prints every step: what was compared with what.
      Asks nobody, except the chain's nodes that are named.

        --log-key KEY      the log's verifier key (origin+hash+base64), or a file that has it
        --hospital ID      whose log it has to be on the ledger
        --content FILE     FHIR JSON of the version, to check in place of the evidence's own content
        --strict           fail if a key, or the ledger, merely came with the evidence
        --json             print JSON
        --help             print this

      For a ledger on a chain:

        --rpc URL          JSON-RPC of a node of the chain; each one that is named has to confirm
        --ledger FILE      the members' ledger.json: which chain and contracts it has to be
        --token-file FILE  bearer token for nodes that want one

      For an embedded ledger:

        --ledger-key KEY   its public key (64 hex digits), or a file that has it

      What comes with the evidence shows only that the file fits together, not who made it: get keys
      and ledger.json from elsewhere, for instance the log's /ledger/log.vkey and /ledger/ledger.pub.
      On a chain the log's key is looked up, so that ledger.json is enough.

      Exit status: 0 verified, 1 a step failed, 2 wrong usage, 3 not yet anchored,
      4 not settled, since a node is needed and does not answer, or is behind, 5 unchanged since it
      was logged, but where it came from is not shown (found, imported, or a change of labels).
      """;

  private byte @Nullable [] file;
  private byte @Nullable [] content;
  private @Nullable VerifierKey logKey;
  private @Nullable LedgerPublicKey ledgerKey;
  private @Nullable HospitalId hospital;
  private @Nullable LedgerFile ledger;
  private @Nullable Path token;
  private final List<URI> nodes = new ArrayList<>();
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
    if (parsed.nodes.isEmpty() && (parsed.ledger != null || parsed.token != null)) {
      throw new UsageException("--ledger and --token-file go with --rpc");
    }
    return parsed;
  }

  private void take(String argument, Deque<String> rest) throws UsageException {
    switch (argument) {
      case "--log-key" -> logKey = key(argument, rest, VerifierKey::parse);
      case "--ledger-key" -> ledgerKey = key(argument, rest, LedgerPublicKey::parse);
      case "--hospital" -> hospital = value(argument, operand(argument, rest), HospitalId::new);
      case "--content" -> content = read(operand(argument, rest), CanonicalJson.MAX_LENGTH);
      case "--rpc" -> nodes.add(value(argument, operand(argument, rest), URI::create));
      case "--ledger" -> {
        String text = new String(read(operand(argument, rest), 10_000), StandardCharsets.UTF_8);
        ledger = value(argument, text, LedgerFile::parse);
      }
      case "--token-file" -> token = value(argument, operand(argument, rest), Path::of);
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

  /** Null if no node was named. */
  @Nullable ChainCheck chain() throws UsageException {
    if (nodes.isEmpty()) {
      return null;
    }
    try {
      RpcSettings settings = RpcSettings.of(nodes);
      return ChainWitness.of(token == null ? settings : settings.withToken(token), ledger);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--rpc: " + e.getMessage());
    }
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
