package org.sillok.consent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Consent.provisionActorComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;

/**
 * The specification once more, slowly and in another shape: no recursion over effects, no compiled
 * form, no values of its own. It lists every provision of the tree with the values on its path,
 * keeps those that count, drops those that have a counting one below them, and looks whether a deny
 * is left. Values are the letters T, F and U. Knows Observations only, and {@link World}.
 */
final class NaiveEvaluator {

  private static final String ORDER = "ULMNRV";

  private final AccessRequest request;
  private final Observation resource;
  private final boolean admitted;

  NaiveEvaluator(AccessRequest request, Observation resource, boolean admitted) {
    this.request = request;
    this.resource = resource;
    this.admitted = admitted;
  }

  /** {@code deny Consent.provision}, or {@code nothing}. */
  String decide(Consent consent) {
    ProvisionComponent root = consent.getProvision();
    char period = root.hasPeriod() ? period(root.getPeriod()) : 'T';
    if (period == 'F') {
      return "nothing";
    }
    boolean permits = admitted && period == 'T';
    String base = base(consent);
    List<Character> criteria = criteria(root, root.getType() == ConsentProvisionType.PERMIT);
    char in = all(criteria);
    if (in == 'F') {
      return outside(base, root, permits);
    }
    String found = inside(consent, permits);
    if (found.equals("nothing") && in == 'U' && outside(base, root, true).startsWith("deny")) {
      return "indeterminate " + outside(base, root, true).substring(5);
    }
    return found;
  }

  // §1.3

  private String base(Consent consent) {
    String rule = consent.getPolicyRule().getCodingFirstRep().getCode();
    String uri = consent.getPolicyFirstRep().getUri();
    if (rule == null && uri == null) {
      return "none";
    }
    return rule != null ? rule : uri.substring(uri.lastIndexOf("Policy-") + 7);
  }

  private static String kind(String base) {
    return switch (base) {
      case "OPTIN", "basic-normal", "all-normal" -> "permit";
      case "OPTOUT", "break-glass-only", "deny" -> "deny";
      default -> "none";
    };
  }

  /** permit, deny or nothing. */
  private String says(String base) {
    Set<String> purposes = request.purposes();
    boolean member = List.of("a", "b", "c").contains(request.requester().hospital().value());
    return switch (base) {
      case "OPTIN", "basic-normal" ->
          member && purposes.equals(Set.of("TREAT")) ? "permit" : "nothing";
      case "all-normal" ->
          member && !purposes.isEmpty() && !purposes.contains("BTG") ? "permit" : "nothing";
      case "break-glass-only" -> purposes.equals(Set.of("BTG")) ? "nothing" : "deny";
      case "OPTOUT", "deny" -> "deny";
      default -> "nothing";
    };
  }

  private static String basePath(String base) {
    return base.startsWith("OPT") ? "Consent.policyRule" : "Consent.policy[0].uri";
  }

  // §1.4

  private String outside(String base, ProvisionComponent root, boolean permits) {
    String kind = kind(base);
    boolean typed = root.hasType();
    if (typed && (kind.equals("none") || kind.equals(root.getType().toCode()))) {
      return "nothing";
    }
    if (!typed && kind.equals("none")) {
      return "indeterminate Consent.provision";
    }
    String said = says(base);
    boolean counts = said.equals("deny") || (said.equals("permit") && permits);
    return counts ? said + " " + basePath(base) : "nothing";
  }

  private String rootEffect(Consent consent) {
    ProvisionComponent root = consent.getProvision();
    String base = base(consent);
    if (root.hasType()) {
      return root.getType().toCode() + " Consent.provision";
    }
    if (kind(base).equals("none")) {
      return "indeterminate Consent.provision";
    }
    boolean bare =
        !(root.hasActor()
            || root.hasAction()
            || root.hasSecurityLabel()
            || root.hasPurpose()
            || root.hasClass_()
            || root.hasCode()
            || root.hasDataPeriod()
            || root.hasData());
    if (bare) {
      return says(base).equals("nothing") ? "nothing" : says(base) + " " + basePath(base);
    }
    return kind(base).equals("permit")
        ? "deny Consent.provision"
        : "indeterminate Consent.provision";
  }

  // §1.5

  /** One provision with what its whole path comes to. */
  private record Line(String path, String effect, char in, char whole) {
    boolean counts() {
      return effect.startsWith("permit") ? whole == 'T' : !effect.equals("nothing") && in != 'F';
    }
  }

