package org.sillok.ledger.besu.rpc;

import java.util.Locale;

/** The node's own refusal, a JSON-RPC error. Codes overlap, so match the message too. */
public final class NodeErrorException extends RpcException {

  private static final long serialVersionUID = 1;

  /** What a reverted call comes to, on Besu and on anvil. */
  private static final int REVERTED = 3;

  private static final int METHOD_NOT_FOUND = -32601;
  private static final int METHOD_NOT_ENABLED = -32604;

  private final int code;
  private final String said;
  private final String data;

  /**
   * @param data the error's data if it is a string, otherwise empty
   */
  NodeErrorException(String node, int code, String message, String data) {
    super(node + ": " + code + " " + message, null);
    this.code = code;
    this.said = message.toLowerCase(Locale.ROOT);
    this.data = data;
  }

  public int code() {
    return code;
  }

  /** Whether the message contains {@code words}, whatever its case. */
  public boolean says(String words) {
    return said.contains(words);
  }

  /** For a revert the ABI bytes in hexadecimal, {@code 0x} where the contract gave none. */
  public String data() {
    return data;
  }

  public boolean isRevert() {
    return code == REVERTED;
  }

  public boolean isMethodMissing() {
    return code == METHOD_NOT_FOUND || code == METHOD_NOT_ENABLED;
  }
}
