package org.sillok.testdata.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** How long things took, in milliseconds, in ascending order. */
record Latencies(List<Long> millis) {

  Latencies {
    millis = millis.stream().sorted().toList();
    if (millis.isEmpty()) {
      throw new IllegalStateException("nothing was measured");
    }
  }

  /** The smallest that {@code percent} of all do not exceed. */
  long percentile(int percent) {
    return millis.get(Math.max(0, (int) Math.ceil(millis.size() * percent / 100.0) - 1));
  }

  long most() {
    return millis.get(millis.size() - 1);
  }

  long longerThan(long limit) {
    return millis.stream().filter(each -> each > limit).count();
  }

  void addTo(ObjectNode json) {
    json.put("medianMillis", percentile(50));
    json.put("p95Millis", percentile(95));
    json.put("mostMillis", most());
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.2f s (median), %.2f s (p95), %.2f s (most)",
        percentile(50) / 1e3,
        percentile(95) / 1e3,
        most() / 1e3);
  }
}
