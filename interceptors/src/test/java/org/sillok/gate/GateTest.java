package org.sillok.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sillok.gate.Trail.Outcome;
import org.sillok.identity.ForeignCaller;

/** Hospital b against a server on which some is permitted and the rest is hidden. */
class GateTest {

  private static final String RESTRICTED =
      ",'meta':{'security':[{'system':'http://terminology.hl7.org/CodeSystem/v3-Confidentiality','code':'R'}]}";
  private static final String UP_TO_NORMAL =
      ",\"securityLabel\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-Confidentiality\",\"code\":\"N\"}]";

  /** What b may see; and, if {@code hidden}, as much again that it may not. */
  private static GateWorld world(boolean hidden) {
    GateWorld world = new GateWorld();
    world.store(json("{'resourceType':'Practitioner','id':'kim'}"));
    world.store(
        json(
            "{'resourceType':'Patient','id':'7','identifier':[{'system':'urn:mrn','value':'7'}]}"));
    world.permit("Patient/7", "c7", UP_TO_NORMAL);
    world.store(json("{'resourceType':'Encounter','id':'e1','subject':{'reference':'Patient/7'}}"));
    for (String id : List.of("a", "c", "e", "g", "i")) {
      world.store(observation(id, "7", "", ""));
    }
    world.store(observation("a", "7", "", ",'note':[{'text':'second'}]"));
    world.store(
        json(
            "{'resourceType':'Provenance','id':'p-a','target':[{'reference':'Observation/a'}],"
                + "'recorded':'2026-01-01T00:00:00Z','agent':[{'who':{'reference':'Practitioner/kim'}}]}"));
    world.store(
        json(
            "{'resourceType':'DocumentReference','id':'d1','subject':{'reference':'Patient/7'},"
                + "'content':[{'attachment':{'url':'Binary/b1'}}]}"));
    world.store(
        json(
            "{'resourceType':'Binary','id':'b1','contentType':'text/plain','data':'aGVsbG8=',"
                + "'securityContext':{'reference':'DocumentReference/d1'}}"));
    if (hidden) {
      hide(world);
    }
    return world;
  }

  private static void hide(GateWorld world) {
    world.store(json("{'resourceType':'Practitioner','id':'lee'}"));
    for (String id : List.of("0", "b", "d", "d1", "d2", "d3", "f", "h", "z")) {
      world.store(observation(id, "7", RESTRICTED, ""));
    }
    world.store(
        json(
            "{'resourceType':'Encounter','id':'e0','subject':{'reference':'Patient/7'}"
                + RESTRICTED
                + "}"));
    world.store(
        json(
            "{'resourceType':'Patient','id':'8','identifier':[{'system':'urn:mrn','value':'8'}]}"));
    world.store(observation("of8", "8", "", ""));
    world.store(observation("deleted", "7", RESTRICTED, ""));
    world.archive.delete("Observation/deleted");
    world.store(
        json(
            "{'resourceType':'Provenance','id':'p-b','target':[{'reference':'Observation/a'},{'reference':'Observation/b'}],"
                + "'recorded':'2026-01-01T00:00:00Z','agent':[{'who':{'reference':'Practitioner/lee'}}]}"));
    for (String type : List.of("AuditEvent", "Subscription", "Task", "List", "Group")) {
      world.store(json("{'resourceType':'" + type + "','id':'n1'}"));
    }
    world.store(
        json(
            "{'resourceType':'Task','id':'n2','for':{'reference':'Patient/7'},'focus':{'reference':'Observation/a'}}"));
    world.store(
        json(
            "{'resourceType':'Binary','id':'b2','contentType':'text/plain','data':'aGVsbG8=',"
                + "'securityContext':{'reference':'Observation/b'}}"));
    world.store(
        json("{'resourceType':'Binary','id':'b3','contentType':'text/plain','data':'aGVsbG8='}"));
    world.store(
        json(
            "{'resourceType':'Binary','id':'b4','contentType':'text/plain','data':'aGVsbG8=',"
                + "'securityContext':{'reference':'DocumentReference/d1'}}"));
    world.store(
        json(
            "{'resourceType':'Condition','id':'both','subject':{'reference':'Patient/7'},"
                + "'asserter':{'reference':'Patient/8'}}"));
    world.store(
        json(
            "{'resourceType':'Condition','id':'within','subject':{'reference':'Patient/7'},"
                + "'contained':[{'resourceType':'List','id':'l'}]}"));
    world.store(
        json(
            "{'resourceType':'Condition','id':'masked','subject':{'reference':'Patient/7'},'meta':{'security':"
                + "[{'system':'http://terminology.hl7.org/CodeSystem/v3-ActCode','code':'MASK'}]}}"));
  }

