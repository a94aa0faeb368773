package org.sillok.canonical;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what counts of a {@code meta}; the parser stands on its first token. */
final class MetaReader {

  private final JsonParser in;

  MetaReader(JsonParser in) {
    this.in = in;
  }

  Labels labels() throws IOException, CanonicalFormException {
    List<String> profiles = List.of();
    List<Labels.Coding> security = List.of();
    List<Labels.Coding> tags = List.of();
    Set<String> seen = new HashSet<>();
    require(JsonToken.START_OBJECT);
    while (nextMember(seen)) {
      switch (in.currentName()) {
        case "profile" -> profiles = profiles();
        case "security" -> security = codings();
        case "tag" -> tags = codings();
        default -> in.skipChildren();
      }
    }
    if (profiles.isEmpty() && security.isEmpty() && tags.isEmpty()) {
      return Labels.NONE;
    }
    return new Labels(profiles, security, tags);
  }

  private List<String> profiles() throws IOException, CanonicalFormException {
    List<String> profiles = new ArrayList<>();
    require(JsonToken.START_ARRAY);
    while (in.nextToken() != JsonToken.END_ARRAY) {
      String profile = text();
      if (profile != null) {
        profiles.add(profile);
      }
    }
    return profiles;
  }

  private List<Labels.Coding> codings() throws IOException, CanonicalFormException {
    List<Labels.Coding> codings = new ArrayList<>();
    require(JsonToken.START_ARRAY);
    while (in.nextToken() != JsonToken.END_ARRAY) {
      codings.add(coding());
    }
    return codings;
  }

  private Labels.Coding coding() throws IOException, CanonicalFormException {
    String system = null;
    String code = null;
    Set<String> seen = new HashSet<>();
    require(JsonToken.START_OBJECT);
    while (nextMember(seen)) {
      switch (in.currentName()) {
        case "system" -> system = text();
        case "code" -> code = text();
        default -> in.skipChildren();
      }
    }
    return new Labels.Coding(system, code);
  }

  /** Steps to the value of the next member, if there is one. */
  private boolean nextMember(Set<String> seen) throws IOException, CanonicalFormException {
    if (in.nextToken() == JsonToken.END_OBJECT) {
      return false;
    }
    if (!seen.add(in.currentName())) {
      throw new CanonicalFormException(
          "member \"" + in.currentName() + "\" is there twice, at " + Canonicaliser.where(in));
    }
    in.nextToken();
    return true;
  }

  /** A string, or null where FHIR has null in place of a value that has only extensions. */
  private @Nullable String text() throws IOException, CanonicalFormException {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    require(JsonToken.VALUE_STRING);
    return in.getText();
  }

  private void require(JsonToken want) throws CanonicalFormException {
    if (in.currentToken() != want) {
      throw new CanonicalFormException(
          "got " + in.currentToken() + ", want " + want + ", at " + Canonicaliser.where(in));
    }
  }
}
