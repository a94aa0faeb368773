package org.sillok.gate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Consent.provisionActorComponent;
import org.hl7.fhir.r4.model.Reference;
import org.sillok.consent.BusinessId;
import org.sillok.consent.Directory;
import org.sillok.consent.Party;
import org.sillok.ledger.HospitalId;

/** Whether a Consent names a hospital, and so is its business. */
final class ConsentParties {

  private final BusinessId hospital;
  private final Set<String> references = new HashSet<>();

  ConsentParties(HospitalId hospital, Directory directory) {
    this.hospital = BusinessId.of(hospital);
    for (Party party : directory.partiesWith(this.hospital)) {
      references.add(party.reference());
    }
  }

  boolean names(Consent consent) {
    Deque<ProvisionComponent> open = new ArrayDeque<>();
    open.add(consent.getProvision());
    while (!open.isEmpty()) {
      ProvisionComponent provision = open.remove();
      if (provision.getActor().stream()
          .map(provisionActorComponent::getReference)
          .anyMatch(this::isHospital)) {
        return true;
      }
      open.addAll(provision.getProvision());
    }
    return false;
  }

  private boolean isHospital(Reference reference) {
    return (reference.hasReference() && references.contains(reference.getReference()))
        || (hospital.system().equals(reference.getIdentifier().getSystem())
            && hospital.value().equals(reference.getIdentifier().getValue()));
  }
}
