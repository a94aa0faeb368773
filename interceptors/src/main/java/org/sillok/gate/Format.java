package org.sillok.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How an answer is written.
 *
 * @param xml FHIR's XML, else its JSON
 * @param pretty with line breaks
 */
record Format(boolean xml, boolean pretty) {

  static final Format JSON = new Format(false, false);

  /** Takes {@code _format} and {@code _pretty} out; without the former, the header counts. */
  static Format take(List<Parameter> parameters, @Nullable String accept) {
    List<String> formats = takeAll(parameters, "_format");
    List<String> pretty = takeAll(parameters, "_pretty");
    if (formats.size() > 1 || pretty.size() > 1) {
      throw new RefusedException("_format and _pretty are there once at most.");
    }
    boolean isPretty = !pretty.isEmpty() && pretty.get(0).equals("true");
    if (!isPretty && !pretty.isEmpty() && !pretty.get(0).equals("false")) {
      throw new RefusedException("_pretty is true or false.");
    }
    return new Format(
        formats.isEmpty() ? accept != null && acceptsXml(accept) : isXml(formats.get(0)), isPretty);
  }

  private static List<String> takeAll(List<Parameter> parameters, String name) {
    List<String> values = new ArrayList<>();
    parameters.removeIf(each -> each.name().equals(name) && values.add(each.value()));
    return values;
  }

  private static boolean isXml(String format) {
    return switch (format.replace(' ', '+').toLowerCase(Locale.ROOT)) {
      case "json", "application/json", "application/fhir+json", "text/json" -> false;
      case "xml", "application/xml", "application/fhir+xml", "text/xml" -> true;
      default -> throw new RefusedException("_format is json or xml.");
    };
  }

  /** Only if it names XML and no JSON. */
  private static boolean acceptsXml(String accept) {
    String lower = accept.toLowerCase(Locale.ROOT);
    return lower.contains("xml") && !lower.contains("json");
  }

  String contentType() {
    return "application/fhir+" + (xml ? "xml" : "json") + ";charset=UTF-8";
  }

  /** To say the same again in a link. */
  String parameters() {
    return (xml ? "&_format=xml" : "") + (pretty ? "&_pretty=true" : "");
  }
}
