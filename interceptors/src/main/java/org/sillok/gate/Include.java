package org.sillok.gate;

/**
 * Asks for resources beside the matches.
 *
 * @param reverse whether what refers to a match is asked for ({@code _revinclude}), not what a
 *     match refers to
 * @param path {@code Observation:encounter} or {@code Observation:performer:Practitioner}
 */
public record Include(boolean reverse, String path) {

  String parameter() {
    return reverse ? "_revinclude" : "_include";
  }
}
