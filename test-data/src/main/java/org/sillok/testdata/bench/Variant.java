package org.sillok.testdata.bench;

import java.util.List;

/** The servers that are compared: one jar, other properties. */
enum Variant {
  PLAIN("plain HAPI", "--sillok.enabled=false"),
  /** Tells how far two equal servers differ, which no other factor should be trusted beyond. */
  AGAIN("plain HAPI again", "--sillok.enabled=false"),
  SILLOK("Sillok, Provenance off", "--sillok.enabled=true", "--sillok.provenance.enabled=false"),
  /** Nothing is anchored from its start to the end of all measurements. */
  BLOCKED("Sillok, ledger blocked", "--sillok.enabled=true", "--sillok.provenance.enabled=false"),
  PROVENANCE("Sillok, Provenance on", "--sillok.enabled=true", "--sillok.provenance.enabled=true");

  private final String label;
  private final List<String> properties;

  Variant(String label, String... properties) {
    this.label = label;
    this.properties = List.of(properties);
  }

  String label() {
    return label;
  }

  List<String> properties() {
    return properties;
  }

  /** The server's metrics that are zero when what was written is dealt with in the background. */
  List<String> backlogs() {
    return switch (this) {
      case PLAIN, AGAIN -> List.of();
      case BLOCKED -> List.of("sillok.log.pending");
      case SILLOK -> List.of("sillok.log.pending", "sillok.anchor.waiting");
      case PROVENANCE ->
          List.of("sillok.log.pending", "sillok.anchor.waiting", "sillok.provenance.backlog");
    };
  }
}
