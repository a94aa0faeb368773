package org.sillok.ledger.besu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and a node, and does to their talk what networks and processes do. */
public final class FaultProxy implements AutoCloseable {

  /** What happens to one request. */
  enum Fault {
    /** The connection breaks before the node has seen it. */
    BROKEN,
    /** The node has done it, and nobody learns of that. */
    REPLY_LOST,
    /** The answer stops in the middle. */
    HALF,
    /** Nothing comes for longer than anybody waits. */
    SILENT,
    /** A gateway in between is unwell. */
    GATEWAY,
    /** Not JSON. */
    GARBAGE,
    /** JSON-RPC without a result. */
    NOTHING
  }

  private record Planned(String method, Fault fault) {}

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long SILENCE_MILLIS = 4000;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Queue<Planned> planned = new ConcurrentLinkedQueue<>();
  private final AtomicInteger met = new AtomicInteger();
  private volatile URI target;
  private volatile boolean down;
  private volatile Runnable before = () -> {};
  private volatile Runnable after = () -> {};

  public FaultProxy(URI target) {
    this.target = target;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Another node answers from now on. */
  void target(URI other) {
    target = other;
  }

  /** Whether connections break at once. */
  public void down(boolean now) {
    down = now;
  }

  /** The next request of this method meets this fault; an empty method is any. */
  void plan(String method, Fault fault) {
    planned.add(new Planned(method, fault));
  }

  /** Forgets what did not come to pass. */
  void calm() {
    planned.clear();
    down = false;
  }

  /** How many requests have met a fault. */
  int met() {
    return met.get();
  }

  /** Runs before and after the node sees a request; what they throw breaks the connection. */
  void around(Runnable first, Runnable then) {
    before = first;
    after = then;
  }

  private void handle(HttpExchange http) throws IOException {
    try {
      byte[] body = http.getRequestBody().readAllBytes();
      if (down) {
        throw new IOException("down");
      }
      before.run();
      Fault fault = fault(body);
      if (fault == Fault.BROKEN) {
        throw new IOException("broken");
      }
      if (fault == Fault.SILENT) {
        Thread.sleep(SILENCE_MILLIS);
        throw new IOException("silent");
      }
      HttpResponse<byte[]> answer = forward(body);
      after.run();
      reply(http, answer, fault);
    } catch (IOException | RuntimeException e) {
      // Closing without an answer is what the client shall see.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      http.close();
    }
  }

  private Fault fault(byte[] body) throws IOException {
    JsonNode request = MAPPER.readTree(body);
    String method = request.path("method").asText();
    for (Planned next : planned) {
      if ((next.method().isEmpty() || next.method().equals(method)) && planned.remove(next)) {
        met.incrementAndGet();
        return next.fault();
      }
    }
    return null;
  }

  private HttpResponse<byte[]> forward(byte[] body) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(target)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private static void reply(HttpExchange http, HttpResponse<byte[]> answer, Fault fault)
      throws IOException {
    byte[] body = answer.body();
    if (fault == Fault.REPLY_LOST) {
      return;
    }
    if (fault == Fault.GATEWAY) {
      body = "<html>502 Bad Gateway</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8);
      http.sendResponseHeaders(502, body.length);
    } else if (fault == Fault.GARBAGE) {
      body = "%$#!".getBytes(java.nio.charset.StandardCharsets.UTF_8);
      http.sendResponseHeaders(200, body.length);
    } else if (fault == Fault.NOTHING) {
      body = "{\"jsonrpc\":\"2.0\",\"id\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
      http.sendResponseHeaders(200, body.length);
    } else {
      http.sendResponseHeaders(answer.statusCode(), body.length);
    }
    http.getResponseBody().write(body, 0, fault == Fault.HALF ? body.length / 2 : body.length);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
