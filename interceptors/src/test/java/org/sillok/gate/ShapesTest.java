package org.sillok.gate;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sillok.gate.Shape.Admitted;
import org.sillok.gate.Shape.Batch;
import org.sillok.gate.Shape.Everything;
import org.sillok.gate.Shape.History;
import org.sillok.gate.Shape.NextPage;
import org.sillok.gate.Shape.Paged;
import org.sillok.gate.Shape.Proof;
import org.sillok.gate.Shape.Read;
import org.sillok.gate.Shape.Refused;
import org.sillok.gate.Shape.Search;

class ShapesTest {

  private static final Shapes SHAPES =
      new Shapes(FhirContext.forR4Cached(), "https://a.example/fhir");
  private static final Pattern HEADER = Pattern.compile(" \\{([^:}]+): ([^}]*)}");
  private static final Pattern FORM = Pattern.compile(" <([^>]*)>");

  record Pair(String refused, String control) {
    @Override
    public String toString() {
      return refused;
    }
  }

  static Stream<Pair> pairs() throws IOException {
    List<Pair> pairs = new ArrayList<>();
    try (InputStream table = ShapesTest.class.getResourceAsStream("shapes.txt")) {
      String text =
          new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.split("\n")) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] sides = line.split(" ~ ");
          assertThat(sides).as(line).hasSize(2);
          pairs.add(new Pair(sides[0], sides[1]));
        }
      }
    }
    return pairs.stream();
  }

  static GateRequest request(String line) {
    Map<String, List<String>> headers = new HashMap<>();
    String rest = line;
    Matcher form = FORM.matcher(rest);
    String body = "";
    if (form.find()) {
      body = form.group(1);
      headers.put("Content-Type", List.of("application/x-www-form-urlencoded"));
      rest = form.replaceFirst("");
    }
    Matcher header = HEADER.matcher(rest);
    while (header.find()) {
      headers.put(header.group(1), List.of(header.group(2)));
    }
    String[] words = header.replaceAll("").trim().split(" ", 2);
    GateRequest url = GateRequest.get(words[1]);
    return new GateRequest(words[0], url.path(), url.query(), headers, body);
  }

  private static Shape shape(String line) {
    return SHAPES.of(request(line)).shape();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void refusesThisAndAdmitsItsNearestNeighbour(Pair pair) {
    assertThat(shape(pair.refused())).isInstanceOf(Refused.class);
    assertThat(shape(pair.control())).as(pair.control()).isInstanceOf(Admitted.class);
  }

  @Test
  void theTableIsLongEnough() throws IOException {
    assertThat(pairs().map(Pair::refused).distinct()).hasSizeGreaterThan(240);
  }

  @Test
  void aReadIsOfTypeIdAndVersion() {
    assertThat(shape("GET Observation/a-1.b")).isEqualTo(new Read("Observation", "a-1.b", 0));
    assertThat(shape("GET Observation/7/_history/3")).isEqualTo(new Read("Observation", "7", 3));
  }

  @Test
  void proofsAreOfAVersion() {
    assertThat(shape("GET Observation/7/$verify"))
        .isEqualTo(new Proof(new Read("Observation", "7", 0), false, false));
    assertThat(shape("GET Observation/7/_history/2/$evidence?content=true"))
        .isEqualTo(new Proof(new Read("Observation", "7", 2), true, true));
    assertThat(shape("GET Observation/7/_history/2/$evidence?content=false"))
        .isEqualTo(new Proof(new Read("Observation", "7", 2), true, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET Observation?patient=7",
        "GET Observation?patient=Patient/7",
        "GET Observation?patient=https://a.example/fhir/Patient/7",
        "GET Observation?patient:Patient=7",
        "POST Observation/_search <patient=7>",
        "GET Observation?%70atient=Patient%2F7&_count=50&_total=none"
      })
  void allWaysOfNamingAPatientAreOne(String line) {
    assertThat(shape(line))
        .isEqualTo(
            new Search(
                "Observation",
                new Parameter("patient", "Patient/7"),
                List.of(),
                "_id",
                List.of(),
                50));
  }

  @Test
  void aSearchKeepsWhatIsAskedForAndNothingElse() {
    assertThat(
            shape(
                "GET Observation?code=a%7Cb,c&subject=Patient/7&date=ge2026&date=lt2027"
                    + "&_sort=-date&_include=Observation:encounter&_revinclude=Provenance:target"
                    + "&_count=10&_format=xml&_pretty=true"))
        .isEqualTo(
            new Search(
                "Observation",
                new Parameter("subject", "Patient/7"),
                List.of(
                    new Parameter("code", "a|b,c"),
                    new Parameter("date", "ge2026"),
                    new Parameter("date", "lt2027")),
                "-date,_id",
                List.of(
                    new Include(false, "Observation:encounter"),
                    new Include(true, "Provenance:target")),
                10));
  }

  @Test
  void noPageIsLongerThanTheLongest() {
    assertThat(shape("GET Observation?patient=7&_count=99999"))
        .isInstanceOfSatisfying(Search.class, s -> assertThat(s.count()).isEqualTo(Shapes.MOST));
    assertThat(shape("GET Observation/7/_history?_count=9"))
        .isEqualTo(new History("Observation", "7", 9));
  }

  @Test
  void everythingIsEachTypeOfThePatient() {
    assertThat(shape("GET Patient/7/$everything"))
        .isInstanceOfSatisfying(
            Everything.class,
            everything ->
                assertThat(everything.types())
                    .contains("Patient", "Observation", "Condition", "Consent", "Provenance")
                    .doesNotContain("AuditEvent", "Subscription", "Task", "Group", "List", "Binary")
                    .isSorted());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET Observation/7/_history?_count=3",
        "GET Patient/7/$everything",
        "GET Patient/7/$everything?_type=Observation,Condition&_since=2026-01-01T00:00:00%2B09:00",
        "GET Patient?identifier=urn:mrn|a%26b%3Dc%2B%25",
        "GET Observation?patient=7&code=a%7Cb%2Cc%20d&_sort=-date&_include=Observation:subject",
        "GET Observation?subject=Patient/7&value-string=%ED%98%88%EC%95%95"
      })
  void theTargetOfAPageIsTheSameRequest(String line) {
    Paged paged = (Paged) shape(line);

    assertThat(SHAPES.of(GateRequest.get(paged.target())).shape()).isEqualTo(paged);
  }

  @Test
  void aPageIsItsSealAndNothingMore() {
    assertThat(shape("GET ?_getpages=abc")).isEqualTo(new NextPage("abc"));
  }

  @Test
  void theFormatIsThatOfParameterThenHeader() {
    assertThat(format("GET Observation/7")).isEqualTo(Format.JSON);
    assertThat(format("GET Observation/7?_format=application/fhir%2Bxml&_pretty=true"))
        .isEqualTo(new Format(true, true));
    assertThat(format("GET Observation/7 {Accept: application/fhir+xml}"))
        .isEqualTo(new Format(true, false));
    assertThat(format("GET Observation/7 {Accept: application/fhir+json, application/fhir+xml}"))
        .isEqualTo(Format.JSON);
    assertThat(format("GET Observation/7?_format=json {Accept: application/fhir+xml}"))
        .isEqualTo(Format.JSON);
    assertThat(format("GET Task/7?_format=xml")).isEqualTo(new Format(true, false));
  }

  private static Format format(String line) {
    return SHAPES.of(request(line)).format();
  }

  @Test
  void aBatchIsManyRequestsEachByItself() {
    Shape batch =
        batch(
            """
            {"resourceType":"Bundle","type":"batch","entry":[
             {"request":{"method":"GET","url":"Observation/7"}},
             {"request":{"method":"GET","url":"Observation?patient=7"}},
             {"request":{"method":"GET","url":"Observation?code=1"}},
             {"request":{"method":"GET","url":"/Observation/7"}},
             {"request":{"method":"GET","url":"Observation/7","ifNoneMatch":"W/\\"1\\""}},
             {"request":{"method":"GET","url":"Observation/7","ifModifiedSince":"2026-01-01T00:00:00Z"}},
             {"request":{"method":"GET","url":"https://a.example/fhir/Observation/7"}}]}
            """);

    assertThat(((Batch) batch).entries())
        .extracting(entry -> entry.shape() instanceof Admitted)
        .containsExactly(true, true, false, false, false, false, false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "no json",
        "[]",
        "{'resourceType':'Patient'}",
        "{'resourceType':'Bundle'}",
        "{'resourceType':'Bundle','type':'transaction','entry':[{'request':{'method':'GET','url':'Observation/7'}}]}",
        "{'resourceType':'Bundle','type':'collection'}",
        "{'resourceType':'Bundle','type':'batch','entry':[{'request':{'method':'POST','url':'Observation'}}]}",
        "{'resourceType':'Bundle','type':'batch','entry':[{'request':{'method':'HEAD','url':'Observation/7'}}]}",
        "{'resourceType':'Bundle','type':'batch','entry':[{'request':{'url':'Observation/7'}}]}",
        "{'resourceType':'Bundle','type':'batch','entry':[{'request':{'method':'GET'}}]}",
        "{'resourceType':'Bundle','type':'batch','entry':[{'resource':{'resourceType':'Patient'},'request':{'method':'GET','url':'Observation/7'}}]}",
        "{'resourceType':'Bundle','type':'batch','type':'batch','nonsense':1}"
      })
  void whatIsNoBatchOfReadsIsRefusedWhole(String body) {
    assertThat(batch(body.replace('\'', '"'))).isInstanceOf(Refused.class);
  }

  @Test
  void aBatchHasAnEnd() {
    String entry = "{\"request\":{\"method\":\"GET\",\"url\":\"Observation/7\"}}";
    String most = String.join(",", java.util.Collections.nCopies(50, entry));

    assertThat(batch("{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[" + most + "]}"))
        .isInstanceOf(Batch.class);
    assertThat(
            batch(
                "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":["
                    + most
                    + ","
                    + entry
                    + "]}"))
        .isInstanceOf(Refused.class);
  }

  private static Shape batch(String body) {
    Map<String, List<String>> json = Map.of("Content-Type", List.of("application/fhir+json"));
    return SHAPES.of(new GateRequest("POST", "", null, json, body)).shape();
  }

  @Test
  void aLongQueryIsRefused() {
    assertThat(shape("GET Observation?patient=7&code=" + "a".repeat(8192)))
        .isInstanceOf(Refused.class);
    assertThat(shape("GET Observation?patient=7" + "&code=1".repeat(40)))
        .isInstanceOf(Refused.class);
  }

  @Test
  void aRefusalDoesNotRepeatWhatWasSent() {
    assertThat(shape("GET Observation?patient=7&%3Cscript%3E=1"))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).doesNotContain("script"));
  }
}