  private String inside(Consent consent, boolean permits) {
    Map<String, Line> lines = new LinkedHashMap<>();
    list(
        lines,
        "Consent.provision",
        consent.getProvision(),
        rootEffect(consent),
        'T',
        permits ? 'T' : 'U');
    List<Line> counting = lines.values().stream().filter(Line::counts).toList();
    List<Line> innermost =
        counting.stream()
            .filter(
                line ->
                    counting.stream()
                        .noneMatch(other -> other.path().startsWith(line.path() + ".")))
            .toList();
    for (Line line : innermost) {
      if (!line.effect().startsWith("permit")) {
        return line.effect();
      }
    }
    return innermost.isEmpty() ? "nothing" : innermost.get(0).effect();
  }

  private void list(
      Map<String, Line> lines,
      String path,
      ProvisionComponent provision,
      String effect,
      char in,
      char whole) {
    boolean permit = provision.getType() == ConsentProvisionType.PERMIT;
    List<Character> own = criteria(provision, permit);
    List<Character> full = new ArrayList<>(own);
    full.addAll(strict(provision));
    if (provision.hasPeriod() && !path.equals("Consent.provision")) {
      own.add(period(provision.getPeriod()));
      full.add(period(provision.getPeriod()));
    }
    own.add(in);
    full.add(whole);
    lines.put(path, new Line(path, effect, all(own), all(full)));
    for (int i = 0; i < provision.getProvision().size(); i++) {
      ProvisionComponent child = provision.getProvision().get(i);
      String childPath = path + ".provision[" + i + "]";
      String type = child.hasType() ? child.getType().toCode() : "indeterminate";
      list(lines, childPath, child, type + " " + childPath, all(own), all(full));
    }
  }

  // §1.1

  private static char all(List<Character> values) {
    return values.contains('F') ? 'F' : values.contains('U') ? 'U' : 'T';
  }

  private static char any(List<Character> values) {
    return values.contains('T') ? 'T' : values.contains('U') ? 'U' : 'F';
  }

  private static char known(boolean value) {
    return value ? 'T' : 'F';
  }

  // §1.6

  private List<Character> criteria(ProvisionComponent provision, boolean permit) {
    List<Character> values = new ArrayList<>();
    if (provision.hasActor()) {
      values.add(actors(provision.getActor()));
    }
    if (provision.hasAction()) {
      values.add(actions(provision.getAction()));
    }
    if (provision.hasPurpose()) {
      values.add(purposes(provision.getPurpose(), permit));
    }
    if (provision.hasSecurityLabel()) {
      values.add(labels(provision.getSecurityLabel(), permit));
    }
    if (provision.hasClass_()) {
      values.add(any(provision.getClass_().stream().map(NaiveEvaluator::ofClass).toList()));
    }
    if (provision.hasCode()) {
      values.add(any(provision.getCode().stream().map(this::code).toList()));
    }
    if (provision.hasDataPeriod()) {
      values.add(dataPeriod(provision.getDataPeriod(), permit));
    }
    if (provision.hasData()) {
      values.add(any(provision.getData().stream().map(this::datum).toList()));
    }
    return values;
  }

  /** What a permit demands, of a provision of any type on its path. */
  private List<Character> strict(ProvisionComponent provision) {
    List<Character> values = new ArrayList<>();
    if (provision.hasPurpose()) {
      values.add(purposes(provision.getPurpose(), true));
    }
    if (provision.hasDataPeriod()) {
      values.add(dataPeriod(provision.getDataPeriod(), true));
    }
    List<String> listed = sensitivities(provision.getSecurityLabel());
    if (!listed.isEmpty()) {
      values.add(known(listed.containsAll(sensitivities(resource.getMeta().getSecurity()))));
    }
    return values;
  }

  private char period(Period period) {
    Instant[] span = span(period);
    return span == null
        ? 'U'
        : known(!request.at().isBefore(span[0]) && request.at().isBefore(span[1]));
  }

  private char dataPeriod(Period period, boolean permit) {
    Instant[] wide = span(period);
    Instant[] date = null;
    if (resource.hasEffectivePeriod()) {
      date = span(resource.getEffectivePeriod());
    } else if (resource.hasEffectiveDateTimeType()) {
      date =
          span(
              new Period()
                  .setStartElement(resource.getEffectiveDateTimeType())
                  .setEndElement(resource.getEffectiveDateTimeType()));
    }
    if (wide == null || date == null) {
      return 'U';
    }
    boolean contained = wide[0].compareTo(date[0]) <= 0 && date[1].compareTo(wide[1]) <= 0;
    boolean disjoint = date[1].compareTo(wide[0]) <= 0 || wide[1].compareTo(date[0]) <= 0;
    return known(permit ? contained : !disjoint);
  }

