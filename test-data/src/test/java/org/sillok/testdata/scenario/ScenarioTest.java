package org.sillok.testdata.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.hl7.fhir.instance.model.api.IBaseReference;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

class ScenarioTest {

  private final FhirContext fhir = FhirContext.forR4Cached();
  private final List<Bundle> bundles = Scenario.bundles();

  @Test
  void isTheSameEveryTime() {
    IParser json = fhir.newJsonParser();
    assertThat(Scenario.bundles().stream().map(json::encodeResourceToString))
        .containsExactlyElementsOf(bundles.stream().map(json::encodeResourceToString).toList());
  }

  @Test
  void givesEveryResourceAnIdOfItsOwnThatTheServerAccepts() {
    List<String> urls = entries().stream().map(entry -> entry.getRequest().getUrl()).toList();
    assertThat(urls)
        .doesNotHaveDuplicates()
        .allMatch(url -> url.matches("[A-Za-z]+/[A-Za-z0-9.-]{1,64}"));
  }

  @Test
  void hasWhatItPromises() {
    assertThat(entries())
        .anySatisfy(
            entry -> {
              assertThat(entry.getRequest().getUrl()).isEqualTo(Scenario.CREATININE);
              assertThat(fhir.newJsonParser().encodeResourceToString(entry.getResource()))
                  .contains("\"value\":0.80");
            })
        .anySatisfy(entry -> assertThat(entry.getRequest().getUrl()).isEqualTo(Scenario.ALLERGY));
  }

  @Test
  void refersOnlyToWhatWasSentBefore() {
    Set<String> known = new HashSet<>();
    for (Bundle bundle : bundles) {
      bundle.getEntry().forEach(entry -> known.add(entry.getRequest().getUrl()));
      for (Bundle.BundleEntryComponent entry : bundle.getEntry()) {
        for (IBaseReference reference :
            fhir.newTerser()
                .getAllPopulatedChildElementsOfType(entry.getResource(), IBaseReference.class)) {
          assertThat(known).contains(reference.getReferenceElement().getValue());
        }
      }
    }
  }

  @Test
  void usesResidentNumbersThatNobodyCanHave() {
    List<String> numbers =
        resources(Patient.class).stream()
            .flatMap(patient -> patient.getIdentifier().stream())
            .filter(identifier -> identifier.getSystem().equals(Codes.RESIDENT_NUMBER))
            .map(Identifier::getValue)
            .toList();
    assertThat(numbers).isNotEmpty().allSatisfy(ScenarioTest::isOnNoCalendar);
  }

  private static void isOnNoCalendar(String number) {
    int year = Integer.parseInt(number.substring(0, 2));
    int month = Integer.parseInt(number.substring(2, 4));
    int day = Integer.parseInt(number.substring(4, 6));
    for (int century : new int[] {1800, 1900, 2000}) {
      Assertions.assertThatThrownBy(() -> LocalDate.of(century + year, month, day))
          .isInstanceOf(DateTimeException.class);
    }
  }

  private List<Bundle.BundleEntryComponent> entries() {
    return bundles.stream().flatMap(bundle -> bundle.getEntry().stream()).toList();
  }

  private <T extends Resource> List<T> resources(Class<T> type) {
    return entries().stream()
        .map(Bundle.BundleEntryComponent::getResource)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }
}
