package org.sillok.testdata.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sillok.ledger.besu.rpc.HttpTransport;
import org.sillok.ledger.besu.rpc.JsonRpc;
import org.sillok.ledger.besu.rpc.Node;
import org.sillok.ledger.besu.rpc.RpcException;
import org.sillok.ledger.besu.rpc.RpcSettings;
import org.sillok.testdata.server.Preflight;

/** The chain of a demo: one that runs already, or {@code besu-dev/chain}, ended with the demo. */
final class DemoChain implements AutoCloseable {

  private final URI url;
  private final Optional<Script> script;

  /** {@code besu-dev/chain} with its settings. */
  private record Script(Path file, Map<String, String> environment) {

    int run(String command) throws IOException, InterruptedException {
      ProcessBuilder builder = new ProcessBuilder(List.of(file.toString(), command)).inheritIO();
      builder.environment().putAll(environment);
      return builder.start().waitFor();
    }
  }

  private DemoChain(URI url, Optional<Script> script) {
    this.url = url;
    this.script = script;
  }

  static DemoChain at(URI url) {
    return new DemoChain(url, Optional.empty());
  }

  /**
   * @throws IllegalStateException if it cannot be started; the script has said why
   */
  static DemoChain start(Path repository, Path data) throws IOException, InterruptedException {
    int port = Preflight.freePort();
    Map<String, String> environment = new HashMap<>();
    environment.put("SILLOK_CHAIN_PORT", "" + port);
    environment.put("SILLOK_CHAIN_DATA", Files.createDirectories(data.resolve("chain")).toString());
    Script script = new Script(repository.resolve("besu-dev/chain"), environment);
    if (script.run("up") != 0) {
      throw new IllegalStateException("the chain cannot be started; --rpc URL names another one");
    }
    DemoChain chain = new DemoChain(URI.create("http://127.0.0.1:" + port), Optional.of(script));
    Runtime.getRuntime().addShutdownHook(new Thread(chain::close, "end-chain"));
    return chain;
  }

  URI url() {
    return url;
  }

  /**
   * @throws IllegalStateException if its node does not answer
   */
  long id() {
    try {
      return new Node(new JsonRpc(new HttpTransport(RpcSettings.of(List.of(url))), url)).chainId();
    } catch (RpcException e) {
      throw new IllegalStateException("the chain does not answer at " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      if (script.isPresent()) {
        script.get().run("down");
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
