package org.sillok.evidence;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.sillok.ledger.json.JsonFormException;
import org.sillok.ledger.json.RecordJson;

/**
 * An evidence file: one JSON object, of which a member is absent where the component is null. It
 * holds whatever its sender wrote; {@link EvidenceVerifier} judges it.
 *
 * @param format {@value #FORMAT}
 * @param entry the leaf's data, its exact text
 * @param nonce 64 hexadecimal digits, if the receiver may check the content
 * @param content canonical form of the version, if the receiver may see it; the form itself, so
 *     that nothing stands in it that was not committed to
 * @param proof C2SP tlog-proof; absent while the entry has no place under an anchored checkpoint
 * @param vkey the log's verifier key
 * @param ledger absent while the checkpoint is not on the ledger
 */
public record Evidence(
    String format,
    String entry,
    @Nullable String nonce,
    @Nullable String content,
    @Nullable String proof,
    String vkey,
    @Nullable Publication ledger) {

  public static final String FORMAT = "sillok-evidence-v1";

  /** The longest file, in bytes; larger content is given beside the file. */
  public static final int MAX_LENGTH = 64 * 1024 * 1024;

  public Evidence {
    if (!format.equals(FORMAT)) {
      throw new IllegalArgumentException("format is \"" + format + "\", want \"" + FORMAT + "\"");
    }
  }

  /** Reads a file; white space and the members' order don't matter, unknown members do. */
  public static Evidence parse(byte[] utf8) throws EvidenceFormatException {
    if (utf8.length > MAX_LENGTH) {
      throw new EvidenceFormatException(
          "the file has more than " + MAX_LENGTH + " bytes, which no evidence has");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      return RecordJson.record(Evidence.class, EvidenceJson.parse(text));
    } catch (CharacterCodingException e) {
      throw new EvidenceFormatException("the file is not UTF-8");
    } catch (JsonFormException e) {
      throw new EvidenceFormatException(String.valueOf(e.getMessage()));
    }
  }

  /** The file's text, in the form of RFC 8785. */
  public String toJson() {
    return RecordJson.write(this);
  }
}
