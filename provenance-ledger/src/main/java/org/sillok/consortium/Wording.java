package org.sillok.consortium;

import org.sillok.ledger.Hospital;
import org.sillok.ledger.Motion;

/** The ledger's values in words. */
final class Wording {

  private Wording() {}

  static String of(Motion motion) {
    if (motion instanceof Motion.Admit admit) {
      return "admit " + of(admit.candidate());
    } else if (motion instanceof Motion.Suspend suspend) {
      return "suspend " + suspend.hospital();
    } else if (motion instanceof Motion.Readmit readmit) {
      return "re-admit " + readmit.hospital();
    } else if (motion instanceof Motion.ReplaceOwner replace) {
      return "give " + replace.hospital() + " the owner key " + replace.owner();
    }
    Motion.ReplaceLog replace = (Motion.ReplaceLog) motion;
    return "close log "
        + replace.log()
        + " at "
        + replace.last()
        + " and open its successor with the key "
        + plain(replace.successor().text());
  }

  static String of(Hospital hospital) {
    return String.join(
        "\n    ",
        hospital.id()
            + " ("
            + plain(hospital.name())
            + "), "
            + (hospital.active() ? "active" : "suspended"),
        "FHIR       " + hospital.fhirBaseUrl(),
        "owner      " + hospital.owner(),
        "publisher  " + hospital.publisher(),
        "log key    " + plain(hospital.logVkey().text()),
        "token keys " + hospital.tokenKeys().toBytes().length + " bytes");
  }

  /** Other members' text must not steer the terminal. */
  private static String plain(String text) {
    return text.replaceAll("\\p{C}", "?");
  }
}
