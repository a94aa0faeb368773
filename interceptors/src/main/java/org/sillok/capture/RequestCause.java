package org.sillok.capture;

import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.security.Principal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sillok.log.Cause;

/**
 * Who or what made the server write. The parts of a transaction or batch share the cause of the
 * whole: HAPI hands their user data on, and {@link #of} is called for the whole before any part is
 * processed.
 */
final class RequestCause {

  private static final String KEY = RequestCause.class.getName();
  private static final String INTERNAL = "internal";
  private static final int LONGEST_AGENT = 255;

  private RequestCause() {}

  static Cause of(@Nullable RequestDetails request) {
    return request == null
        ? internal()
        : (Cause) request.getUserData().computeIfAbsent(KEY, key -> create(request));
  }

  /** Like {@link #of}, for a bundle: a batch is told from a transaction by its type only. */
  static void ofBundle(RequestDetails request, boolean batch) {
    request
        .getUserData()
        .computeIfAbsent(
            KEY,
            key ->
                batch && isServlet(request)
                    ? new Cause(newId(), agent(request), "batch")
                    : create(request));
  }

  private static Cause create(RequestDetails request) {
    return isServlet(request) ? new Cause(newId(), agent(request), source(request)) : internal();
  }

  private static boolean isServlet(RequestDetails request) {
    return request instanceof ServletRequestDetails servlet && servlet.getServletRequest() != null;
  }

  private static Cause internal() {
    return new Cause(newId(), "system", INTERNAL);
  }

  private static String newId() {
    return UUID.randomUUID().toString();
  }

  private static String agent(RequestDetails request) {
    Principal principal = ((ServletRequestDetails) request).getServletRequest().getUserPrincipal();
    String name = principal == null ? null : principal.getName();
    if (name == null || name.isEmpty()) {
      return "anonymous";
    }
    return name.length() > LONGEST_AGENT ? name.substring(0, end(name)) : name;
  }

  /** Half a character has no canonical form. */
  private static int end(String name) {
    return Character.isHighSurrogate(name.charAt(LONGEST_AGENT - 1))
        ? LONGEST_AGENT - 1
        : LONGEST_AGENT;
  }

  private static String source(RequestDetails request) {
    RestOperationTypeEnum operation = request.getRestOperationType();
    if (operation == null) {
      return INTERNAL;
    }
    return switch (operation) {
      case EXTENDED_OPERATION_INSTANCE, EXTENDED_OPERATION_SERVER, EXTENDED_OPERATION_TYPE ->
          request.getOperation() == null ? operation.getCode() : request.getOperation();
      default -> operation.getCode();
    };
  }
}
