package org.sillok.consent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Consent.provisionActorComponent;
import org.hl7.fhir.r4.model.Consent.provisionDataComponent;
import org.hl7.fhir.r4.model.Enumerations.ResourceType;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.sillok.consent.ActorCriterion.Actor;
import org.sillok.consent.ActorCriterion.Group;
import org.sillok.consent.DataCriterion.Datum;

/** Reads the criteria of provisions, §1.6. */
final class CriterionReader {

  private static final Set<String> READING = Set.of("access", "disclose");
  private static final Set<String> OTHER_ACTIONS = Set.of("collect", "use", "correct");

  /** FHIR R4's concrete resource types. */
  private static final Set<String> TYPES =
      Arrays.stream(ResourceType.values())
          .filter(type -> type != ResourceType.NULL)
          .map(ResourceType::toCode)
          .filter(code -> !Set.of("Resource", "DomainResource").contains(code))
          .collect(Collectors.toSet());

  private final LocalReference local;
  private final List<Limitation> limitations;

  CriterionReader(LocalReference local, List<Limitation> limitations) {
    this.local = local;
    this.limitations = limitations;
  }

  private void lacking(String path, int index, String words) {
    limitations.add(new Limitation(path + "[" + index + "]", words));
  }

  ActorCriterion actors(List<provisionActorComponent> actors, String path) {
    List<Actor> all = new ArrayList<>();
    for (int i = 0; i < actors.size(); i++) {
      provisionActorComponent actor = actors.get(i);
      Group group = actor.hasRole() ? group(actor.getRole()) : Group.RECIPIENT;
      PartyName name = name(actor.hasReference() ? actor.getReference() : null);
      if (group == Group.OTHER) {
        lacking(path, i, "a role that is not evaluated");
      } else if (name == null) {
        lacking(path, i, "names nobody who could be looked up");
      }
      all.add(new Actor(group, name));
    }
    return new ActorCriterion(all);
  }

  private @Nullable PartyName name(@Nullable Reference reference) {
    return reference == null ? null : PartyName.of(reference, local).orElse(null);
  }

  /** What all known codings of the role say; they are translations of each other. */
  private static Group group(CodeableConcept role) {
    Set<Group> groups = EnumSet.noneOf(Group.class);
    for (Coding coding : role.getCoding()) {
      Code code = ResourceWalk.code(coding);
      if (code != null && code.system().equals(Code.PARTICIPATION)) {
        groups.add(
            switch (code.code()) {
              case "IRCP", "PRCP" -> Group.RECIPIENT;
              case "CST" -> Group.CUSTODIAN;
              case "AUT" -> Group.AUTHOR;
              default -> Group.OTHER;
            });
      } else if (new Code(Code.ROLE, "GRANTEE").equals(code)) {
        groups.add(Group.RECIPIENT);
      }
    }
    return groups.size() == 1 ? groups.iterator().next() : Group.OTHER;
  }

  ActionCriterion actions(List<CodeableConcept> actions, String path) {
    Tri reading = Tri.F;
    for (int i = 0; i < actions.size(); i++) {
      Tri value = reading(actions.get(i));
      if (value == Tri.U) {
        lacking(path, i, "an action that is not known");
      }
      reading = reading.or(value);
    }
    if (reading == Tri.F) {
      limitations.add(new Limitation(path, "can never apply: reading is access or disclose"));
    }
    return new ActionCriterion(reading);
  }

  private static Tri reading(CodeableConcept action) {
    Tri value = Tri.U;
    for (Coding coding : action.getCoding()) {
      Code code = ResourceWalk.code(coding);
      if (code != null && code.system().equals(Code.CONSENT_ACTION)) {
        if (READING.contains(code.code())) {
          return Tri.T;
        }
        value = OTHER_ACTIONS.contains(code.code()) ? Tri.F : value;
      }
    }
    return value;
  }

