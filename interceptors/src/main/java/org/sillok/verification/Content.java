package org.sillok.verification;

import org.sillok.canonical.Labels;

/** What the database holds as the content of one version. */
public sealed interface Content {

  /** FHIR JSON without id and labels, and the labels that stand beside it. */
  record Text(String json, Labels labels) implements Content {}

  /** FHIR JSON as a read returns it, because a part of it is kept outside of the version's row. */
  record Whole(String json) implements Content {}

  /** The version is a deletion. */
  record Deletion() implements Content {}

  /** The row holds what no server wrote. */
  record Unreadable(String reason) implements Content {}
}
