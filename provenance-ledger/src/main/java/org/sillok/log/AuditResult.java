package org.sillok.log;

import java.util.Map;
import org.sillok.log.LogFinding.Kind;
import org.sillok.merkle.Hash;

/**
 * What one audit has looked at and found.
 *
 * @param leaves entries whose hashes made {@code root}
 * @param checkpoints signed heads that were compared
 * @param findings how many of each kind; kinds of which there is none are absent
 */
public record AuditResult(long leaves, Hash root, long checkpoints, Map<Kind, Long> findings) {

  public AuditResult {
    findings = Map.copyOf(findings);
  }

  public boolean isSound() {
    return findings.isEmpty();
  }
}
