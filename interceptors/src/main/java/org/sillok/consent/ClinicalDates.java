package org.sillok.consent;

import static java.util.Map.entry;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Timing;
import org.jspecify.annotations.Nullable;

/**
 * The clinical date of a resource, §1.6: per type the elements in the order in which they are
 * tried. An element that is not there, or tells no date (an age, a range, a text), passes on to the
 * next; one that is there and cannot be read leaves the resource undated, and so does a type that
 * is not in the table.
 */
final class ClinicalDates {

  static final Map<String, List<String>> TABLE =
      Map.ofEntries(
          entry("AdverseEvent", List.of("date", "detected", "recordedDate")),
          entry("AllergyIntolerance", List.of("onset[x]", "recordedDate")),
          entry("CarePlan", List.of("period", "created")),
          entry("CareTeam", List.of("period")),
          entry("Claim", List.of("billablePeriod", "created")),
          entry("ClinicalImpression", List.of("effective[x]", "date")),
          entry("Communication", List.of("sent", "received")),
          entry("Composition", List.of("date")),
          entry("Condition", List.of("onset[x]", "recordedDate")),
          entry("Coverage", List.of("period")),
          entry("DetectedIssue", List.of("identified[x]")),
          entry("DeviceRequest", List.of("authoredOn")),
          entry("DeviceUseStatement", List.of("timing[x]", "recordedOn")),
          entry("DiagnosticReport", List.of("effective[x]", "issued")),
          entry("DocumentReference", List.of("context.period", "date")),
          entry("Encounter", List.of("period")),
          entry("EpisodeOfCare", List.of("period")),
          entry("ExplanationOfBenefit", List.of("billablePeriod", "created")),
          entry("FamilyMemberHistory", List.of("date")),
          entry("Flag", List.of("period")),
          entry("Goal", List.of("start[x]", "statusDate")),
          entry("ImagingStudy", List.of("started")),
          entry("Immunization", List.of("occurrence[x]", "recorded")),
          entry("Media", List.of("created[x]", "issued")),
          entry("MedicationAdministration", List.of("effective[x]")),
          entry("MedicationDispense", List.of("whenHandedOver", "whenPrepared")),
          entry("MedicationRequest", List.of("authoredOn")),
          entry("MedicationStatement", List.of("effective[x]", "dateAsserted")),
          entry("NutritionOrder", List.of("dateTime")),
          entry("Observation", List.of("effective[x]", "issued")),
          entry("Procedure", List.of("performed[x]")),
          entry("QuestionnaireResponse", List.of("authored")),
          entry("RiskAssessment", List.of("occurrence[x]")),
          entry("ServiceRequest", List.of("authoredOn")),
          entry("Specimen", List.of("collection.collected[x]", "receivedTime")),
          entry("VisionPrescription", List.of("dateWritten", "created")));

  private ClinicalDates() {}

  /**
   * @param elements the resource's elements, the first of each
   */
  static @Nullable DateSpan of(String type, Map<String, Base> elements, ZoneId zone) {
    for (String path : TABLE.getOrDefault(type, List.of())) {
      Base value = value(path, elements);
      if (value instanceof BaseDateTimeType || value instanceof Period || value instanceof Timing) {
        return span(value, zone).orElse(null);
      }
    }
    return null;
  }

  private static @Nullable Base value(String path, Map<String, Base> elements) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      return elements.get(path);
    }
    Base outer = elements.get(path.substring(0, dot));
    Property inner = outer == null ? null : outer.getChildByName(path.substring(dot + 1));
    return inner == null || !inner.hasValues() ? null : inner.getValues().get(0);
  }

  private static Optional<DateSpan> span(Base value, ZoneId zone) {
    if (value instanceof Period period) {
      return span(period, zone);
    }
    if (value instanceof Timing timing) {
      return span(timing, zone);
    }
    String text = ((BaseDateTimeType) value).getValueAsString();
    return text == null ? Optional.empty() : DateSpan.parse(text, zone);
  }

  /**
   * Empty if it has neither start nor end, or one that cannot be read, or ends before it starts.
   */
  static Optional<DateSpan> span(Period period, ZoneId zone) {
    if (!period.hasStart() && !period.hasEnd()) {
      return Optional.empty();
    }
    Optional<Instant> from = bound(period.hasStart(), period.getStartElement(), zone, Instant.MIN);
    Optional<Instant> to = bound(period.hasEnd(), period.getEndElement(), zone, Instant.MAX);
    return from.flatMap(start -> to.flatMap(end -> DateSpan.between(start, end)));
  }

  private static Optional<Instant> bound(
      boolean there, DateTimeType element, ZoneId zone, Instant open) {
    if (!there) {
      return Optional.of(open);
    }
    String text = element.getValueAsString();
    return (text == null ? Optional.<DateSpan>empty() : DateSpan.parse(text, zone))
        .map(span -> open.equals(Instant.MIN) ? span.from() : span.to());
  }

  /** From its first event to its last; without events, its bounds. */
  private static Optional<DateSpan> span(Timing timing, ZoneId zone) {
    Instant from = Instant.MAX;
    Instant to = Instant.MIN;
    for (DateTimeType event : timing.getEvent()) {
      DateSpan span = DateSpan.parse(String.valueOf(event.getValueAsString()), zone).orElse(null);
      if (span == null) {
        return Optional.empty();
      }
      from = span.from().isBefore(from) ? span.from() : from;
      to = span.to().isAfter(to) ? span.to() : to;
    }
    if (timing.hasEvent()) {
      return DateSpan.between(from, to);
    }
    return timing.hasRepeat() && timing.getRepeat().hasBoundsPeriod()
        ? span(timing.getRepeat().getBoundsPeriod(), zone)
        : Optional.empty();
  }
}
