package org.sillok.ledger.besu.rpc;

import org.jspecify.annotations.Nullable;

/**
 * No answer, half of one, none that is JSON-RPC, or none that this node should give: another node
 * may do better. Whether the request had an effect is not known.
 */
public final class NodeUnreachableException extends RpcException {

  private static final long serialVersionUID = 1;

  public NodeUnreachableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  public NodeUnreachableException(String message) {
    this(message, null);
  }
}
