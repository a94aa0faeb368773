package org.sillok.log;

import java.util.regex.Pattern;

/** One version of one resource on this server, such as {@code Observation/7/_history/3}. */
public record ResourceVersion(String type, String id, long version) {

  private static final Pattern TYPE = Pattern.compile("[A-Za-z]{1,40}");
  // FHIR R4 §2.24.0.1, id
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");

  /**
   * @throws IllegalArgumentException if the type or id is not of FHIR's form, or the version is not
   *     positive
   */
  public ResourceVersion {
    if (!TYPE.matcher(type).matches()) {
      throw new IllegalArgumentException("resource type: 1 to 40 letters, got " + type.length());
    }
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("resource id: 1 to 64 of A-Z a-z 0-9 . -, got another");
    }
    if (version < 1) {
      throw new IllegalArgumentException("version: at least 1, got " + version);
    }
  }

  /** Type and id, as in {@code Observation/7}. */
  public String resource() {
    return type + '/' + id;
  }

  @Override
  public String toString() {
    return resource() + "/_history/" + version;
  }
}
