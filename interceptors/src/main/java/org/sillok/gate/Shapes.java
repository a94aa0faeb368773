package org.sillok.gate;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sillok.gate.Shape.History;
import org.sillok.gate.Shape.NextPage;
import org.sillok.gate.Shape.Proof;
import org.sillok.gate.Shape.Read;
import org.sillok.gate.Shape.Refused;

/**
 * Decides what a request is, from its bytes alone: by an allow-list, so that what is not written
 * here cannot be asked. Thread-safe; does no I/O, and knows nothing of what the database holds.
 */
final class Shapes {

  /** A page without {@code _count}, and the longest. */
  static final int DEFAULT_COUNT = 50;

  static final int MOST = 500;

  private static final Pattern INSTANCE =
      Pattern.compile(
          "([A-Z][A-Za-z]{1,63})/([A-Za-z0-9.-]{1,64})"
              + "(?:/_history/([1-9][0-9]{0,9}))?(?:/(_history|\\$[a-z]+))?");
  private static final Pattern TYPE = Pattern.compile("([A-Z][A-Za-z]{1,63})(/_search)?");

  /** What makes the answer hang on a state that the caller names, or the request another one. */
  private static final Set<String> CONDITIONS =
      Set.of(
          "if-match",
          "if-none-match",
          "if-modified-since",
          "if-unmodified-since",
          "if-none-exist",
          "if-range",
          "range",
          "content-encoding",
          "x-http-method",
          "x-http-method-override",
          "x-method-override",
          "x-request-partition-ids");

  private final OpenTypes types;
  private final SearchShapes searches;
  private final BatchShapes batches;

  /**
   * @param base this server's base URL, without a slash at the end; references to patients may
   *     begin with it
   */
  Shapes(FhirContext fhir, String base) {
    this.types = new OpenTypes(fhir);
    this.searches = new SearchShapes(types, base);
    this.batches = new BatchShapes(this, fhir);
  }

  Set<String> typesOfPatient() {
    return types.ofPatient();
  }

  Asked of(GateRequest request) {
    try {
      return read(request);
    } catch (RefusedException e) {
      return new Asked(new Refused(e.reason()), Format.JSON);
    }
  }

  /**
   * What a request is, and how the answer is written.
   *
   * @param format JSON if the request is refused for its form
   */
  record Asked(Shape shape, Format format) {}

  private Asked read(GateRequest request) {
    CONDITIONS.stream()
        .filter(request::has)
        .findFirst()
        .ifPresent(
            header -> {
              throw new RefusedException("Requests with the header " + header + " are refused.");
            });
    List<Parameter> parameters =
        new ArrayList<>(QueryString.parse(request.query() == null ? "" : request.query()));
    Format format = Format.take(parameters, request.header("accept"));
    try {
      return new Asked(read(request, parameters), format);
    } catch (RefusedException e) {
      return new Asked(new Refused(e.reason()), format);
    }
  }

  private Shape read(GateRequest request, List<Parameter> parameters) {
    return switch (request.method()) {
      case "GET" -> {
        if (!request.body().isEmpty()) {
          throw new RefusedException("A GET has no body.");
        }
        yield get(request.path(), parameters);
      }
      case "POST" -> post(request, parameters);
      default ->
          throw new RefusedException(
              "Other hospitals may read and search; this is " + method(request) + ".");
    };
  }

  private static String method(GateRequest request) {
    String method = request.method().toUpperCase(Locale.ROOT);
    return method.matches("[A-Z]{1,10}") ? method : "something else";
  }

  private Shape post(GateRequest request, List<Parameter> parameters) {
    String type = request.header("content-type");
    String media = type == null ? "" : type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    Matcher search = TYPE.matcher(request.path());
    if (search.matches() && search.group(2) != null) {
      if (!media.equals("application/x-www-form-urlencoded") || !parameters.isEmpty()) {
        throw new RefusedException(
            "A search by POST has all its parameters in a body of the type"
                + " application/x-www-form-urlencoded.");
      }
      List<Parameter> form = new ArrayList<>(QueryString.parse(request.body()));
      form.removeIf(each -> each.name().equals("_format") || each.name().equals("_pretty"));
      return searches.of(search.group(1), form);
    }
    if (request.path().isEmpty() && parameters.isEmpty()) {
      if (!media.equals("application/fhir+json") && !media.equals("application/json")) {
        throw new RefusedException("A batch is application/fhir+json.");
      }
      return batches.of(request.body());
    }
    throw new RefusedException("Other hospitals may read and search, and write nothing.");
  }

  /** Of a GET, without parameters that only say how the answer is written. */
  private Shape get(String path, List<Parameter> parameters) {
    if (path.isEmpty()) {
      return page(parameters);
    }
    Matcher type = TYPE.matcher(path);
    if (type.matches() && type.group(2) == null) {
      return searches.of(type.group(1), parameters);
    }
    Matcher instance = INSTANCE.matcher(path);
    if (!instance.matches()) {
      throw new RefusedException("This is no path that other hospitals may use.");
    }
    if (!types.isReadable(instance.group(1))) {
      throw new RefusedException(
          "Resources of this type are not read one by one by other hospitals.");
    }
    return instance(instance, parameters);
  }

  private Shape instance(Matcher path, List<Parameter> parameters) {
    String version = path.group(3);
    Read read =
        new Read(path.group(1), path.group(2), version == null ? 0 : Long.parseLong(version));
    @Nullable String operation = path.group(4);
    if (operation == null) {
      none(parameters);
      return read;
    }
    if (operation.equals("$verify")) {
      none(parameters);
      return new Proof(read, false, false);
    }
    if (operation.equals("$evidence") && version != null) {
      return new Proof(read, true, content(parameters));
    }
    if (operation.equals("_history") && version == null) {
      int count = Count.take(parameters);
      none(parameters);
      return new History(read.type(), read.id(), count);
    }
    if (operation.equals("$everything") && version == null && read.type().equals("Patient")) {
      return searches.everything(read.id(), parameters);
    }
    throw new RefusedException("This operation is not open to other hospitals.");
  }

  private static boolean content(List<Parameter> parameters) {
    if (parameters.size() == 1 && parameters.get(0).name().equals("content")) {
      String value = parameters.remove(0).value();
      if (!value.equals("true") && !value.equals("false")) {
        throw new RefusedException("content is true or false.");
      }
      return value.equals("true");
    }
    none(parameters);
    return false;
  }

  private static Shape page(List<Parameter> parameters) {
    if (parameters.size() == 1 && parameters.get(0).name().equals("_getpages")) {
      return new NextPage(parameters.get(0).value());
    }
    throw new RefusedException("Other hospitals search one type, for one patient.");
  }

  private static void none(List<Parameter> parameters) {
    if (!parameters.isEmpty()) {
      throw new RefusedException(
          "A read by another hospital has no parameters but _format and _pretty.");
    }
  }
}
