package org.sillok.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a node, and does to their talk what networks and processes do.
 * Threads may share it.
 */
public final class FaultProxy implements AutoCloseable {

  /** What happens to one request. */
  public enum Fault {
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
  private volatile Supplier<URI> target;
  private volatile boolean down;
  private volatile Consumer<String> before = method -> {};
  private volatile Consumer<String> after = method -> {};
  private volatile Function<JsonNode, Optional<String>> own = request -> Optional.empty();

  /**
   * @param target the node, asked for at each request
   */
  public FaultProxy(Supplier<URI> target) {
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
  public void target(URI other) {
    target = () -> other;
  }

  /** Whether connections break at once. */
  public void down(boolean now) {
    down = now;
  }

  /** The next request of this method meets this fault; an empty method is any. */
  public void plan(String method, Fault fault) {
    planned.add(new Planned(method, fault));
  }

  /** Forgets what did not come to pass. */
  public void calm() {
    planned.clear();
    down = false;
    around(method -> {}, method -> {});
  }

  /** How many requests have met a planned fault. */
  public int met() {
    return met.get();
  }

  /**
   * Runs before and after the node sees a request, with its method; what they throw breaks the
   * connection.
   */
  public void around(Consumer<String> first, Consumer<String> then) {
    before = first;
    after = then;
  }

  /** Requests that are answered with this body, and never reach the node. */
  public void answer(Function<JsonNode, Optional<String>> instead) {
    own = instead;
  }

  private void handle(HttpExchange http) throws IOException {
    try {
      byte[] body = http.getRequestBody().readAllBytes();
      if (down) {
        throw new IOException("down");
      }
      JsonNode request = MAPPER.readTree(body);
      String method = request.path("method").asText();
      before.accept(method);
      Fault fault = fault(method);
      if (fault == Fault.BROKEN) {
        throw new IOException("broken");
      }
      if (fault == Fault.SILENT) {
        Thread.sleep(SILENCE_MILLIS);
        throw new IOException("silent");
      }
      Optional<String> instead = own.apply(request);
      if (instead.isPresent()) {
        reply(http, 200, instead.get().getBytes(UTF_8), null);
        return;
      }
      HttpResponse<byte[]> answer = forward(body);
      after.accept(method);
      reply(http, answer.statusCode(), answer.body(), fault);
    } catch (IOException | RuntimeException e) {
      // Closing without an answer is what the client shall see.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      http.close();
    }
  }

  private @Nullable Fault fault(String method) {
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
        HttpRequest.newBuilder(target.get())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private static void reply(HttpExchange http, int status, byte[] answer, @Nullable Fault fault)
      throws IOException {
    if (fault == Fault.REPLY_LOST) {
      return;
    }
    int code = fault == Fault.GATEWAY ? 502 : status;
    byte[] body = body(answer, fault);
    http.sendResponseHeaders(code, body.length);
    http.getResponseBody().write(body, 0, fault == Fault.HALF ? body.length / 2 : body.length);
  }

  private static byte[] body(byte[] answer, @Nullable Fault fault) {
    if (fault == Fault.GATEWAY) {
      return "<html>502 Bad Gateway</html>".getBytes(UTF_8);
    }
    if (fault == Fault.GARBAGE) {
      return "%$#!".getBytes(UTF_8);
    }
    return fault == Fault.NOTHING ? "{\"jsonrpc\":\"2.0\",\"id\":1}".getBytes(UTF_8) : answer;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
