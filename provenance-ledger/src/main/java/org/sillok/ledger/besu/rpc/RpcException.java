package org.sillok.ledger.besu.rpc;

import org.jspecify.annotations.Nullable;

/** A node gave no usable answer. Messages are short and have no control characters. */
public abstract sealed class RpcException extends RuntimeException
    permits NodeUnreachableException, NodeErrorException {

  private static final long serialVersionUID = 1;
  private static final int LONGEST = 300;

  RpcException(String message, @Nullable Throwable cause) {
    super(cut(message), cause);
  }

  /** Nodes put stack traces and raw bytes into their messages. */
  static String cut(String text) {
    String clean = text.replaceAll("[^\\P{C}]+", " ").strip();
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
  }
}
