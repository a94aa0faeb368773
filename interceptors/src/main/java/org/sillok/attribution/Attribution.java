package org.sillok.attribution;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.sillok.log.ResourceVersion;

/**
 * What one Provenance says.
 *
 * @param id its resource id, which follows from the first leaf that it tells of: whoever makes it
 *     again, after a crash or on another server, makes the same
 * @param agent who asked for it: a token's subject, {@code anonymous} or {@code system}
 * @param recorded when the last of the targets was stored
 * @param targets at least one and at most {@link #MOST_TARGETS}, without repetition
 */
public record Attribution(
    String id, String agent, Activity activity, Instant recorded, List<ResourceVersion> targets) {

  /** More would make one resource slow to index and to read. */
  public static final int MOST_TARGETS = 100;

  private static final int ID_BYTES = 16;

  public Attribution {
    targets = List.copyOf(targets);
    if (targets.isEmpty() || targets.size() > MOST_TARGETS) {
      throw new IllegalArgumentException(
          "1 to " + MOST_TARGETS + " targets wanted, got " + targets.size());
    }
  }

  /**
   * The id of the Provenance whose first leaf has this data. Made from the data and not from the
   * leaf's hash, which is public: nobody outside can take the id before us.
   */
  static String idOf(String firstLeaf) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update("sillok-provenance-v1\n".getBytes(UTF_8));
      byte[] hash = digest.digest(firstLeaf.getBytes(UTF_8));
      return "sillok-" + HexFormat.of().formatHex(hash, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