  private static Instant[] span(Period period) {
    if (!period.hasStart() && !period.hasEnd()) {
      return null;
    }
    Instant start = period.hasStart() ? edge(period.getStartElement(), 0) : Instant.MIN;
    Instant end = period.hasEnd() ? edge(period.getEndElement(), 1) : Instant.MAX;
    return start.isBefore(end) ? new Instant[] {start, end} : null;
  }

  /** By HAPI's own reading of the date, with a calendar. */
  private static Instant edge(BaseDateTimeType date, int units) {
    DateTimeType value = new DateTimeType(date.getValueAsString());
    TimeZone zone = TimeZone.getTimeZone("Asia/Seoul");
    Calendar calendar = new GregorianCalendar(zone);
    calendar.clear();
    switch (value.getPrecision()) {
      case YEAR -> {
        calendar.set(value.getYear(), Calendar.JANUARY, 1);
        calendar.add(Calendar.YEAR, units);
      }
      case MONTH -> {
        calendar.set(value.getYear(), value.getMonth(), 1);
        calendar.add(Calendar.MONTH, units);
      }
      case DAY -> {
        calendar.set(value.getYear(), value.getMonth(), value.getDay());
        calendar.add(Calendar.DAY_OF_MONTH, units);
      }
      default -> {
        calendar.setTime(value.getValue());
        calendar.add(Calendar.SECOND, units);
      }
    }
    return calendar.toInstant();
  }

  private char actors(List<provisionActorComponent> actors) {
    Map<String, List<Character>> groups = new TreeMap<>();
    for (provisionActorComponent actor : actors) {
      String role = actor.hasRole() ? actor.getRole().getCodingFirstRep().getCode() : "IRCP";
      String name = name(actor.getReference());
      switch (role) {
        case "IRCP", "PRCP", "GRANTEE" -> add(groups, "recipient", recipient(name));
        case "CST" -> add(groups, "custodian", custodian(name));
        case "AUT" -> add(groups, "author", author(name));
        default -> add(groups, "other", 'U');
      }
    }
    return all(groups.values().stream().map(NaiveEvaluator::any).toList());
  }

  private static void add(Map<String, List<Character>> groups, String group, char value) {
    groups.computeIfAbsent(group, g -> new ArrayList<>()).add(value);
  }

  private static String name(Reference reference) {
    return reference.hasReference()
        ? reference.getReference()
        : reference.getIdentifier().getSystem() + "|" + reference.getIdentifier().getValue();
  }

  private String person() {
    return request.requester().practitioner().stream()
        .map(BusinessId::value)
        .findFirst()
        .orElse("");
  }

  /** Everybody of the world, one by one. */
  private char recipient(String name) {
    String hospital = request.requester().hospital().value();
    String person = person();
    return switch (name) {
      case "Organization/b", "urn:sillok:hospital|b" -> known(hospital.equals("b"));
      case "Organization/net" -> hospital.equals("b") ? 'T' : hospital.equals("c") ? 'F' : 'U';
      case "Organization/c", "urn:sillok:hospital|c", "Group/c" -> known(hospital.equals("c"));
      case "Organization/a" -> 'F';
      case "Group/bc" -> known(!hospital.equals("stranger"));
      case "Organization/b-psy" ->
          !hospital.equals("b")
              ? (hospital.equals("c") ? 'F' : 'U')
              : person.equals("kim") ? 'T' : 'U';
      case "Practitioner/kim" -> person.isEmpty() ? 'U' : known(person.equals("kim"));
      case "Practitioner/lee" -> person.isEmpty() ? 'U' : known(person.equals("lee"));
      case "Patient/7" -> 'F';
      default -> 'U';
    };
  }

  private static char custodian(String name) {
    return switch (name) {
      case "Organization/a" -> 'T';
      case "Organization/b",
          "Organization/c",
          "Organization/net",
          "Organization/b-psy",
          "urn:sillok:hospital|b",
          "urn:sillok:hospital|c",
          "Group/bc",
          "Group/c",
          "Practitioner/kim",
          "Practitioner/lee" ->
          'F';
      default -> 'U';
    };
  }

  private char author(String name) {
    List<Character> values = new ArrayList<>();
    for (Reference performer : resource.getPerformer()) {
      values.add(wrote(name, performer.getReference()));
    }
    return values.isEmpty() ? 'U' : any(values);
  }

