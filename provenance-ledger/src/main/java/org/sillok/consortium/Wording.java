package org.sillok.consortium;

import java.util.Optional;
import java.util.stream.Collectors;
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
        "token keys "
            + TokenKeyWords.of(hospital.tokenKeys()).stream()
                .map(Wording::plain)
                .collect(Collectors.joining("\n               ")));
  }

  /** What so many members should know of deciding by majority; empty if nothing. */
  static Optional<String> caution(long members) {
    if (members == 1) {
      return Optional.of(
          "one active member decides alone, and nobody can replace its owner key if that is lost");
    } else if (members == 2) {
      return Optional.of(
          "with two active members both have to agree to everything, and an owner key that is lost"
              + " is lost for good: nobody can vote in its place. Admit a third one soon");
    }
    return members % 2 == 1
        ? Optional.empty()
        : Optional.of(
            members
                + " active members: half of them is no majority, it takes "
                + (members / 2 + 1)
                + "; an odd number decides more easily");
  }

  /** Other members' text must not steer the terminal. */
  private static String plain(String text) {
    return text.replaceAll("\\p{C}", "?");
  }
}
