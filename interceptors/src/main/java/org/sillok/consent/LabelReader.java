package org.sillok.consent;

import java.util.HashSet;
import java.util.Set;
import org.hl7.fhir.r4.model.Coding;
import org.jspecify.annotations.Nullable;

/**
 * Sorts a resource's security labels, §1.6: the confidentiality codes; the ones that tell the
 * receiver how to handle the data; those of v3-ObservationValue, which tell of integrity and such;
 * and all others, which count as sensitivities so that nothing unknown is let through.
 */
final class LabelReader {

  /** ActCode's obligation policies and refrain policies. */
  private static final Set<String> HANDLING =
      Set.of(
          "ANONY",
          "AOD",
          "AUDIT",
          "AUDTR",
          "CPLYCC",
          "CPLYCD",
          "CPLYCUI",
          "CPLYJPP",
          "CPLYOPP",
          "CPLYOSP",
          "CPLYPOL",
          "DECLASSIFYLABEL",
          "DEID",
          "DELAU",
          "DOWNGRDLABEL",
          "DRIVLABEL",
          "ENCRYPT",
          "ENCRYPTR",
          "ENCRYPTT",
          "ENCRYPTU",
          "HUAPRV",
          "LABEL",
          "MASK",
          "MINEC",
          "PERSISTLABEL",
          "PRIVMARK",
          "PSEUD",
          "REDACT",
          "UPGRDLABEL",
          "NOAUTH",
          "NOCOLLECT",
          "NODSCLCD",
          "NODSCLCDS",
          "NOINTEGRATE",
          "NOLIST",
          "NOMOU",
          "NOORGPOL",
          "NOPAT",
          "NOPERSISTP",
          "NORDSCLCD",
          "NORDSCLCDS",
          "NORDSLCD",
          "NORELINK",
          "NOREUSE",
          "NOVIP",
          "ORCON");

  private final Set<Code> sensitivities = new HashSet<>();
  private final Set<Code> handling = new HashSet<>();
  private @Nullable Confidentiality confidentiality;

  void add(Coding label) {
    Code code = ResourceWalk.code(label);
    if (code == null) {
      sensitivities.add(new Code(label.getSystem() == null ? "" : label.getSystem(), ""));
      return;
    }
    Confidentiality level = Confidentiality.of(code).orElse(null);
    if (level != null) {
      confidentiality = Confidentiality.higher(confidentiality, level);
    } else if (isHandling(code)) {
      handling.add(code);
    } else if (!code.system().equals(Code.OBSERVATION_VALUE)) {
      sensitivities.add(code);
    }
  }

  private static boolean isHandling(Code code) {
    return code.system().equals(Code.ACT_CODE) && HANDLING.contains(code.code());
  }

  ResourceFacts.Labels labels() {
    return new ResourceFacts.Labels(confidentiality, sensitivities, handling);
  }
}