  private static char wrote(String name, String author) {
    if (author.equals("Patient/7")) {
      return name.equals("Patient/7")
          ? 'T'
          : name.contains("|") || name.startsWith("Group") ? 'U' : 'F';
    }
    boolean kims = author.equals("Practitioner/kim");
    Set<String> ofKim =
        Set.of(
            "Practitioner/kim",
            "Organization/b",
            "Organization/b-psy",
            "Organization/net",
            "Group/bc",
            "urn:sillok:hospital|b");
    Set<String> ofLee =
        Set.of(
            "Practitioner/lee", "Organization/c", "Group/c", "Group/bc", "urn:sillok:hospital|c");
    if ((kims ? ofKim : ofLee).contains(name)) {
      return 'T';
    }
    return name.startsWith("Practitioner/") ? 'F' : 'U';
  }

  private static char actions(List<CodeableConcept> actions) {
    List<Character> values = new ArrayList<>();
    for (CodeableConcept action : actions) {
      Coding coding = action.getCodingFirstRep();
      values.add(
          !coding.getSystem().equals(Code.CONSENT_ACTION)
              ? 'U'
              : known(coding.getCode().equals("access") || coding.getCode().equals("disclose")));
    }
    return any(values);
  }

  private char purposes(List<Coding> listed, boolean permit) {
    if (request.purposes().isEmpty()) {
      return 'U';
    }
    boolean unclear = listed.stream().anyMatch(code -> !code.getSystem().equals(Code.ACT_REASON));
    List<Character> values = new ArrayList<>();
    for (String asserted : request.purposes()) {
      boolean there =
          listed.stream()
              .anyMatch(
                  code ->
                      code.getSystem().equals(Code.ACT_REASON) && code.getCode().equals(asserted));
      values.add(there ? 'T' : unclear ? 'U' : 'F');
    }
    return permit ? all(values) : any(values);
  }

  private static List<String> sensitivities(List<Coding> labels) {
    return labels.stream()
        .filter(label -> !label.getSystem().equals(Code.CONFIDENTIALITY))
        .map(label -> label.getSystem() + "|" + label.getCode())
        .toList();
  }

  private static List<Integer> levels(List<Coding> labels) {
    return labels.stream()
        .filter(label -> label.getSystem().equals(Code.CONFIDENTIALITY))
        .map(label -> ORDER.indexOf(label.getCode()))
        .sorted()
        .toList();
  }

  private char labels(List<Coding> listed, boolean permit) {
    List<Integer> own = levels(resource.getMeta().getSecurity());
    int level = own.isEmpty() ? ORDER.indexOf('N') : own.get(own.size() - 1);
    List<String> carried = sensitivities(resource.getMeta().getSecurity());
    List<String> named = sensitivities(listed);
    boolean shared = carried.stream().anyMatch(named::contains);
    if (permit) {
      boolean reached =
          levels(listed).isEmpty() ? shared : levels(listed).stream().anyMatch(x -> level <= x);
      return known(reached && new HashSet<>(named).containsAll(carried));
    }
    return known(shared || levels(listed).stream().anyMatch(x -> level >= x));
  }

  private static char ofClass(Coding listed) {
    return listed.getSystem().equals("http://hl7.org/fhir/resource-types")
        ? known(listed.getCode().equals("Observation"))
        : 'U';
  }

  private char code(CodeableConcept listed) {
    if (!listed.hasCoding()) {
      return 'U';
    }
    Coding wanted = listed.getCodingFirstRep();
    List<Coding> all = new ArrayList<>(resource.getCode().getCoding());
    all.addAll(resource.getMeta().getSecurity());
    return known(
        all.stream()
            .anyMatch(
                coding ->
                    coding.getSystem().equals(wanted.getSystem())
                        && coding.getCode().equals(wanted.getCode())));
  }

  private char datum(Consent.provisionDataComponent datum) {
    String name = datum.getReference().getReference();
    String plain = name == null ? null : name.replaceAll("/_history/.*", "");
    switch (datum.getMeaning()) {
      case AUTHOREDBY:
        return author(name(datum.getReference()));
      case DEPENDENTS:
        if (plain != null
            && resource.getEncounter().hasReference()
            && resource.getEncounter().getReference().equals(plain)) {
          return 'T';
        }
        return instance(name, plain);
      case RELATED:
        if ("Encounter/3".equals(plain)) {
          return 'T';
        }
        return "Encounter/4".equals(plain) || "Observation/1".equals(plain)
            ? instance(name, plain)
            : 'U';
      default:
        return instance(name, plain);
    }
  }

  private static char instance(String name, String plain) {
    if (plain == null) {
      return 'U';
    }
    if (!plain.equals("Observation/1")) {
      return 'F';
    }
    return name.equals(plain) || name.endsWith("/_history/3") ? 'T' : 'U';
  }
}
