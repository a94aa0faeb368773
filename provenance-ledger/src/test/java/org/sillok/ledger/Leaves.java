package org.sillok.ledger;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.sillok.merkle.ConsistencyProof;
import org.sillok.merkle.Hash;
import org.sillok.merkle.Rfc6962;

/** A log's leaves, told apart by a seed, with RFC 6962 written down as the RFC has it. */
public record Leaves(String seed) {

  public TreeHead head(long size) {
    return new TreeHead(size, size == 0 ? Rfc6962.EMPTY : root(0, size));
  }

  public ConsistencyProof proof(long from, long to) {
    List<Hash> path = new ArrayList<>();
    if (from > 0 && from < to) {
      subproof(from, 0, to, true, path);
    }
    return new ConsistencyProof(from, to, path);
  }

  private Hash root(long start, long size) {
    if (size == 1) {
      return Rfc6962.leaf((seed + start).getBytes(StandardCharsets.UTF_8));
    }
    long left = Long.highestOneBit(size - 1);
    return Rfc6962.node(root(start, left), root(start + left, size - left));
  }

  private void subproof(long from, long start, long size, boolean known, List<Hash> path) {
    if (from == size) {
      if (!known) {
        path.add(root(start, size));
      }
      return;
    }
    long left = Long.highestOneBit(size - 1);
    if (from <= left) {
      subproof(from, start, left, known, path);
      path.add(root(start + left, size - left));
    } else {
      subproof(from - left, start + left, size - left, false, path);
      path.add(root(start, left));
    }
  }
}
