package org.sillok.consent;

import java.util.Collection;
import java.util.Optional;
import org.sillok.ledger.HospitalId;

/**
 * Who is who at this hospital, in memory: lookups do no I/O and give the same answer throughout a
 * request. Thread-safe.
 */
public interface Directory {

  /** Whether the ledger lists the hospital as an active member of the consortium. */
  boolean isActiveMember(HospitalId hospital);

  /**
   * @param reference {@code Organization/b}
   */
  Optional<Party> party(String reference);

  Collection<Party> partiesWith(BusinessId identifier);

  /** The parties that name this one as their organization or member. */
  Collection<Party> partiesNaming(String reference);

  /**
   * {@code Patient/7}; empty if no patient of this server, or more than one, has the identifier.
   */
  Optional<String> patientWith(BusinessId identifier);
}
