package org.sillok.ledger.besu.abi;

import org.jspecify.annotations.Nullable;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogRecord;
import org.sillok.ledger.TreeHead;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint64;

/** {@code struct LogRecord}. web3j makes it by its only constructor. */
public final class LogTuple extends DynamicStruct {

  private final Utf8String origin;
  private final Uint64 size;
  private final Bytes32 root;
  private final Uint64 predecessorSize;
  private final Bytes32 predecessorRoot;
  private final Bool open;

  public LogTuple(
      Utf8String origin,
      Uint64 size,
      Bytes32 root,
      Uint64 predecessorSize,
      Bytes32 predecessorRoot,
      Bool open) {
    super(origin, size, root, predecessorSize, predecessorRoot, open);
    this.origin = origin;
    this.size = size;
    this.root = root;
    this.predecessorSize = predecessorSize;
    this.predecessorRoot = predecessorRoot;
    this.open = open;
  }

  boolean isThere() {
    return !origin.getValue().isEmpty();
  }

  LogRecord log(LogId id) {
    return new LogRecord(id, origin.getValue(), head(size, root), predecessor(id), open.getValue());
  }

  private @Nullable TreeHead predecessor(LogId id) {
    return id.number() == 1 ? null : head(predecessorSize, predecessorRoot);
  }

  private static TreeHead head(Uint64 size, Bytes32 root) {
    return new TreeHead(Words.number(size), Words.hash(root));
  }
}
