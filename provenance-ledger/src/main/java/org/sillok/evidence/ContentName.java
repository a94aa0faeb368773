package org.sillok.evidence;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Which resource a canonical form is of. */
final class ContentName {

  private static final JsonFactory JSON = new JsonFactory();

  private ContentName() {}

  /** {@code Observation/7}; with a question mark in place of what the content doesn't have. */
  static String of(byte[] canonical) {
    String type = "?";
    String id = "?";
    try (JsonParser parser = JSON.createParser(canonical)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        boolean string = parser.nextToken() == JsonToken.VALUE_STRING;
        if (string && name.equals("resourceType")) {
          type = parser.getText();
        } else if (string && name.equals("id")) {
          id = parser.getText();
        }
        parser.skipChildren();
      }
      return type + "/" + id;
    } catch (IOException e) {
      throw new UncheckedIOException("a canonical form is JSON", e);
    }
  }
}
