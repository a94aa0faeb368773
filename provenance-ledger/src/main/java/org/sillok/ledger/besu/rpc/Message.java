package org.sillok.ledger.besu.rpc;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sillok.ledger.Address;

/**
 * What a transaction would do.
 *
 * @param to null to create a contract
 * @param data in hexadecimal, with 0x
 */
public record Message(Address from, @Nullable Address to, String data) {

  /** Without a fee, as everything that we send. */
  Map<String, String> json() {
    Map<String, String> json = new LinkedHashMap<>();
    json.put("from", from.toString());
    if (to != null) {
      json.put("to", to.toString());
    }
    json.put("data", data);
    json.put("gasPrice", "0x0");
    return json;
  }
}
