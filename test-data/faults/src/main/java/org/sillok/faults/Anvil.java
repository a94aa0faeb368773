package org.sillok.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A chain of one node in a process of its own, whose gas is free. It ends with this JVM. Threads
 * may share it.
 */
public final class Anvil implements AutoCloseable {

  public static final long CHAIN_ID = 1337;

  private static final Pattern LISTENING = Pattern.compile("Listening on 127\\.0\\.0\\.1:(\\d+)");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> options;
  private volatile Process process;
  private volatile URI url;

  private Anvil(List<String> options) {
    this.options = options;
    this.process = launch(options);
    this.url = url(process);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> process.destroyForcibly()));
  }

  /**
   * Without options: a block for each transaction, at once.
   *
   * @throws UncheckedIOException if there is no anvil, or it ends at once
   */
  public static Anvil start(String... options) {
    return new Anvil(List.of(options));
  }

  private static Process launch(List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("sillok.anvil", "../besu-dev/node_modules/.bin/anvil"));
    command.addAll(List.of("--host", "127.0.0.1", "--port", "0", "--chain-id", "" + CHAIN_ID));
    command.addAll(List.of("--gas-price", "0", "--base-fee", "0", "--accounts", "1"));
    command.addAll(options);
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "no anvil; npm ci in besu-dev installs it, sillok.anvil says where it is", e);
    }
  }

  private static URI url(Process process) {
    try {
      BufferedReader out = process.inputReader();
      StringBuilder seen = new StringBuilder();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        seen.append(line).append('\n');
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
          drain(out);
          return URI.create("http://127.0.0.1:" + listening.group(1));
        }
      }
      throw new IOException("anvil ended: " + seen);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  /** Another one after each {@link #restart}. */
  public URI url() {
    return url;
  }

  /**
   * Whatever anvil can do.
   *
   * @throws IllegalStateException if it refuses or does not answer
   */
  public JsonNode rpc(String method, Object... params) {
    try {
      byte[] body =
          MAPPER.writeValueAsBytes(
              Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", List.of(params)));
      HttpRequest request =
          HttpRequest.newBuilder(url)
              .timeout(Duration.ofMinutes(1))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(body))
              .build();
      JsonNode answer =
          MAPPER.readTree(http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
      if (!answer.has("result")) {
        throw new IllegalStateException("anvil refuses " + method + ": " + answer.path("error"));
      }
      return answer.path("result");
    } catch (IOException e) {
      throw new IllegalStateException("anvil does not answer " + method, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during " + method, e);
    }
  }

  public void mine() {
    rpc("evm_mine");
  }

  /** How many transactions of this account are in blocks. */
  public long transactions(String account) {
    return Long.decode(rpc("eth_getTransactionCount", account, "latest").asText());
  }

  /** How many transactions wait for a block and could go into the next one. */
  public long waiting() {
    return Long.decode(rpc("txpool_status").path("pending").asText());
  }

  /** The next block is later by this much. */
  public void advanceTime(Duration duration) {
    rpc("evm_increaseTime", duration.toSeconds());
    mine();
  }

  /** As kill -9 does it. */
  public void kill() {
    process.destroyForcibly();
    await();
  }

  /** Lets it write its state down, if it was told where. */
  public void stop() {
    process.destroy();
    await();
  }

  /** Stops and starts again with the same options: what was in its pool is gone. */
  public void restart() {
    stop();
    process = launch(options);
    url = url(process);
  }

  private void await() {
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
