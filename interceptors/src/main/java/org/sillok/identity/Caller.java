package org.sillok.identity;

import java.util.Map;
import java.util.Optional;

/** Who makes a request, beyond doubt. A request that has no caller was made by nobody known. */
public sealed interface Caller permits LocalCaller, ForeignCaller {

  /**
   * The caller's name among the attributes of the servlet request, and its key in the user data of
   * HAPI's {@code RequestDetails}, which the parts of a batch share on whatever thread they run.
   */
  String ATTRIBUTE = "org.sillok.identity.Caller";

  /** As the log names the caller, 1 to 255 characters. */
  String subject();

  /** The caller in the user data of HAPI's {@code RequestDetails}. */
  static Optional<Caller> in(Map<Object, Object> userData) {
    return userData.get(ATTRIBUTE) instanceof Caller caller
        ? Optional.of(caller)
        : Optional.empty();
  }
}
