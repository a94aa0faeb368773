package org.sillok.gate;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came in, nothing decoded.
 *
 * @param path what follows the server's base URL and its slash, {@code Observation/7}
 * @param query what follows the question mark; null if there is none
 * @param headers by name, in any case
 * @param body empty if there is none
 */
public record GateRequest(
    String method,
    String path,
    @Nullable String query,
    Map<String, List<String>> headers,
    String body) {

  public GateRequest {
    Map<String, List<String>> lowerCase = new HashMap<>();
    headers.forEach(
        (name, values) -> lowerCase.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
    headers = Map.copyOf(lowerCase);
  }

  static GateRequest get(String url) {
    int mark = url.indexOf('?');
    return mark < 0
        ? new GateRequest("GET", url, null, Map.of(), "")
        : new GateRequest("GET", url.substring(0, mark), url.substring(mark + 1), Map.of(), "");
  }

  /** The value of a header that is there once; else null. */
  @Nullable String header(String lowerCaseName) {
    List<String> values = headers.getOrDefault(lowerCaseName, List.of());
    return values.size() == 1 ? values.get(0) : null;
  }

  boolean has(String lowerCaseName) {
    return headers.containsKey(lowerCaseName);
  }
}
