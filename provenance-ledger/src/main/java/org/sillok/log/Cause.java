package org.sillok.log;

/**
 * What made the server write.
 *
 * @param request the server's own id of the request, never the client's
 * @param agent who asked: a token's subject, {@code anonymous} or {@code system}
 * @param source the interaction of the original request by its FHIR code ({@code create}, {@code
 *     transaction}, {@code $expunge}, …) or {@code internal}
 */
public record Cause(String request, String agent, String source) {

  private static final int LONGEST_AGENT = 255;
  private static final int LONGEST_NAME = 64;

  public Cause {
    check("request", request, LONGEST_NAME);
    check("agent", agent, LONGEST_AGENT);
    check("source", source, LONGEST_NAME);
  }

  private static void check(String name, String value, int longest) {
    if (value.isEmpty() || value.length() > longest) {
      throw new IllegalArgumentException(
          name + ": 1 to " + longest + " characters, got " + value.length());
    }
  }
}
