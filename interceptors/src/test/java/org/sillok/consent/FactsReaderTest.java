package org.sillok.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceFactory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactsReaderTest {

  private static ResourceFacts facts(String json) {
    return World.facts(Json.parse(json.replace('\'', '"')));
  }

  private static ResourceFacts observation(String elements) {
    return facts(
        "{'resourceType':'Observation','id':'1','status':'final','code':{'text':'x'},"
            + "'subject':{'reference':'Patient/7'},"
            + elements
            + "'valueString':'y'}");
  }

  @Nested
  class S1_7_Patients {

    @Test
    void aPatientNamesItself() {
      ResourceFacts facts =
          facts(
              """
              {'resourceType':'Patient','id':'7','identifier':[{'system':'urn:mrn','value':'1'}],
               'link':[{'other':{'reference':'Patient/9'},'type':'seealso'}],
               'managingOrganization':{'reference':'Organization/a'}}""");
      assertThat(facts.persons().patients()).containsExactlyInAnyOrder("Patient/7", "Patient/9");
      assertThat(facts.persons().described()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            'focus':[{'reference':'Patient/8'}],                                       | Patient/8
            'focus':[{'reference':'Patient/8/_history/2'}],                            | Patient/8
            'focus':[{'reference':'https://a.example/fhir/Patient/8'}],                | Patient/8
            'focus':[{'reference':'https://b.example/fhir/Patient/8'}],                | https://b.example/fhir/Patient/8
            'focus':[{'reference':'urn:uuid:12'}],                                     | urn:uuid:12
            'focus':[{'reference':'patient/8'}],                                       | patient/8
            'focus':[{'reference':'/Patient/8'}],                                      | /Patient/8
            'encounter':{'reference':'Patient?identifier=8'},                          | Patient?identifier=8
            'focus':[{'reference':'urn:uuid:12','type':'Patient'}],                    | urn:uuid:12
            'extension':[{'url':'u','valueReference':{'reference':'Patient/8'}}],      | Patient/8
            'note':[{'text':'t','authorReference':{'reference':'Patient/8'}}],         | Patient/8
            'note':[{'text':'t','_text':{'extension':[{'url':'u','valueReference':{'reference':'Patient/8'}}]}}], | Patient/8
            'contained':[{'resourceType':'Encounter','id':'e','status':'finished','class':{'code':'AMB'},'subject':{'reference':'Patient/8'}}],'encounter':{'reference':'#e'}, | Patient/8
            'contained':[{'resourceType':'Patient','id':'p'}],'focus':[{'reference':'#p'}], | #p
            'focus':[{'identifier':{'value':'8'}}],                                    | ?
            """)
    void anyReferenceToAPatientCountsWhereverItStands(String elements, String patient) {
      assertThat(observation(elements).persons().patients())
          .containsExactlyInAnyOrder("Patient/7", patient);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            'performer':[{'display':'Dr Kim'}],
            'performer':[{'reference':'Practitioner/kim'}],
            'performer':[{'reference':'https://b.example/fhir/Practitioner/kim'}],
            'encounter':{'reference':'urn:uuid:12'},
            'encounter':{'identifier':{'system':'urn:visit','value':'8'}},
            'performer':[{'type':'Organization','identifier':{'system':'urn:org','value':'8'}}],
            'note':[{'text':'Patient/8'}],
            """)
    void otherReferencesDoNot(String elements) {
      ResourceFacts.Persons persons = observation(elements).persons();
      assertThat(persons.patients()).containsExactly("Patient/7");
      assertThat(persons.described()).isEmpty();
      assertThat(persons.suspected()).isEmpty();
    }

    @Test
    void whoIsNamedByIdentifierIsAPatientIfTheTypeSaysSoAndSuspectedIfItMayBe() {
      BusinessId hong = new BusinessId("urn:mrn", "h");
      String identifier = "{'system':'urn:mrn','value':'h'}";
      assertThat(
              observation("'focus':[{'type':'Patient','identifier':" + identifier + "}],")
                  .persons()
                  .described())
          .containsExactly(Set.of(hong));
      assertThat(
              observation("'performer':[{'identifier':" + identifier + "}],").persons().suspected())
          .containsExactly(hong);
    }

    @Test
    void aContainedPatientIsKnownByItsIdentifiers() {
      ResourceFacts facts =
          observation(
              """
              'contained':[{'resourceType':'Patient','id':'p','identifier':[
                {'system':'urn:mrn','value':'1'},{'system':'urn:rrn','value':'2'}]}],
              'focus':[{'reference':'#p'}],""");
      assertThat(facts.persons().described())
          .containsExactly(Set.of(new BusinessId("urn:mrn", "1"), new BusinessId("urn:rrn", "2")));
    }

    @Test
    void inABundleReferencesToItsOwnEntriesAreFollowedThere() {
      ResourceFacts facts =
          facts(
              """
              {'resourceType':'Bundle','id':'1','type':'document','entry':[
               {'fullUrl':'urn:uuid:1','resource':{'resourceType':'Patient','id':'99',
                 'identifier':[{'system':'urn:mrn','value':'h'}]}},
               {'fullUrl':'https://a.example/fhir/Patient/8',
                 'resource':{'resourceType':'Patient','id':'8'}},
               {'fullUrl':'urn:uuid:2','resource':{'resourceType':'Observation','id':'2',
                 'status':'final','code':{'text':'x'},'subject':{'reference':'urn:uuid:1'}}}]}""");
      assertThat(facts.persons().patients()).containsExactly("Patient/8");
      assertThat(facts.persons().described())
          .containsExactly(Set.of(new BusinessId("urn:mrn", "h")));
    }

    @Test
    void aReferenceThatWasResolvedInMemoryStillNames() {
      Patient hong = new Patient();
      hong.setId("Patient/8");
      var observation = World.observation("");
      observation.addFocus(new Reference(hong));
      assertThat(World.facts(observation).persons().patients())
          .containsExactlyInAnyOrder("Patient/7", "Patient/8");
    }
  }

  @Nested
  class S1_6_Labels {

    @Test
    void areThoseOfMetaAndOfEveryResourceInside() {
      Bundle bundle = new Bundle();
      bundle.addEntry().setResource(World.observation("label=R,HIV"));
      bundle.addEntry().setResource(World.observation("label=V,PSY,NOREUSE"));
      bundle.getMeta().addSecurity(ConsentText.label("L"));
      ResourceFacts.Labels labels = World.facts(bundle).labels();
      assertThat(labels.confidentiality()).isEqualTo(Confidentiality.V);
      assertThat(labels.sensitivities())
          .extracting(Code::code)
          .containsExactlyInAnyOrder("HIV", "PSY");
      assertThat(labels.handling()).extracting(Code::code).containsExactly("NOREUSE");
    }

    @Test
    void aLabelWithoutACodeHasToBeCoveredToo() {
      var observation = World.observation("");
      observation.getMeta().addSecurity().setSystem("urn:own");
      assertThat(World.facts(observation).labels().sensitivities())
          .containsExactly(new Code("urn:own", ""));
    }
  }

  @Nested
  class S1_6_ClinicalDates {

    private Instant from(String json) {
      return facts(json).date().from();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            Observation         | 'effectiveDateTime':'2026-03-05','issued':'2026-04-01T00:00:00Z'
            Observation         | 'effectivePeriod':{'start':'2026-03-05'}
            Observation         | 'effectiveInstant':'2026-03-05T00:00:00+09:00'
            Observation         | 'effectiveTiming':{'event':['2026-04','2026-03-05']}
            Observation         | 'effectiveTiming':{'repeat':{'boundsPeriod':{'start':'2026-03-05'}}}
            Observation         | 'issued':'2026-03-05T00:00:00+09:00'
            Condition           | 'onsetDateTime':'2026-03-05','recordedDate':'2026-04-01'
            Condition           | 'onsetAge':{'value':40},'recordedDate':'2026-03-05'
            Condition           | 'onsetString':'long ago','recordedDate':'2026-03-05'
            Encounter           | 'period':{'start':'2026-03-05','end':'2026-03-06'}
            Procedure           | 'performedPeriod':{'start':'2026-03-05'}
            MedicationRequest   | 'authoredOn':'2026-03-05'
            Immunization        | 'occurrenceDateTime':'2026-03-05'
            DocumentReference   | 'date':'2026-05-01T00:00:00Z','context':{'period':{'start':'2026-03-05'}}
            DocumentReference   | 'date':'2026-03-05T00:00:00+09:00'
            Specimen            | 'receivedTime':'2026-04-01','collection':{'collectedDateTime':'2026-03-05'}
            Goal                | 'startDate':'2026-03-05'
            """)
    void areTakenFromTheTable(String type, String elements) {
      assertThat(from("{'resourceType':'" + type + "','id':'1'," + elements + "}"))
          .isEqualTo("2026-03-04T15:00:00Z");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            Observation | 'status':'final'
            Observation | 'effectivePeriod':{'start':'2026-03','end':'2026-02'},'issued':'2026-04-01T00:00:00Z'
            Condition   | 'onsetAge':{'value':40}
            Patient     | 'birthDate':'1980-01-01'
            Location    | 'status':'active'
            """)
    void whatDoesNotTellIsUndated(String type, String elements) {
      assertThat(facts("{'resourceType':'" + type + "','id':'1'," + elements + "}").date())
          .isNull();
    }

    @Test
    void theTableNamesTypesAndElementsOfR4() {
      ClinicalDates.TABLE.forEach(
          (type, paths) -> {
            Resource resource = ResourceFactory.createResource(type);
            for (String path : paths) {
              String first = path.contains(".") ? path.substring(0, path.indexOf('.')) : path;
              assertThat(resource.children())
                  .as(type + "." + path)
                  .anyMatch(property -> property.getName().equals(first));
            }
          });
    }
  }

  @Test
  void authorsArePerformersRecordersAndWhoeverOrdered() {
    ResourceFacts facts =
        facts(
            """
            {'resourceType':'Procedure','id':'1','status':'completed',
             'subject':{'reference':'Patient/7'},
             'recorder':{'reference':'Practitioner/kim'},
             'asserter':{'reference':'Practitioner/other'},
             'performer':[{'actor':{'reference':'Practitioner/lee/_history/2'},
                           'onBehalfOf':{'reference':'Organization/b'}},
                          {'actor':{'identifier':{'system':'urn:licence','value':'park'}}}]}""");
    assertThat(facts.links().authors())
        .containsExactlyInAnyOrder("Practitioner/kim", "Practitioner/lee", "Organization/b");
    assertThat(facts.links().authorIds()).containsExactly(new BusinessId("urn:licence", "park"));
    assertThat(facts.links().references())
        .containsExactlyInAnyOrder(
            "Patient/7",
            "Practitioner/kim",
            "Practitioner/other",
            "Practitioner/lee",
            "Organization/b");
  }

  @Test
  void typeIdAndVersionAreThoseOfTheResource() {
    ResourceFacts facts = World.facts(World.observation(""));
    assertThat(facts.type()).isEqualTo("Observation");
    assertThat(facts.reference()).isEqualTo("Observation/1");
    assertThat(facts.version()).isEqualTo("3");
    Encounter encounter = new Encounter();
    encounter.setId("Encounter/3");
    encounter.getMeta().setVersionId("5");
    assertThat(World.facts(encounter).version()).isEqualTo("5");
  }

  @Test
  void contentTypesAreThoseOfAttachmentsAndBinaries() {
    DocumentReference document = new DocumentReference();
    document.addContent().getAttachment().setContentType("Text/HTML;charset=utf-8");
    assertThat(World.facts(document).content().contentTypes()).containsExactly("text/html");
    assertThat(
            facts("{'resourceType':'Binary','id':'1','contentType':'application/pdf'}")
                .content()
                .contentTypes())
        .containsExactly("application/pdf");
  }

  @Test
  void readingDoesNotChangeTheResource() {
    Organization organization = new Organization();
    organization.setId("Organization/c");
    var observation = World.observation("label=R date=2026 author=Practitioner/kim");
    for (Resource resource : new Resource[] {organization, observation, new Patient()}) {
      String before = Json.text(resource);
      World.facts(resource);
      assertThat(Json.text(resource)).isEqualTo(before);
    }
  }
}
