package org.sillok.ledger.besu.rpc;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Posts JSON and gives back what came, whatever its status. Thread-safe. */
public final class HttpTransport {

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{1,8192}");

  /** A status and a body, both as the node gave them. */
  record Answer(int status, byte[] body) {

    /** The body, or as much of it as fits into a message. */
    String text() {
      return RpcException.cut(new String(body, StandardCharsets.UTF_8));
    }
  }

  private final RpcSettings settings;
  private final HttpClient client;

  public HttpTransport(RpcSettings settings) {
    this.settings = settings;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.connectTimeout());
    if (settings.urls().stream().anyMatch(url -> "https".equals(url.getScheme()))) {
      builder.sslContext(settings.tls().context());
    }
    this.client = builder.build();
  }

  /**
   * @throws NodeUnreachableException if no whole answer comes in time
   */
  Answer post(URI url, byte[] json) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request(url, json), info -> new LimitedBody(settings.largestAnswer()));
    try {
      HttpResponse<byte[]> response =
          answer.get(settings.callTimeout().toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(response.statusCode(), response.body());
    } catch (TimeoutException e) {
      throw new NodeUnreachableException(
          url + ": no whole answer within " + settings.callTimeout().toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw new NodeUnreachableException(url + ": " + reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NodeUnreachableException(url + ": interrupted", e);
    } finally {
      answer.cancel(true);
    }
  }

  private static Object reason(ExecutionException e) {
    Throwable cause = e.getCause();
    return cause == null || cause.getMessage() == null ? String.valueOf(cause) : cause.getMessage();
  }

  /** No Origin: Besu answers 403 to any. */
  private HttpRequest request(URI url, byte[] json) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(settings.callTimeout())
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json));
    if (settings.token() != null) {
      request.header("Authorization", "Bearer " + token(settings.token()));
    }
    return request.build();
  }

  /** Read each time: tokens are short-lived and renewed by somebody else. */
  private static String token(Path file) {
    try {
      String token = Files.readString(file, StandardCharsets.UTF_8).strip();
      if (TOKEN.matcher(token).matches()) {
        return token;
      }
      throw new NodeUnreachableException("the file " + file + " holds no bearer token");
    } catch (IOException e) {
      throw new NodeUnreachableException("the bearer token cannot be read from " + file, e);
    }
  }
}