  private static String observation(String id, String patient, String meta, String more) {
    return json(
        "{'resourceType':'Observation','id':'"
            + id
            + "','status':'final','subject':{'reference':'Patient/"
            + patient
            + "'},'encounter':{'reference':'Encounter/e1'},'performer':[{'reference':'Practitioner/kim'}],"
            + "'code':{'coding':[{'code':'bp'}]}"
            + meta
            + more
            + "}");
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static GateResponse ask(GateWorld world, String line) {
    return world.gate().answer(GateWorld.b(), ShapesTest.request(line));
  }

  private static Bundle bundle(GateResponse response) {
    assertThat(response.status()).as(response.body()).isEqualTo(200);
    return GateWorld.parse(Bundle.class, response.body());
  }

  private static List<String> ids(Bundle bundle, SearchEntryMode mode) {
    return bundle.getEntry().stream()
        .filter(entry -> entry.getSearch().getMode() == mode)
        .map(BundleEntryComponent::getResource)
        .map(Bundles::reference)
        .toList();
  }

  static Stream<String> attacks() {
    List<String> attacks = new ArrayList<>();
    List<String> hidden =
        List.of(
            "Observation/b",
            "Observation/of8",
            "Observation/deleted",
            "Patient/8",
            "Provenance/p-b",
            "Binary/b2",
            "Binary/b3",
            "Binary/b4",
            "Condition/both",
            "Condition/within",
            "Condition/masked",
            "Encounter/e0",
            "AuditEvent/n1",
            "Subscription/n1",
            "Task/n2",
            "List/n1",
            "Group/n1",
            "Practitioner/lee",
            "Practitioner/kim",
            "Observation/never");
    for (String each : hidden) {
      for (String suffix :
          List.of(
              "",
              "/_history/1",
              "/_history/2",
              "/_history",
              "/$verify",
              "/_history/1/$verify",
              "/_history/1/$evidence?content=true",
              "/$everything")) {
        attacks.add("GET " + each + suffix);
      }
    }
    for (String query :
        List.of(
            "Observation?patient=7",
            "Observation?patient=7&_count=1",
            "Observation?patient=7&_count=2",
            "Observation?patient=7&_count=4",
            "Observation?patient=7&_count=5",
            "Observation?patient=7&_id=b",
            "Observation?patient=7&_id=a,b",
            "Observation?patient=7&code=bp",
            "Observation?patient=8",
            "Observation?patient=9",
            "Observation?subject=Patient/7&_sort=-date",
            "Observation?patient=7&_include=Observation:encounter",
            "Observation?patient=7&_include=Observation:performer&_revinclude=Provenance:target",
            "Observation?patient=7&_count=2&_revinclude=Provenance:target",
            "Encounter?patient=7",
            "Encounter?patient=7&_revinclude=Observation:encounter",
            "Condition?patient=7",
            "Provenance?patient=7",
            "Consent?patient=7",
            "Consent?patient=8",
            "Task?patient=7",
            "DocumentReference?patient=7",
            "Patient?_id=7",
            "Patient?_id=8",
            "Patient?identifier=urn:mrn|7",
            "Patient?identifier=urn:mrn|8",
            "Patient?_id=7&_revinclude=Observation:subject",
            "Patient/7/$everything",
            "Patient/7/$everything?_count=2",
            "Patient/7/$everything?_type=Observation&_count=3",
            "Patient/8/$everything")) {
      attacks.add("GET " + query);
      int mark = query.indexOf('?');
      if (!query.contains("$")) {
        attacks.add(
            "POST " + query.substring(0, mark) + "/_search <" + query.substring(mark + 1) + ">");
        attacks.add("GET " + query + "&_format=xml");
      }
    }
    attacks.add("GET Observation/a/_history");
    attacks.add("GET Observation/a");
    return attacks.stream();
  }

  /** All pages, with the seals cut out. */
  private static List<GateResponse> walk(GateWorld world, String line) {
    List<GateResponse> pages = new ArrayList<>();
    Optional<String> next = Optional.of(line);
    while (next.isPresent()) {
      GateResponse page = ask(world, next.get());
      pages.add(
          new GateResponse(
              page.status(),
              page.headers(),
              page.body().replaceAll("_getpages=[A-Za-z0-9_-]+", "_getpages=")));
      next = next(page.body()).map(link -> "GET " + link);
    }
    return pages;
  }

  private static Optional<String> next(String body) {
    java.util.regex.Matcher link =
        java.util.regex.Pattern.compile(GateWorld.BASE + "(\\?_getpages=[^\"]+)").matcher(body);
    return link.find() ? Optional.of(link.group(1).replace("&amp;", "&")) : Optional.empty();
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void aServerWithWhatIsHiddenAnswersAsOneWithout(String line) {
    assertThat(walk(world(true), line)).isEqualTo(walk(world(false), line));
  }

  @Test
  void theCatalogueIsLongEnough() {
    assertThat(attacks().distinct()).hasSizeGreaterThan(240);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET Observation/a",
        "GET Observation/a/_history/1",
        "GET Observation/a/_history",
        "GET Observation/a/$verify",
        "GET Observation/a/_history/1/$evidence",
        "GET Patient/7",
        "GET Patient/7/$everything",
        "GET Patient?identifier=urn:mrn|7",
        "GET Encounter/e1",
        "GET Consent/c7",
        "GET Provenance/p-a",
        "GET DocumentReference/d1",
        "GET Binary/b1"
      })
  void whatIsPermittedIsGiven(String line) {
    GateWorld world = world(true);

    assertThat(ask(world, line).status()).isEqualTo(200);
    assertThat(world.trail)
        .singleElement()
        .satisfies(
            access -> {
              assertThat(access.outcome()).isEqualTo(Outcome.PERMITTED);
              assertThat(access.released()).isPositive();
              assertThat(access.grounds()).isNotEmpty();
            });
  }

  @Test
  void pagesHaveNoGapsAndNoTotal() {
    GateWorld world = world(true);
    Bundle first = bundle(ask(world, "GET Observation?patient=7&_count=2"));

    assertThat(ids(first, SearchEntryMode.MATCH)).containsExactly("Observation/a", "Observation/c");
    assertThat(first.hasTotal()).isFalse();
    String link = first.getLink("next").getUrl();
    Bundle second = bundle(ask(world, "GET " + link.substring(GateWorld.BASE.length())));
    assertThat(ids(second, SearchEntryMode.MATCH))
        .containsExactly("Observation/e", "Observation/g");
    String last = second.getLink("next").getUrl();
    Bundle third = bundle(ask(world, "GET " + last.substring(GateWorld.BASE.length())));
    assertThat(ids(third, SearchEntryMode.MATCH)).containsExactly("Observation/i");
    assertThat(third.getLink("next")).isNull();
  }

  @Test
  void includesAreReachedThroughWhatIsPermittedAndDecidedThemselves() {
    Bundle bundle =
        bundle(
            ask(
                world(true),
                "GET Observation?patient=7&_include=Observation:performer&_revinclude=Provenance:target"));

    assertThat(ids(bundle, SearchEntryMode.INCLUDE))
        .contains("Practitioner/kim", "Provenance/p-a", "Encounter/e1", "Patient/7")
        .doesNotContain("Provenance/p-b", "Practitioner/lee", "Task/n2");
  }

  @Test
  void everythingIsAllThatIsPermittedAndWhatItNamesThatIsNobodys() {
    Bundle bundle = bundle(ask(world(true), "GET Patient/7/$everything"));

    assertThat(ids(bundle, SearchEntryMode.MATCH))
        .containsExactlyInAnyOrder(
            "Consent/c7",
            "DocumentReference/d1",
            "Encounter/e1",
            "Observation/a",
            "Observation/c",
            "Observation/e",
            "Observation/g",
            "Observation/i",
            "Patient/7");
    assertThat(ids(bundle, SearchEntryMode.INCLUDE)).containsExactly("Practitioner/kim");
  }

  @Test
  void aRevocationWorksOnTheNextPage() {
    GateWorld world = world(true);
    Bundle first = bundle(ask(world, "GET Observation?patient=7&_count=2"));

    world.consents.clear();

    String link = first.getLink("next").getUrl();
    Bundle second = bundle(ask(world, "GET " + link.substring(GateWorld.BASE.length())));
    assertThat(second.getEntry()).isEmpty();
    assertThat(second.getLink("next")).isNull();
  }

  @Test
  void aLinkIsOfNoUseToAnybodyElse() {
    GateWorld world = world(true);
    String link = bundle(ask(world, "GET Observation?patient=7&_count=2")).getLink("next").getUrl();
    GateRequest next = GateRequest.get(link.substring(GateWorld.BASE.length()));
    GateResponse nonsense = ask(world, "GET ?_getpages=nonsense");

    assertThat(world.gate().answer(GateWorld.b(), next).status()).isEqualTo(200);
    for (ForeignCaller other :
        List.of(
            GateWorld.callerOf("c", "system/*.rs", "TREAT"),
            GateWorld.caller("system/*.rs", "TREAT", "HPAYMT"),
            GateWorld.caller("system/*.rs", "HPAYMT"))) {
      assertThat(world.gate().answer(other, next)).isEqualTo(nonsense);
    }
    assertThat(nonsense.status()).isEqualTo(404);
    world.now = world.now.plus(PageSeal.LIFE).plusMillis(1);
    assertThat(world.gate().answer(GateWorld.b(), next)).isEqualTo(nonsense);
  }

  @Test
  void aLinkDoesNotTellHowMuchIsHidden() {
    assertThat(ask(world(true), "GET Observation?patient=7&_count=2").body())
        .hasSameSizeAs(ask(world(false), "GET Observation?patient=7&_count=2").body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET Observation/a", "GET Observation?patient=7", "GET Patient/7/$everything",
        "GET Observation/a/_history", "GET Observation/a/$verify", "DELETE Observation/a"
      })
  void scopesTakeAwayFromConsents(String line) {
    GateRequest request = ShapesTest.request(line);
    GateWorld world = world(true);

    assertThat(world.gate().answer(GateWorld.caller("system/Condition.rs", "TREAT"), request))
        .extracting(GateResponse::status)
        .isEqualTo(403);
    assertThat(world.trail)
        .singleElement()
        .extracting(Trail.Access::outcome)
        .isEqualTo(Outcome.REFUSED);
  }

  @Test
  void everythingAndIncludesStayWithinTheScopes() {
    GateWorld world = world(true);
    ForeignCaller caller = GateWorld.caller("system/Patient.r system/Observation.s", "TREAT");
    GateRequest everything = GateRequest.get("Patient/7/$everything");
    GateRequest include = GateRequest.get("Observation?patient=7&_include=Observation:encounter");

    assertThat(types(bundle(world.gate().answer(caller, everything))))
        .containsExactly("Observation", "Patient");
    assertThat(types(bundle(world.gate().answer(caller, include))))
        .containsExactly("Observation", "Patient");
  }

  private static Set<String> types(Bundle bundle) {
    Set<String> types = new TreeSet<>();
    bundle.getEntry().forEach(entry -> types.add(entry.getResource().fhirType()));
    return types;
  }

  @Test
  void anotherPurposeOrAnotherHospitalSeesNothing() {
    GateRequest request = GateRequest.get("Observation/a");
    GateResponse absent = ask(world(true), "GET Observation/never");

    assertThat(world(true).gate().answer(GateWorld.caller("system/*.rs", "HPAYMT"), request))
        .isEqualTo(absent);
    assertThat(world(true).gate().answer(GateWorld.callerOf("c", "system/*.rs", "TREAT"), request))
        .isEqualTo(absent);
  }

  @Test
  void onlyThePermittedVersionsOfAHistoryAreThere() {
    GateWorld world = world(true);
    world.store(observation("h1", "7", "", ""));
    world.store(observation("h1", "7", RESTRICTED, ""));
    world.archive.delete("Observation/h1");
    world.store(observation("h1", "7", "", ""));

    Bundle history = bundle(ask(world, "GET Observation/h1/_history"));

    assertThat(history.getEntry())
        .extracting(entry -> entry.getResource().getIdElement().getVersionIdPart())
        .containsExactly("4", "1");
    assertThat(ask(world, "GET Observation/h1/_history/2"))
        .isEqualTo(ask(world, "GET Observation/never"));
    assertThat(ask(world, "GET Observation/h1/_history/3"))
        .isEqualTo(ask(world, "GET Observation/never"));
  }

  @Test
  void whileTheLedgerIsTooOldNothingIsDecided() {
    GateWorld world = world(true);
    world.tooOld = Optional.of(Duration.ofSeconds(7));

    for (String line :
        List.of("GET Observation/a", "GET Observation/b", "GET Observation?patient=7")) {
      GateResponse response = ask(world, line);
      assertThat(response.status()).isEqualTo(503);
      assertThat(response.headers()).containsEntry("Retry-After", "7");
      assertThat(response.body()).doesNotContain("Observation");
    }
    assertThat(world.trail).allMatch(access -> access.outcome() == Outcome.UNAVAILABLE).hasSize(3);
    world.tooOld = Optional.empty();
    assertThat(ask(world, "GET Observation/a").status()).isEqualTo(200);
  }

  @Test
  void withoutTheTrailNothingLeaves() {
    GateWorld world = world(true);
    world.trailFailure = Optional.of(new IllegalStateException("the disk is full"));

    GateResponse response = ask(world, "GET Observation/a");

    assertThat(response.status()).isEqualTo(503);
    assertThat(response.body()).doesNotContain("disk").doesNotContain("bp");
    assertThat(response.headers()).containsKey("Retry-After");
  }

  @Test
  void anErrorWhileDecidingIsADenialLikeEveryOther() {
    GateWorld world = world(true);
    world.consentFailure = Optional.of(new IllegalStateException("no database"));

    assertThat(ask(world, "GET Observation/a")).isEqualTo(ask(world, "GET Observation/never"));
    assertThat(bundle(ask(world, "GET Observation?patient=7")).getEntry()).isEmpty();
  }

  @Test
  void aValueThatCannotBeReadIsSaidSoWhateverThereIs() {
    GateResponse response = ask(world(true), "GET Observation?patient=7&code=unreadable");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response).isEqualTo(ask(world(true), "GET Observation?patient=9&code=unreadable"));
  }

