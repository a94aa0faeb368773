package org.sillok.ledger.besu;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sillok.ledger.besu.rpc.HttpTransport;
import org.sillok.ledger.besu.rpc.JsonRpc;
import org.sillok.ledger.besu.rpc.RpcSettings;

/** A chain of one node in a process of its own, whose gas is free. */
public final class Anvil implements AutoCloseable {

  public static final long CHAIN_ID = 1337;

  private static final Pattern LISTENING = Pattern.compile("Listening on 127\\.0\\.0\\.1:(\\d+)");

  private final Process process;
  private final URI url;
  private final JsonRpc rpc;

  private Anvil(Process process, URI url) {
    this.process = process;
    this.url = url;
    RpcSettings settings =
        RpcSettings.of(List.of(url)).withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(60));
    this.rpc = new JsonRpc(new HttpTransport(settings), url);
  }

  /** A block for each transaction, at once. */
  public static Anvil start(String... options) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("sillok.anvil", "../besu-dev/node_modules/.bin/anvil"));
    command.addAll(List.of("--host", "127.0.0.1", "--port", "0", "--chain-id", "" + CHAIN_ID));
    command.addAll(List.of("--gas-price", "0", "--base-fee", "0", "--accounts", "1"));
    command.addAll(List.of(options));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return new Anvil(process, URI.create("http://127.0.0.1:" + port(process)));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "no anvil; npm ci in besu-dev installs it, sillok.anvil says where it is", e);
    }
  }

  private static String port(Process process) throws IOException {
    BufferedReader out = process.inputReader();
    StringBuilder seen = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      seen.append(line).append('\n');
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        drain(out);
        return listening.group(1);
      }
    }
    throw new IOException("anvil ended: " + seen);
  }

  private static void drain(BufferedReader out) {
    Thread drain =
        new Thread(
            () -> {
              try {
                while (out.readLine() != null) {
                  // A full pipe would stop the chain.
                }
              } catch (IOException e) {
                // It was stopped.
              }
            });
    drain.setDaemon(true);
    drain.start();
  }

  public URI url() {
    return url;
  }

  /** Whatever anvil can do. */
  public JsonNode rpc(String method, Object... params) {
    return rpc.call(JsonRpc.Request.of(method, params));
  }

  public void mine() {
    rpc("evm_mine");
  }

  /** The next block is later by this much. */
  public void advanceTime(Duration duration) {
    rpc("evm_increaseTime", duration.toSeconds());
    mine();
  }

  /** As kill -9 does it. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets it write its state down, if it was told where. */
  public void stop() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("anvil does not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
