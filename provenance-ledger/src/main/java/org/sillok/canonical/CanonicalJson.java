package org.sillok.canonical;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.sillok.canonical.Canonicaliser.Beside;

/**
 * The canonical form {@code sillok-c14n-v1}: the FHIR JSON of one resource version without white
 * space, members sorted and strings escaped as RFC 8785 §3.2 says, in UTF-8; numbers keep their
 * text. The resource's own {@code meta} is reduced to its {@link Labels} and left out if there are
 * none; the {@code meta} of contained resources and of a Bundle's entries is content like any other
 * and stays.
 *
 * <p>Refused, with a {@link CanonicalFormException}: anything but one JSON object (RFC 8259, no
 * byte order mark), members that are there twice, text that is not well-formed Unicode, nesting
 * deeper than {@value #MAX_DEPTH}, input longer than {@value #MAX_LENGTH} bytes or characters.
 * Thread-safe; independent of locale and platform.
 */
public final class CanonicalJson {

  /** The form's name in stored data; other bytes for the same resource need another name. */
  public static final String FORM = "sillok-c14n-v1";

  public static final int MAX_DEPTH = 500;
  public static final int MAX_LENGTH = 256 * 1024 * 1024;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_LENGTH)
                  .build())
          .build();

  private CanonicalJson() {}

  /** Of a version's JSON as a read returns it. */
  public static byte[] ofResource(String json) throws CanonicalFormException {
    return of(json, null);
  }

  /** Of a version's JSON as a read returns it, in UTF-8. */
  public static byte[] ofResource(byte[] utf8) throws CanonicalFormException {
    requireLength(utf8.length);
    try {
      CharBuffer chars = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
      requireNoMark(!chars.isEmpty() && chars.get(0) == BYTE_ORDER_MARK);
      return canonical(
          JSON.createParser(chars.array(), chars.arrayOffset(), chars.length()), utf8.length, null);
    } catch (CharacterCodingException e) {
      throw new CanonicalFormException("the text is not UTF-8");
    } catch (IOException e) {
      throw new UncheckedIOException("no input or output happens here", e);
    }
  }

  /**
   * Of a version's JSON as the database has it, without id and meta, and what stands beside it
   * there: the same bytes as {@link #ofResource(String)} of what a read returns. Labels in the text
   * that are not exactly those beside it are refused: a read would show them.
   */
  public static byte[] ofStored(String json, String id, Labels labels)
      throws CanonicalFormException {
    return of(json, new Beside(id, labels));
  }

  /**
   * The bytes that stand for a deletion, which has no content.
   *
   * @throws IllegalArgumentException if the type is not a name of letters
   */
  public static byte[] ofDeletion(String resourceType, String id) {
    try {
      if (!resourceType.chars().allMatch(Character::isLetter)) {
        throw new CanonicalFormException("a resource type has letters only");
      }
      return ofStored("{\"resourceType\":\"" + resourceType + "\"}", id, Labels.NONE);
    } catch (CanonicalFormException e) {
      throw new IllegalArgumentException(
          "not a resource type and id: " + resourceType + "/" + id, e);
    }
  }

  private static byte[] of(String json, @Nullable Beside beside) throws CanonicalFormException {
    requireLength(json.length());
    requireNoMark(!json.isEmpty() && json.charAt(0) == BYTE_ORDER_MARK);
    try {
      return canonical(JSON.createParser(json), json.length(), beside);
    } catch (IOException e) {
      throw new UncheckedIOException("no input or output happens here", e);
    }
  }

  private static byte[] canonical(JsonParser parser, int length, @Nullable Beside beside)
      throws IOException, CanonicalFormException {
    try (parser) {
      return new Canonicaliser(parser, length + 256, beside).resource();
    } catch (StreamConstraintsException e) {
      throw new CanonicalFormException("a limit is exceeded: " + e.getOriginalMessage());
    } catch (JsonProcessingException e) {
      // The parser's own words may quote the text.
      JsonLocation at = parser.currentLocation();
      throw new CanonicalFormException(
          "not JSON, at line " + at.getLineNr() + ", column " + at.getColumnNr());
    }
  }

  private static void requireLength(int length) throws CanonicalFormException {
    if (length > MAX_LENGTH) {
      throw new CanonicalFormException("length is " + length + ", want at most " + MAX_LENGTH);
    }
  }

  private static void requireNoMark(boolean mark) throws CanonicalFormException {
    if (mark) {
      throw new CanonicalFormException("the text begins with a byte order mark");
    }
  }
}
