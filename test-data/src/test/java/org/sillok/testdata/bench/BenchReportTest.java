package org.sillok.testdata.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sillok.testdata.bench.Workload.Kind;

class BenchReportTest {

  @Test
  void comparesEachRoundWithPlainHapiOfTheSameRound() {
    // The second round met a machine half as fast; the factors don't see it.
    BenchReport report =
        new BenchReport(
            List.of(Variant.PLAIN, Variant.SILLOK), List.of(round(2, 3), round(4, 6), round(2, 2)));

    assertThat(report.table())
        .anySatisfy(
            line ->
                assertThat(line)
                    .matches("create Observation +plain HAPI +2\\.000 +1\\.000 +3\\.000 +1\\.000"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .matches(
                        "create Observation +Sillok, Provenance off +3\\.000 +1\\.500 +4\\.000 +1\\.333"));
    assertThat(report.json(Optional.empty())).contains("\"requestFactor\" : 1.5");
  }

  @Test
  void takesTheMedian() {
    assertThat(BenchReport.median(3, 1, 2)).isEqualTo(2);
    assertThat(BenchReport.median(4, 1, 2, 3)).isEqualTo(2.5);
  }

  private static Map<Kind, Map<Variant, CpuCost>> round(int plain, int sillok) {
    Map<Kind, Map<Variant, CpuCost>> round = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      Map<Variant, CpuCost> costs = new EnumMap<>(Variant.class);
      for (Variant variant : Variant.values()) {
        int millis = variant == Variant.PLAIN ? plain : sillok;
        costs.put(
            variant,
            new CpuCost(
                100,
                Duration.ofMillis(100L * millis),
                Duration.ofMillis(100L * (millis + 1)),
                Duration.ZERO));
      }
      round.put(kind, costs);
    }
    return round;
  }
}
