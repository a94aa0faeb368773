package org.sillok.testdata.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Plain FHIR over HTTP/1.1 with kept connections. Threads may share it. */
public final class FhirClient {

  /**
   * Longest wait for one answer; a transaction with thousands of entries takes minutes on a small
   * machine.
   */
  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI base;

  FhirClient(URI base) {
    this.base = base;
  }

  /**
   * An answer of the server.
   *
   * @param location of the version that was written, relative to the FHIR base ({@code
   *     Patient/7/_history/1})
   */
  public record Answer(int status, String body, HttpResponse<String> raw) {

    public boolean isSuccess() {
      return status >= 200 && status < 300;
    }

    /** The body as JSON; the missing node if there is none. */
    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(
            "no JSON in an answer with status " + status + ": " + excerpt(), e);
      }
    }

    public Optional<String> header(String name) {
      return raw.headers().firstValue(name);
    }

    /**
     * This answer, if its status says success.
     *
     * @throws IllegalStateException otherwise, with what the server said
     */
    public Answer orThrow() {
      if (!isSuccess()) {
        throw new IllegalStateException(
            raw.request().method()
                + " "
                + raw.request().uri()
                + " gave "
                + status
                + ": "
                + excerpt());
      }
      return this;
    }

    private String excerpt() {
      return body.substring(0, Math.min(500, body.length()));
    }
  }

  /**
   * Reads what is at {@code path} below {@code /fhir}; the empty path is not allowed, use {@code
   * metadata}.
   */
  public Answer get(String path) throws IOException, InterruptedException {
    return send(fhir(path).GET());
  }

  /**
   * Reads a file that an operation at {@code path} below {@code /fhir} gives, as it is and not as a
   * Binary resource.
   */
  public Answer getFile(String path) throws IOException, InterruptedException {
    return send(fhir(path).setHeader("Accept", "*/*").GET());
  }

  /** Reads what is at {@code path} of the server itself, such as {@code /ledger/checkpoint}. */
  public Answer getOutsideFhir(String path) throws IOException, InterruptedException {
    return send(request(base.resolve(path)).GET());
  }

  /**
   * Sends {@code json} to {@code path} below {@code /fhir}; the empty path takes transaction and
   * batch bundles.
   */
  public Answer post(String path, String json) throws IOException, InterruptedException {
    return send(written(path).POST(BodyPublishers.ofString(json)));
  }

  public Answer put(String path, String json) throws IOException, InterruptedException {
    return send(written(path).PUT(BodyPublishers.ofString(json)));
  }

  public Answer delete(String path) throws IOException, InterruptedException {
    return send(fhir(path).DELETE());
  }

  /** Asks for {@code path} to be worked on in the background, by the FHIR asynchronous pattern. */
  public Answer getAsync(String path) throws IOException, InterruptedException {
    return send(fhir(path).header("Prefer", "respond-async").GET());
  }

  /** Reads an absolute address that the server has given. */
  public Answer getAbsolute(URI address) throws IOException, InterruptedException {
    return send(request(address).GET());
  }

  /** Whether the server says that it is ready for requests. */
  boolean isReady() throws InterruptedException {
    try {
      return getOutsideFhir("/actuator/health/readiness").isSuccess();
    } catch (IOException notYet) {
      return false;
    }
  }

  private HttpRequest.Builder fhir(String path) {
    return request(URI.create(base + (path.isEmpty() ? "/fhir" : "/fhir/" + path)));
  }

  /**
   * A GET goes without this header: HAPI would take it as a wish for a resource where there is a
   * file.
   */
  private HttpRequest.Builder written(String path) {
    return fhir(path).header("Content-Type", "application/fhir+json; charset=utf-8");
  }

  private static HttpRequest.Builder request(URI address) {
    return HttpRequest.newBuilder(address)
        .timeout(TIMEOUT)
        .header("Accept", "application/fhir+json, application/json, text/plain;q=0.9, */*;q=0.1");
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body(), response);
  }
}
