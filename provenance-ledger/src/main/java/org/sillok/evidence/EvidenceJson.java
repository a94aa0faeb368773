package org.sillok.evidence;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The file's JSON as maps: objects of strings, numbers within ±(2^53 - 1) and objects only. */
final class EvidenceJson {

  private static final long LARGEST = (1L << 53) - 1;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(5)
                  .maxStringLength(Evidence.MAX_LENGTH)
                  .build())
          .build();

  private EvidenceJson() {}

  static Map<String, Object> parse(String text) throws EvidenceFormatException {
    try (JsonParser parser = JSON.createParser(text)) {
      if (text.startsWith("\uFEFF") || parser.nextToken() != JsonToken.START_OBJECT) {
        throw new EvidenceFormatException("the file is not one JSON object");
      }
      Map<String, Object> members = object(parser);
      if (parser.nextToken() != null) {
        throw new EvidenceFormatException("something follows the JSON object");
      }
      return members;
    } catch (JsonProcessingException e) {
      throw new EvidenceFormatException("not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new EvidenceFormatException("the file can't be read: " + e.getMessage());
    }
  }

  private static Map<String, Object> object(JsonParser parser)
      throws IOException, EvidenceFormatException {
    Map<String, Object> members = new HashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      members.put(name, value(name, parser));
    }
    return members;
  }

  private static Object value(String name, JsonParser parser)
      throws IOException, EvidenceFormatException {
    return switch (parser.nextToken()) {
      case START_OBJECT -> object(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> number(name, parser.getLongValue());
      default ->
          throw new EvidenceFormatException(
              "member " + name + " is neither string, whole number nor object");
    };
  }

  /** What RFC 8785 can write again. */
  private static Long number(String name, long number) throws EvidenceFormatException {
    if (number > LARGEST || number < -LARGEST) {
      throw new EvidenceFormatException(
          "member " + name + " is " + number + ", want at most " + LARGEST);
    }
    return number;
  }
}
