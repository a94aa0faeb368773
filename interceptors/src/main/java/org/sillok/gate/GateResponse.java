package org.sillok.gate;

import java.util.Map;

/**
 * An answer, ready to be sent.
 *
 * @param headers all of them, the content type too
 */
public record GateResponse(int status, Map<String, String> headers, String body) {

  public GateResponse {
    headers = Map.copyOf(headers);
  }
}
