package org.sillok.ledger.besu.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An HTTP server on this machine that gives prepared answers. */
final class StubNode implements AutoCloseable {

  /** A status and a body. */
  record Reply(int status, String body) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Function<JsonNode, JsonNode>> methods = new ConcurrentHashMap<>();
  private final List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();
  private volatile Function<JsonNode, Reply> everything = this::byMethod;

  StubNode() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Each request gets this recorded answer, whatever it asks. */
  StubNode playing(Recordings.Exchange exchange) {
    return replying(request -> new Reply(exchange.status(), body(exchange.response(), request)));
  }

  StubNode replying(Function<JsonNode, Reply> answer) {
    everything = answer;
    return this;
  }

  /** This method has this result. */
  StubNode result(String method, Object result) {
    return on(method, params -> Recordings.MAPPER.valueToTree(result));
  }

  StubNode on(String method, Function<JsonNode, JsonNode> result) {
    methods.put(method, result);
    return this;
  }

  /** A healthy node of a chain of this id, with its blocks up to {@code head}. */
  StubNode healthy(long chainId, TestBlocks blocks, long head) {
    on(
        "eth_getBlockByNumber",
        params -> {
          String which = params.get(0).asText();
          long number = which.equals("latest") ? head : Long.decode(which);
          return number > head ? Recordings.MAPPER.nullNode() : blocks.block(number);
        });
    return result("eth_chainId", Hex.of(chainId)).result("eth_getCode", "0x60");
  }

  /** The headers of each request so far, names in lower case. */
  List<Map<String, List<String>>> headers() {
    return headers;
  }

  private void handle(HttpExchange http) throws IOException {
    Map<String, List<String>> seen = new ConcurrentHashMap<>();
    http.getRequestHeaders()
        .forEach((name, values) -> seen.put(name.toLowerCase(java.util.Locale.ROOT), values));
    headers.add(seen);
    JsonNode request = Recordings.MAPPER.readTree(http.getRequestBody());
    Reply reply = everything.apply(request);
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    http.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      http.getResponseBody().write(body);
    }
    http.close();
  }

  private Reply byMethod(JsonNode request) {
    Function<JsonNode, JsonNode> method = methods.get(request.path("method").asText());
    ObjectNode answer = Recordings.MAPPER.createObjectNode();
    answer.put("jsonrpc", "2.0").set("id", request.path("id"));
    if (method == null) {
      answer.putObject("error").put("code", -32601).put("message", "Method not found");
    } else {
      answer.set("result", method.apply(request.path("params")));
    }
    return new Reply(200, answer.toString());
  }

  /** The recorded body, with the ids of this request in place of the recorded ones. */
  private static String body(JsonNode response, JsonNode request) {
    if (response.has("body")) {
      return response.path("body").asText();
    }
    if (response.has("rawBody")) {
      return response.path("rawBody").asText();
    }
    if (response.has("emptyBody")) {
      return "";
    }
    JsonNode copy = response.deepCopy();
    if (copy instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        if (list.get(i) instanceof ObjectNode one && request.path(i).has("id")) {
          one.set("id", request.path(i).path("id"));
        }
      }
    } else if (copy instanceof ObjectNode one && one.has("id")) {
      one.set("id", request.path("id"));
    }
    return copy.toString();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
