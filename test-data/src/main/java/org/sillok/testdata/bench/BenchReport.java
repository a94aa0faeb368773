package org.sillok.testdata.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.sillok.testdata.bench.BlockedLedger.CatchUp;
import org.sillok.testdata.bench.Workload.Kind;

/**
 * Medians over rounds, and factors against plain HAPI of the same round, as a table and as JSON.
 */
record BenchReport(List<Variant> variants, List<Map<Kind, Map<Variant, CpuCost>>> rounds) {

  /**
   * @param variants what was measured, plain HAPI among it
   */
  BenchReport {
    variants = List.copyOf(variants);
    rounds = List.copyOf(rounds);
  }

  /** Lines of a table. */
  List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add(
        row(
            "CPU of the server, ms per write, median of " + rounds.size(),
            "",
            "requests",
            "×",
            "with background",
            "×"));
    for (Kind kind : Kind.values()) {
      for (Variant variant : variants) {
        lines.add(
            row(
                kind.label(),
                variant.label(),
                number(median(kind, variant, CpuCost::requestMillis)),
                number(factor(kind, variant, CpuCost::requestMillis)),
                number(median(kind, variant, CpuCost::allMillis)),
                number(factor(kind, variant, CpuCost::allMillis))));
      }
    }
    return lines;
  }

  /**
   * @param catchUp of the server whose ledger was blocked, if there was one
   */
  String json(Optional<CatchUp> catchUp) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode report = mapper.createObjectNode();
    report.put("unit", "CPU milliseconds of the server per write");
    report.put("java", System.getProperty("java.version"));
    report.put("processors", Runtime.getRuntime().availableProcessors());
    for (Kind kind : Kind.values()) {
      for (Variant variant : variants) {
        ObjectNode node =
            report
                .withObject("/writes")
                .withObjectProperty(kind.label())
                .withObjectProperty(variant.label());
        node.put("requestMillis", median(kind, variant, CpuCost::requestMillis));
        node.put("requestFactor", factor(kind, variant, CpuCost::requestMillis));
        node.put("allMillis", median(kind, variant, CpuCost::allMillis));
        node.put("allFactor", factor(kind, variant, CpuCost::allMillis));
        node.put("compilerMillis", median(kind, variant, CpuCost::compilerMillis));
        for (Map<Kind, Map<Variant, CpuCost>> round : rounds) {
          CpuCost cost = cost(round, kind, variant);
          node.withArray("rounds")
              .addObject()
              .put("writes", cost.writes())
              .put("requestMillis", cost.requestMillis())
              .put("allMillis", cost.allMillis())
              .put("compilerMillis", cost.compilerMillis());
        }
      }
    }
    catchUp.ifPresent(
        caught ->
            report
                .withObject("/afterTheBlockade")
                .put("leaves", caught.leaves())
                .put("checkpoints", caught.checkpoints())
                .put("seconds", caught.after().toMillis() / 1e3));
    return report.toPrettyString() + "\n";
  }

  private double median(Kind kind, Variant variant, ToDoubleFunction<CpuCost> cost) {
    return median(
        rounds.stream()
            .mapToDouble(round -> cost.applyAsDouble(cost(round, kind, variant)))
            .toArray());
  }

  private double factor(Kind kind, Variant variant, ToDoubleFunction<CpuCost> cost) {
    return median(
        rounds.stream()
            .mapToDouble(
                round ->
                    cost.applyAsDouble(cost(round, kind, variant))
                        / cost.applyAsDouble(cost(round, kind, Variant.PLAIN)))
            .toArray());
  }

  private static CpuCost cost(Map<Kind, Map<Variant, CpuCost>> round, Kind kind, Variant variant) {
    return round.getOrDefault(kind, Map.of()).getOrDefault(variant, CpuCost.NONE);
  }

  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "%-50s %-24s %10s %7s %17s %7s", cells).stripTrailing();
  }
}
