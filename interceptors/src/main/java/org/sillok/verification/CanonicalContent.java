package org.sillok.verification;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.sillok.canonical.CanonicalFormException;
import org.sillok.canonical.CanonicalJson;
import org.sillok.log.ResourceVersion;

/** The bytes that the commitment of a stored version is made over. */
public final class CanonicalContent {

  private CanonicalContent() {}

  /**
   * @throws CanonicalFormException if the row holds no JSON that a server writes
   * @throws IllegalArgumentException if the content is {@link Content.Unreadable}
   */
  public static byte[] bytes(ResourceVersion version, Content content)
      throws CanonicalFormException {
    if (content instanceof Content.Text text) {
      return CanonicalJson.ofStored(text.json(), version.id(), text.labels());
    }
    if (content instanceof Content.Whole whole) {
      return CanonicalJson.ofResource(whole.json().getBytes(UTF_8));
    }
    if (content instanceof Content.Unreadable unreadable) {
      throw new IllegalArgumentException(unreadable.reason());
    }
    return CanonicalJson.ofDeletion(version.type(), version.id());
  }
}