  @Test
  void eachPartOfABatchIsDecidedAndRecordedByItself() {
    GateWorld world = world(true);
    String body =
        json(
            "{'resourceType':'Bundle','type':'batch','entry':["
                + "{'request':{'method':'GET','url':'Observation/a'}},"
                + "{'request':{'method':'GET','url':'Observation/b'}},"
                + "{'request':{'method':'GET','url':'Observation/never'}},"
                + "{'request':{'method':'GET','url':'Observation?patient=7'}},"
                + "{'request':{'method':'GET','url':'Task/n2'}}]}");
    GateRequest request =
        new GateRequest(
            "POST",
            "",
            null,
            java.util.Map.of("Content-Type", List.of("application/fhir+json")),
            body);

    Bundle bundle = bundle(world.gate().answer(GateWorld.b(), request));

    assertThat(bundle.getEntry())
        .extracting(entry -> entry.getResponse().getStatus())
        .containsExactly("200 OK", "404 Not Found", "404 Not Found", "200 OK", "403 Forbidden");
    assertThat(bundle.getEntry().get(1).equalsDeep(bundle.getEntry().get(2))).isTrue();
    assertThat(world.trail)
        .extracting(Trail.Access::outcome)
        .containsExactly(
            Outcome.PERMITTED, Outcome.DENIED, Outcome.DENIED, Outcome.PERMITTED, Outcome.REFUSED);
  }

  @Test
  void aReadHasTheHeadersOfItsVersion() {
    GateResponse response = ask(world(true), "GET Observation/a");

    assertThat(response.headers())
        .containsEntry("ETag", "W/\"2\"")
        .containsEntry("Cache-Control", "no-store")
        .containsEntry("Content-Type", "application/fhir+json;charset=UTF-8");
    assertThat(ask(world(true), "GET Observation/a?_format=xml").body()).startsWith("<Observation");
  }

  @Test
  void theTrailNamesWhatWasAskedAndNoIdentifier() {
    GateWorld world = world(true);
    ask(world, "GET Patient?identifier=urn:mrn|7");
    ask(world, "GET Observation?patient=7&code=bp");
    ask(world, "GET Observation/b");
    ask(world, "DELETE Observation/a");

    assertThat(world.trail)
        .extracting(access -> access.interaction() + " " + access.about())
        .containsExactly(
            "search-type Patient",
            "search-type Observation of Patient/7",
            "read Observation/b",
            "refused null");
  }
}
