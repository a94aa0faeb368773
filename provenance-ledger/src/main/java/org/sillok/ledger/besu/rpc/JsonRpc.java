package org.sillok.ledger.besu.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** JSON-RPC 2.0 with one server. Thread-safe. */
public final class JsonRpc {

  /** A method with its parameters: strings, booleans, lists and maps of them. */
  public record Request(String method, List<?> params) {

    public static Request of(String method, Object... params) {
      return new Request(method, List.of(params));
    }
  }

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int OK = 200;

  private final HttpTransport transport;
  private final URI url;
  private final AtomicLong ids = new AtomicLong();

  public JsonRpc(HttpTransport transport, URI url) {
    this.transport = transport;
    this.url = url;
  }

  public URI url() {
    return url;
  }

  /**
   * The result, which may be JSON's null.
   *
   * @throws NodeErrorException if the server answers with an error
   * @throws NodeUnreachableException if it does not answer, or not in JSON-RPC
   */
  public JsonNode call(Request request) {
    long id = ids.incrementAndGet();
    return result(post(json(request, id)), id);
  }

  /**
   * The results of several requests in their order, asked in one go. Besu takes 1024 at most.
   *
   * @throws NodeErrorException if the server answers one of them with an error
   * @throws NodeUnreachableException if it does not answer all, or not in JSON-RPC
   */
  public List<JsonNode> batch(List<Request> requests) {
    if (requests.isEmpty()) {
      return List.of();
    }
    long first = ids.getAndAdd(requests.size()) + 1;
    ArrayNode batch = MAPPER.createArrayNode();
    for (int i = 0; i < requests.size(); i++) {
      batch.add(json(requests.get(i), first + i));
    }
    Map<Long, JsonNode> answers = byId(post(batch));
    List<JsonNode> results = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      results.add(result(answers.getOrDefault(first + i, MAPPER.missingNode()), first + i));
    }
    return results;
  }

  /** A server that refuses the whole batch gives one error in place of the list. */
  private Map<Long, JsonNode> byId(JsonNode answer) {
    if (!answer.isArray()) {
      throw refusal(answer);
    }
    Map<Long, JsonNode> answers = new HashMap<>();
    answer.forEach(one -> answers.put(one.path("id").asLong(), one));
    return answers;
  }

  private static ObjectNode json(Request request, long id) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("jsonrpc", "2.0").put("id", id).put("method", request.method());
    return json.set("params", MAPPER.valueToTree(request.params()));
  }

  private JsonNode post(JsonNode request) {
    byte[] body = request.toString().getBytes(StandardCharsets.UTF_8);
    HttpTransport.Answer answer = transport.post(url, body);
    JsonNode json = parse(answer);
    if (answer.status() != OK && !json.has("error")) {
      throw new NodeUnreachableException(url + ": HTTP " + answer.status() + " " + answer.text());
    }
    return json;
  }

  private JsonNode parse(HttpTransport.Answer answer) {
    try {
      return MAPPER.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new NodeUnreachableException(
          url + ": HTTP " + answer.status() + " without JSON: " + answer.text(), null);
    } catch (IOException e) {
      throw new NodeUnreachableException(url + ": " + e.getMessage(), e);
    }
  }

  private JsonNode result(JsonNode answer, long id) {
    if (answer.has("error")) {
      throw refusal(answer);
    }
    JsonNode answered = answer.path("id");
    if (!answer.has("result") || !answered.canConvertToLong() || answered.asLong() != id) {
      throw new NodeUnreachableException(url + ": no answer to this request: " + answer);
    }
    return answer.path("result");
  }

  private RpcException refusal(JsonNode answer) {
    JsonNode error = answer.path("error");
    if (!error.path("code").isInt()) {
      return new NodeUnreachableException(url + ": no JSON-RPC: " + answer);
    }
    JsonNode data = error.path("data");
    return new NodeErrorException(
        url.toString(),
        error.path("code").asInt(),
        error.path("message").asText(),
        data.isTextual() ? data.asText() : "");
  }
}
