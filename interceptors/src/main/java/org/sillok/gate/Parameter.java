package org.sillok.gate;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One of a query, decoded.
 *
 * @param name of a search parameter, perhaps with a modifier
 */
public record Parameter(String name, String value) {

  /** {@code a=b&c=d}, in a form that decodes to the same, whatever decodes it. */
  public static String encode(List<Parameter> parameters) {
    return parameters.stream()
        .map(each -> encode(each.name) + "=" + encode(each.value))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("%2F", "/")
        .replace("%3A", ":");
  }
}
