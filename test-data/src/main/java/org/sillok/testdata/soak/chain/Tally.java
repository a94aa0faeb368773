package org.sillok.testdata.soak.chain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.sillok.ledger.ConsentId;
import org.sillok.ledger.ConsentKey;

/** What was done to the hospital and what it was asked for. For one thread. */
final class Tally {

  private final List<ConsentKey> consents = new ArrayList<>();
  private int stolen;
  private int reverted;

  void stolen() {
    stolen++;
  }

  void reverted() {
    reverted++;
  }

  void asked(ConsentId consent) {
    consents.add(new ConsentKey(Common.LOG.hospital(), consent));
  }

  /** Nonces of the hospital that somebody else has used. */
  int timesStolen() {
    return stolen;
  }

  /** Heads that were refused in their block. */
  int timesReverted() {
    return reverted;
  }

  List<ConsentKey> consents() {
    return Collections.unmodifiableList(consents);
  }
}
