package org.sillok.consent;

import java.util.Map;
import java.util.Set;

/**
 * What criteria are bound to.
 *
 * @param references by instance ({@code Encounter/3}) what it refers to; an instance that is not
 *     there is one of which that is not known
 */
record Binding(
    AccessRequest request,
    Directory directory,
    ConsentSettings settings,
    Map<String, Set<String>> references,
    Recipients recipients,
    HospitalParties custodian) {

  static Binding of(
      AccessRequest request,
      Directory directory,
      ConsentSettings settings,
      Map<String, Set<String>> references) {
    return new Binding(
        request,
        directory,
        settings,
        references,
        new Recipients(request.requester(), directory),
        new HospitalParties(Set.of(BusinessId.of(request.custodian())), directory));
  }
}
