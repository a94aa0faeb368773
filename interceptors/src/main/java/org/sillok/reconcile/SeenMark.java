package org.sillok.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.sillok.canonical.CanonicalFormException;
import org.sillok.log.EntryMac;
import org.sillok.verification.CanonicalContent;
import org.sillok.verification.Content;
import org.sillok.verification.LoggedEntry;
import org.sillok.verification.StoredResource;
import org.sillok.verification.StoredVersion;
import org.sillok.verification.VersionPicture;

/**
 * Tells two sights of a version or an entry apart without telling what they are: 32 digits of a
 * code with this hospital's key over all that a judgement rests on. What may change without
 * anybody's doing wrong, as an entry's place or a newer version, is left out. Thread-safe.
 */
final class SeenMark {

  private static final int BYTES = 16;

  private final EntryMac mac;

  SeenMark(EntryMac mac) {
    this.mac = mac;
  }

  String of(VersionPicture picture) {
    List<Object> seen = new ArrayList<>();
    seen.add(picture.version());
    picture.entries().forEach(entry -> add(seen, entry));
    StoredVersion stored = picture.stored();
    if (stored != null) {
      seen.add(stored.type());
      seen.add(content(picture, stored.content()));
      seen.add(stored.updated());
      seen.add(String.valueOf(stored.deleted()));
      seen.add(stored.doubled());
      served(picture, stored, seen);
    }
    return of(seen);
  }

  String of(LoggedEntry entry) {
    List<Object> seen = new ArrayList<>();
    add(seen, entry);
    return of(seen);
  }

  private static void add(List<Object> seen, LoggedEntry entry) {
    seen.add(entry.id());
    seen.add(entry.json());
    seen.add(entry.authentic());
    seen.add(entry.columnsAgree());
    seen.add(entry.nonce() == null ? "" : HexFormat.of().formatHex(entry.nonce().toBytes()));
  }

  private static String content(VersionPicture picture, Content content) {
    try {
      return content instanceof Content.Unreadable
          ? content.toString()
          : new String(CanonicalContent.bytes(picture.version(), content), UTF_8);
    } catch (CanonicalFormException e) {
      return content.toString();
    }
  }

  /** Only what differs, so that a newer version changes nothing. */
  private static void served(VersionPicture picture, StoredVersion stored, List<Object> seen) {
    StoredResource resource = picture.resource();
    if (resource == null || !picture.isCurrent() || !picture.newest()) {
      return;
    }
    if (!resource.updated().equals(stored.updated())) {
      seen.add(resource.updated());
    }
    if (!Objects.equals(resource.deleted(), stored.deleted())) {
      seen.add(String.valueOf(resource.deleted()));
    }
    if (resource.labels() != null
        && stored.content() instanceof Content.Text text
        && !resource.labels().equals(text.labels())) {
      seen.add(resource.labels());
    }
  }

  /** Each part with its length, so that no two lists give one text. */
  private String of(List<Object> seen) {
    StringBuilder text = new StringBuilder("sillok-seen-v1\n");
    for (Object part : seen) {
      String one = part.toString();
      text.append(one.length()).append(':').append(one);
    }
    return HexFormat.of().formatHex(mac.ofText(text.toString()), 0, BYTES);
  }
}
