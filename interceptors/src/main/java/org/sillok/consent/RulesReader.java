package org.sillok.consent;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentPolicyComponent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ConsentVerificationComponent;
import org.hl7.fhir.r4.model.Property;
import org.sillok.consent.ConsentRules.Doubt;

/**
 * Reads FHIR R4 Consents. Never refuses one: what it cannot honour is a {@link Limitation} of the
 * rules, and fails closed. Thread-safe.
 */
public final class RulesReader {

  private static final Code PRIVACY = new Code(Code.CONSENT_SCOPE, "patient-privacy");
  private static final String POLICY_RULE = "Consent.policyRule";

  private final ConsentSettings settings;
  private final LocalReference local;
  private final Shared shared = new Shared();

  public RulesReader(ConsentSettings settings) {
    this.settings = settings;
    this.local = new LocalReference(settings.ownBases());
  }

  public ConsentRules read(Consent consent) {
    List<Limitation> limitations = new ArrayList<>();
    BasePolicy base = base(consent, limitations);
    Provision root =
        consent.hasProvision()
            ? new ProvisionReader(settings.zone(), local, shared, limitations)
                .read(consent.getProvision())
            : Provision.EMPTY;
    boolean privacy = isPrivacy(consent);
    if (!privacy) {
      limitations.add(new Limitation("Consent.scope", "only patient-privacy is decided here"));
    }
    RootTable.report(base, root, limitations);
    Reachability.report(root, limitations);
    return new ConsentRules(
        consent.getStatus() == ConsentState.ACTIVE,
        privacy,
        PartyName.of(consent.getPatient(), local).orElse(null),
        shared.of(base),
        root,
        doubts(consent, base, limitations),
        limitations);
  }

  private static boolean isPrivacy(Consent consent) {
    return consent.getScope().getCoding().stream()
        .map(ResourceWalk::code)
        .anyMatch(PRIVACY::equals);
  }

  private static BasePolicy base(Consent consent, List<Limitation> limitations) {
    Set<BaseRule> rules = EnumSet.noneOf(BaseRule.class);
    String path = POLICY_RULE;
    for (Coding coding : consent.getPolicyRule().getCoding()) {
      Code code = ResourceWalk.code(coding);
      Optional.ofNullable(code).flatMap(BaseRule::ofRule).ifPresent(rules::add);
    }
    boolean byUri = rules.isEmpty();
    List<ConsentPolicyComponent> policies = consent.getPolicy();
    for (int i = 0; i < policies.size(); i++) {
      String uri = policies.get(i).getUri();
      Optional<BaseRule> rule = uri == null ? Optional.empty() : BaseRule.ofPolicy(uri);
      if (rule.isPresent()) {
        path = byUri ? "Consent.policy[" + i + "].uri" : path;
        rules.add(rule.get());
      }
    }
    if (rules.isEmpty() && (consent.hasPolicyRule() || consent.hasPolicy())) {
      path = consent.hasPolicyRule() ? POLICY_RULE : "Consent.policy";
      limitations.add(
          new Limitation(path, "not a base rule that this server knows: there is none"));
    }
    return new BasePolicy(rules, path);
  }

  private static List<Doubt> doubts(
      Consent consent, BasePolicy base, List<Limitation> limitations) {
    Set<Doubt> doubts = EnumSet.noneOf(Doubt.class);
    Set<String> modifiers = new HashSet<>();
    if (consent.hasImplicitRules()) {
      modifiers.add("Consent.implicitRules");
    }
    addModifiers(consent, "Consent", modifiers);
    for (String path : modifiers.stream().sorted().toList()) {
      doubts.add(Doubt.UNKNOWN_MODIFIER);
      limitations.add(
          new Limitation(path, "unknown, and may turn the meaning round: denies everything"));
    }
    if (consent.getVerification().stream().anyMatch(RulesReader::isDenied)) {
      doubts.add(Doubt.NOT_VERIFIED);
      limitations.add(new Limitation("Consent.verification", "not verified: permits are void"));
    }
    if (base.contradictsItself()) {
      doubts.add(Doubt.CONTRADICTORY);
      limitations.add(new Limitation(base.path(), "base rules that differ: permits are void"));
    }
    return List.copyOf(doubts);
  }

  private static boolean isDenied(ConsentVerificationComponent verification) {
    return !verification.hasVerified() || !verification.getVerified();
  }

  private static void addModifiers(Base element, String path, Set<String> modifiers) {
    for (Property property : element.children()) {
      String name = path + "." + property.getName();
      if (property.getName().equals("modifierExtension") && property.hasValues()) {
        modifiers.add(name);
      }
      List<Base> values = property.getValues();
      for (int i = 0; i < values.size(); i++) {
        if (values.get(i) != null && !values.get(i).isPrimitive()) {
          addModifiers(values.get(i), property.isList() ? name + "[" + i + "]" : name, modifiers);
        }
      }
    }
  }
}
