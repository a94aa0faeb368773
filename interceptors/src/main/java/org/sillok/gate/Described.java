package org.sillok.gate;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sillok.gate.Shape.Everything;
import org.sillok.gate.Shape.History;
import org.sillok.gate.Shape.NextPage;
import org.sillok.gate.Shape.Proof;
import org.sillok.gate.Shape.Read;
import org.sillok.gate.Shape.Search;

/** Requests in the trail's words. Values of identifiers stay out of it. */
final class Described {

  private static final Map<Class<? extends Shape>, String> INTERACTIONS =
      Map.of(
          History.class, "history-instance",
          Search.class, "search-type",
          Everything.class, "$everything",
          NextPage.class, "search-page",
          Shape.Batch.class, "batch",
          Shape.Refused.class, "refused");

  private Described() {}

  static String interaction(Shape shape) {
    if (shape instanceof Read read) {
      return read.version() == 0 ? "read" : "vread";
    }
    if (shape instanceof Proof proof) {
      return proof.evidence() ? "$evidence" : "$verify";
    }
    return INTERACTIONS.getOrDefault(shape.getClass(), "other");
  }

  static @Nullable String about(Shape shape) {
    if (shape instanceof Read read) {
      return read.reference();
    }
    if (shape instanceof Proof proof) {
      return proof.of().reference();
    }
    if (shape instanceof History history) {
      return history.type() + "/" + history.id();
    }
    if (shape instanceof Everything everything) {
      return "Patient/" + everything.id();
    }
    return shape instanceof Search search ? about(search) : null;
  }

  private static String about(Search search) {
    return switch (search.patient().name()) {
      case "identifier" -> "Patient";
      case "_id" -> "Patient/" + search.patient().value();
      default -> search.type() + " of " + search.patient().value();
    };
  }
}
