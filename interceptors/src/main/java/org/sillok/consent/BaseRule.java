package org.sillok.consent;

import java.util.Optional;
import java.util.Set;

/** The base rules that are known, §1.3. */
enum BaseRule {
  OPTIN(true),
  OPTOUT(false),
  BASIC_NORMAL(true),
  ALL_NORMAL(true),
  BREAK_GLASS_ONLY(false),
  DENY(false);

  private static final String PCF = "https://profiles.ihe.net/ITI/PCF/Policy-";
  private static final String BREAK_GLASS = "BTG";

  private final boolean permit;

  BaseRule(boolean permit) {
    this.permit = permit;
  }

  static Optional<BaseRule> ofPolicy(String uri) {
    return uri.startsWith(PCF) ? ofPcf(uri.substring(PCF.length())) : Optional.empty();
  }

  private static Optional<BaseRule> ofPcf(String name) {
    return switch (name) {
      case "basic-normal" -> Optional.of(BASIC_NORMAL);
      case "all-normal" -> Optional.of(ALL_NORMAL);
      case "break-glass-only" -> Optional.of(BREAK_GLASS_ONLY);
      case "deny" -> Optional.of(DENY);
      default -> Optional.empty();
    };
  }

  static Optional<BaseRule> ofRule(Code code) {
    if (!code.system().equals(Code.ACT_CODE)) {
      return ofPolicy(code.code());
    }
    return switch (code.code()) {
      case "OPTIN" -> Optional.of(OPTIN);
      case "OPTOUT" -> Optional.of(OPTOUT);
      default -> Optional.empty();
    };
  }

  boolean isPermit() {
    return permit;
  }

  /** Whether it speaks of the request: a permit of members and their purposes only. */
  Tri covers(Binding binding) {
    AccessRequest request = binding.request();
    Set<String> purposes = request.purposes();
    if (this == BREAK_GLASS_ONLY) {
      return Tri.of(!purposes.equals(Set.of(BREAK_GLASS)));
    }
    if (!permit) {
      return Tri.T;
    }
    if (!binding.directory().isActiveMember(request.requester().hospital())) {
      return Tri.F;
    }
    return purposes.isEmpty() ? Tri.U : Tri.of(coversAll(purposes, binding.settings()));
  }

  private boolean coversAll(Set<String> purposes, ConsentSettings settings) {
    return switch (this) {
      case OPTIN -> settings.optInPurposes().containsAll(purposes);
      case BASIC_NORMAL -> purposes.equals(Set.of("TREAT"));
      default -> !purposes.contains(BREAK_GLASS);
    };
  }
}
