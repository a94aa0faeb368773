package org.sillok.gate;

import java.util.function.Supplier;
import org.sillok.consent.ConsentSettings;
import org.sillok.consent.Directory;
import org.sillok.ledger.HospitalId;

/**
 * The hospital that runs this server.
 *
 * @param base URL of its FHIR server, as the ledger has it, without a slash at the end
 * @param directory as it is now
 */
public record Custodian(
    HospitalId id, String base, Supplier<Directory> directory, ConsentSettings settings) {

  public Custodian {
    if (base.endsWith("/") || !base.startsWith("http")) {
      throw new IllegalArgumentException("a base URL has no slash at its end, got " + base);
    }
  }
}
