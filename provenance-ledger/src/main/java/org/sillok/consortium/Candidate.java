package org.sillok.consortium;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sillok.ledger.Address;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LogVkey;
import org.sillok.ledger.TokenKeys;
import org.sillok.ledger.json.RecordJson;

/**
 * What a hospital tells the members before they take it in: a small JSON file, everything in it
 * public.
 *
 * @param format {@value #FORMAT}
 * @param logVkey from its server's {@code /ledger/log.vkey}
 * @param tokenKeys JWKS document as text; null for none yet
 */
record Candidate(
    String format,
    HospitalId id,
    String name,
    URI fhirBaseUrl,
    Address owner,
    Address publisher,
    LogVkey logVkey,
    @Nullable TokenKeys tokenKeys) {

  static final String FORMAT = "sillok-hospital-v1";

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  Candidate {
    if (!format.equals(FORMAT)) {
      throw new IllegalArgumentException("format is \"" + format + "\", want \"" + FORMAT + "\"");
    }
  }

  /**
   * Reads the file's text; white space and the members' order do not matter.
   *
   * @throws IllegalArgumentException if it has any other members, or values of another form
   */
  static Candidate parse(String text) {
    Map<String, String> members = new HashMap<>();
    try (JsonParser parser = JSON.createParser(text)) {
      require(parser.nextToken() == JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        require(parser.nextToken() == JsonToken.VALUE_STRING);
        members.put(name, parser.getText());
      }
      require(parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null);
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
    Candidate candidate = RecordJson.record(Candidate.class, members);
    candidate.hospital();
    return candidate;
  }

  private static void require(boolean flat) {
    if (!flat) {
      throw new IllegalArgumentException("a hospital's file is one JSON object of strings");
    }
  }

  String toJson() {
    return RecordJson.write(this) + "\n";
  }

  Hospital hospital() {
    return new Hospital(
        id,
        name,
        fhirBaseUrl,
        owner,
        publisher,
        logVkey,
        tokenKeys == null ? TokenKeys.NONE : tokenKeys,
        true);
  }
}
