package org.sillok.consent;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Period;
import org.jspecify.annotations.Nullable;

/** Reads a tree of provisions. */
final class ProvisionReader {

  private static final String NOT_EVALUATED = "not evaluated";

  private final ZoneId zone;
  private final CriterionReader criteria;
  private final Shared shared;
  private final List<Limitation> limitations;

  ProvisionReader(ZoneId zone, LocalReference local, Shared shared, List<Limitation> limitations) {
    this.zone = zone;
    this.shared = shared;
    this.criteria = new CriterionReader(local, limitations);
    this.limitations = limitations;
  }

  Provision read(ProvisionComponent root) {
    return read(root, Provision.ROOT);
  }

  private Provision read(ProvisionComponent provision, String path) {
    reportExtensions(provision, path);
    List<Provision> children = new ArrayList<>();
    for (int i = 0; i < provision.getProvision().size(); i++) {
      String childPath = path + ".provision[" + i + "]";
      ProvisionComponent child = provision.getProvision().get(i);
      if (type(child) == null) {
        limitations.add(
            new Limitation(childPath + ".type", "a nested provision without a type denies"));
      }
      children.add(read(child, childPath));
    }
    return shared.of(
        new Provision(
            path, type(provision), period(provision, path), all(provision, path), children));
  }

  private static Provision.@Nullable Type type(ProvisionComponent provision) {
    ConsentProvisionType type = provision.hasType() ? provision.getType() : null;
    if (type == ConsentProvisionType.PERMIT) {
      return Provision.Type.PERMIT;
    }
    return type == ConsentProvisionType.DENY ? Provision.Type.DENY : null;
  }

  private @Nullable PeriodCriterion period(ProvisionComponent provision, String path) {
    return provision.hasPeriod()
        ? new PeriodCriterion(span(provision.getPeriod(), path + ".period"))
        : null;
  }

  private @Nullable DateSpan span(Period period, String path) {
    DateSpan span = ClinicalDates.span(period, zone).orElse(null);
    if (span == null) {
      limitations.add(
          new Limitation(
              path, "has no start and end that could be read, or ends before it starts"));
    }
    return span;
  }

  private List<Criterion> all(ProvisionComponent provision, String path) {
    List<Criterion> all = new ArrayList<>();
    if (provision.hasActor()) {
      all.add(criteria.actors(provision.getActor(), path + ".actor"));
    }
    if (provision.hasAction()) {
      all.add(criteria.actions(provision.getAction(), path + ".action"));
    }
    if (provision.hasPurpose()) {
      all.add(criteria.purposes(provision.getPurpose(), path + ".purpose"));
    }
    if (provision.hasClass_()) {
      all.add(criteria.classes(provision.getClass_(), path + ".class"));
    }
    if (provision.hasSecurityLabel()) {
      all.add(criteria.labels(provision.getSecurityLabel(), path + ".securityLabel"));
    }
    if (provision.hasDataPeriod()) {
      all.add(new DataPeriodCriterion(span(provision.getDataPeriod(), path + ".dataPeriod")));
    }
    if (provision.hasData()) {
      all.add(criteria.data(provision.getData(), path + ".data"));
    }
    if (provision.hasCode()) {
      all.add(criteria.codes(provision.getCode(), path + ".code"));
    }
    return all.stream().map(shared::of).toList();
  }

  private void reportExtensions(ProvisionComponent provision, String path) {
    if (provision.hasExtension()) {
      limitations.add(new Limitation(path + ".extension", NOT_EVALUATED));
    }
    if (provision.getActor().stream().anyMatch(actor -> actor.hasExtension())) {
      limitations.add(new Limitation(path + ".actor.extension", NOT_EVALUATED));
    }
    if (provision.getData().stream().anyMatch(data -> data.hasExtension())) {
      limitations.add(new Limitation(path + ".data.extension", NOT_EVALUATED));
    }
  }
}