  PurposeCriterion purposes(List<Coding> purposes, String path) {
    Set<String> listed = new HashSet<>();
    boolean unknown = false;
    for (int i = 0; i < purposes.size(); i++) {
      Code code = ResourceWalk.code(purposes.get(i));
      if (code != null && code.system().equals(Code.ACT_REASON)) {
        listed.add(code.code());
      } else {
        unknown = true;
        lacking(path, i, "not a purpose of v3-ActReason");
      }
    }
    return new PurposeCriterion(listed, unknown);
  }

  LabelCriterion labels(List<Coding> labels, String path) {
    Confidentiality lowest = null;
    Confidentiality highest = null;
    Set<Code> others = new HashSet<>();
    boolean unknown = false;
    for (int i = 0; i < labels.size(); i++) {
      Code code = ResourceWalk.code(labels.get(i));
      if (code == null) {
        unknown = true;
        lacking(path, i, "a label without a code");
        continue;
      }
      Confidentiality level = Confidentiality.of(code).orElse(null);
      if (level == null) {
        others.add(code);
      } else {
        lowest = lowest == null || level.atMost(lowest) ? level : lowest;
        highest = Confidentiality.higher(highest, level);
      }
    }
    return new LabelCriterion(lowest, highest, others, unknown);
  }

  ClassCriterion classes(List<Coding> classes, String path) {
    Set<String> types = new HashSet<>();
    Set<String> profiles = new HashSet<>();
    Set<String> contentTypes = new HashSet<>();
    Set<Code> documents = new HashSet<>();
    boolean unknown = false;
    for (int i = 0; i < classes.size(); i++) {
      Code code = ResourceWalk.code(classes.get(i));
      if (code == null) {
        unknown = true;
        lacking(path, i, "a class without a code");
      } else if (ClassCriterion.RESOURCE_TYPES.contains(code.system())) {
        if (TYPES.contains(code.code())) {
          types.add(code.code());
        } else {
          unknown = true;
          lacking(path, i, "not a resource type of FHIR R4");
        }
      } else if (code.system().equals(ClassCriterion.URI)) {
        profiles.add(code.code());
      } else if (code.system().contains(ClassCriterion.STRUCTURES)) {
        profiles.add(code.system());
      } else if (code.system().equals(ClassCriterion.MIME_TYPES)) {
        contentTypes.add(ResourceWalk.mime(code.code()));
      } else if (ClassCriterion.DOCUMENTS.contains(code.system())) {
        documents.add(code);
      } else {
        unknown = true;
        lacking(path, i, "a class of a system that is not known");
      }
    }
    return new ClassCriterion(types, profiles, contentTypes, documents, unknown);
  }

  CodeCriterion codes(List<CodeableConcept> concepts, String path) {
    Set<Code> listed = new HashSet<>();
    boolean unknown = false;
    for (int i = 0; i < concepts.size(); i++) {
      boolean any = false;
      for (Coding coding : concepts.get(i).getCoding()) {
        Code code = ResourceWalk.code(coding);
        any |= code != null;
        if (code != null) {
          listed.add(code);
        }
      }
      if (!any) {
        unknown = true;
        lacking(path, i, "a concept without a code");
      }
    }
    return new CodeCriterion(listed, unknown);
  }

  DataCriterion data(List<provisionDataComponent> data, String path) {
    List<Datum> all = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      provisionDataComponent datum = data.get(i);
      ConsentDataMeaning meaning = datum.hasMeaning() ? datum.getMeaning() : null;
      PartyName name = name(datum.hasReference() ? datum.getReference() : null);
      boolean byAuthor = meaning == ConsentDataMeaning.AUTHOREDBY;
      if (meaning == null) {
        lacking(path, i, "no meaning that is known");
      } else if (name == null || (!byAuthor && !name.isLocal())) {
        lacking(path, i, "names no resource of this server");
      }
      all.add(new Datum(meaning, name));
    }
    return new DataCriterion(all);
  }
}
