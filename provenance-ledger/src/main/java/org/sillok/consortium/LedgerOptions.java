package org.sillok.consortium;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.sillok.ledger.besu.DeployedCode;
import org.sillok.ledger.besu.rpc.KnownBlocks;
import org.sillok.ledger.besu.rpc.LedgerFile;
import org.sillok.ledger.besu.rpc.Node;
import org.sillok.ledger.besu.rpc.Nodes;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which ledger, and where its chain is. */
final class LedgerOptions {

  static final String FILE = "ledger.json";

  @Mixin ChainOptions chain = new ChainOptions();

  @Option(names = "--ledger", defaultValue = FILE, description = "${DEFAULT-VALUE}, by deploy")
  Path file = Path.of(FILE);

  /** What a node that is of the ledger's chain says of the ledger's records. */
  <T> T ask(Function<Members, T> question) {
    LedgerFile ledger = read();
    return new Nodes(chain.settings(), ledger.identity(), new KnownBlocks())
        .ask(node -> question.apply(members(node, ledger)));
  }

  private static Members members(Node node, LedgerFile ledger) {
    DeployedCode.wrong(node, ledger)
        .ifPresent(
            wrong -> {
              throw new IllegalArgumentException(node.url() + ": " + wrong);
            });
    return new Members(node, ledger);
  }

  /**
   * @throws IllegalArgumentException if there is no such file, or something else is in it
   */
  LedgerFile read() {
    try {
      return LedgerFile.parse(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read "
              + file
              + "; deploy writes it, and the other members have it too (--ledger FILE)",
          e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }
}
