package org.sillok.gate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sillok.gate.Shape.Everything;
import org.sillok.gate.Shape.Search;

/** The searches that another hospital may make: of one type, for one patient. */
final class SearchShapes {

  private static final int MOST_INCLUDES = 8;
  private static final Pattern PATIENT = Pattern.compile("(?:Patient/)?([A-Za-z0-9.-]{1,64})");
  private static final Pattern DATE =
      Pattern.compile(
          "[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?"
              + "(Z|[+-][0-9]{2}:[0-9]{2}))?)?)?");

  private final OpenTypes types;
  private final String base;

  SearchShapes(OpenTypes types, String base) {
    this.types = types;
    this.base = base + "/";
  }

  /**
   * @param parameters is used up
   */
  Search of(String type, List<Parameter> parameters) {
    if (!types.isSearchable(type)) {
      throw new RefusedException("Resources of this type are not searched by other hospitals.");
    }
    int count = Count.take(parameters);
    List<Include> includes = includes(type, parameters);
    String sort = sort(type, parameters);
    parameters.removeIf(each -> each.name().equals("_total") && each.value().equals("none"));
    List<Parameter> criteria = new ArrayList<>();
    @Nullable Parameter patient = null;
    for (Parameter each : parameters) {
      Parameter named = patient(type, each);
      if (named == null) {
        criteria.add(criterion(type, each));
      } else if (patient == null) {
        patient = named;
      } else {
        throw new RefusedException("A search is for one patient, who is named once.");
      }
    }
    if (patient == null) {
      throw new RefusedException(
          type.equals("Patient")
              ? "A search for a patient gives one identifier, with its system, or one _id."
              : "A search by another hospital names one patient: patient=Patient/[id].");
    }
    return new Search(type, patient, criteria, sort, includes, count);
  }

  Everything everything(String id, List<Parameter> parameters) {
    int count = Count.take(parameters);
    Set<String> wanted = new TreeSet<>();
    List<Parameter> criteria = new ArrayList<>();
    for (Parameter each : parameters) {
      if (each.name().equals("_type") && wanted.isEmpty()) {
        wanted.addAll(Arrays.asList(each.value().split(",", -1)));
      } else if (each.name().equals("_since")
          && criteria.isEmpty()
          && DATE.matcher(each.value()).matches()) {
        criteria.add(new Parameter("_lastUpdated", "ge" + each.value()));
      } else {
        throw new RefusedException("$everything has _count, _since and _type, each once.");
      }
    }
    if (!wanted.stream().allMatch(types::isSearchable)) {
      throw new RefusedException("_type names types that other hospitals do not search.");
    }
    if (wanted.isEmpty()) {
      wanted.addAll(types.ofPatient());
      wanted.add("Patient");
    }
    return new Everything(id, List.copyOf(wanted), criteria, count);
  }

  /** The criterion in its one form, if it is the one that names the patient. */
  private @Nullable Parameter patient(String type, Parameter parameter) {
    String name = parameter.name();
    if (type.equals("Patient")) {
      return switch (name) {
        case "_id" -> {
          if (!PATIENT.matcher(parameter.value()).matches() || parameter.value().contains("/")) {
            throw new RefusedException("_id names one patient.");
          }
          yield parameter;
        }
        case "identifier" -> {
          if (!isIdentifier(parameter.value())) {
            throw new RefusedException("identifier is one system|value, of both.");
          }
          yield parameter;
        }
        default -> null;
      };
    }
    String plain = name.endsWith(":Patient") ? name.substring(0, name.length() - 8) : name;
    if (!types.namesPatient(type, plain)) {
      return null;
    }
    String value = parameter.value();
    Matcher reference =
        PATIENT.matcher(value.startsWith(base) ? value.substring(base.length()) : value);
    boolean typed = value.contains("/") || plain.equals("patient") || name.endsWith(":Patient");
    if (!reference.matches() || !typed) {
      throw new RefusedException(plain + " names one patient: Patient/[id].");
    }
    return new Parameter(plain, "Patient/" + reference.group(1));
  }

  /** One bar, something on both sides, and nothing that a search reads as more than that. */
  private static boolean isIdentifier(String value) {
    int bar = value.indexOf('|');
    return bar > 0
        && bar < value.length() - 1
        && value.indexOf('|', bar + 1) < 0
        && value.chars().noneMatch(c -> c == ',' || c == '\\' || c == '$' || c == '*');
  }

  private Parameter criterion(String type, Parameter parameter) {
    if (!types.isCriterion(type, parameter.name())) {
      throw new RefusedException(
          "The parameter "
              + (parameter.name().matches("[A-Za-z_:.-]{1,40}") ? parameter.name() : "given")
              + " is not open to other hospitals.");
    }
    if (parameter.value().isBlank()) {
      throw new RefusedException("A parameter without a value says nothing.");
    }
    return parameter;
  }

  private List<Include> includes(String type, List<Parameter> parameters) {
    List<Include> includes = new ArrayList<>();
    parameters.removeIf(
        each -> {
          boolean reverse = each.name().equals("_revinclude");
          return (reverse || each.name().equals("_include"))
              && includes.add(new Include(reverse, each.value()));
        });
    if (includes.size() > MOST_INCLUDES
        || !includes.stream().allMatch(each -> types.isInclude(type, each))) {
      throw new RefusedException(
          "An include is [type]:[parameter] of FHIR R4, to or from the type that is searched, and"
              + " there are "
              + MOST_INCLUDES
              + " at most.");
    }
    return includes;
  }

  private String sort(String type, List<Parameter> parameters) {
    List<String> sorts = new ArrayList<>();
    parameters.removeIf(each -> each.name().equals("_sort") && sorts.add(each.value()));
    if (sorts.isEmpty()) {
      return "_id";
    }
    List<String> names = List.of(sorts.get(0).split(",", -1));
    boolean known =
        names.stream()
            .map(name -> name.startsWith("-") ? name.substring(1) : name)
            .allMatch(name -> types.isSortable(type, name));
    if (sorts.size() > 1 || names.size() > 4 || !known) {
      throw new RefusedException("_sort is not by the content of the resources themselves.");
    }
    boolean total = names.contains("_id") || names.contains("-_id");
    return total ? sorts.get(0) : sorts.get(0) + ",_id";
  }
}
