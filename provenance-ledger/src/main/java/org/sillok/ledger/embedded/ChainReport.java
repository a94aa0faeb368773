package org.sillok.ledger.embedded;

import java.util.List;

/**
 * What a replay found.
 *
 * @param blocks number of blocks that were checked and followed, block 0 included
 * @param findings what does not fit, each naming the block, or the table and item; at most 100
 */
public record ChainReport(long blocks, List<String> findings) {

  public ChainReport {
    findings = List.copyOf(findings);
  }

  public boolean isSound() {
    return findings.isEmpty();
  }
}
