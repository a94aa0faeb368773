package org.sillok.gate;

import org.sillok.gate.Shape.Everything;
import org.sillok.gate.Shape.History;
import org.sillok.gate.Shape.Proof;
import org.sillok.gate.Shape.Read;
import org.sillok.gate.Shape.Search;
import org.sillok.identity.Scopes;
import org.sillok.identity.Scopes.Interaction;

/** What a token must be for, that a request may be carried out at all. */
final class Scoped {

  private Scoped() {}

  static boolean allows(Scopes scopes, Shape shape) {
    if (shape instanceof Read read) {
      return scopes.allow(read.type(), Interaction.READ);
    }
    if (shape instanceof Proof proof) {
      return scopes.allow(proof.of().type(), Interaction.READ);
    }
    if (shape instanceof History history) {
      return scopes.allow(history.type(), Interaction.READ);
    }
    if (shape instanceof Search search) {
      return scopes.allow(search.type(), Interaction.SEARCH);
    }
    if (shape instanceof Everything) {
      return scopes.allow("Patient", Interaction.READ);
    }
    return true;
  }
}
