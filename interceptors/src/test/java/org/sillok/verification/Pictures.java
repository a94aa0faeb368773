package org.sillok.verification;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.sillok.canonical.Commitment;
import org.sillok.canonical.Labels;
import org.sillok.canonical.Nonce;
import org.sillok.log.Cause;
import org.sillok.log.Entry;
import org.sillok.log.ResourceVersion;

/**
 * Versions as an honest server writes them; each part can be replaced by what a DBA makes of it.
 */
public final class Pictures {

  public static final ResourceVersion VERSION = new ResourceVersion("Observation", "7", 3);
  public static final Instant RECORDED = Instant.parse("2026-11-22T03:04:05.678Z");
  public static final String JSON = "{\"resourceType\":\"Observation\",\"status\":\"final\"}";

  private static final Cause CAUSE = new Cause("r1", "anonymous", "update");
  private static final ZoneId ZONE = ZoneId.of("Asia/Seoul");

  private final SecureRandom random = new SecureRandom();
  public ResourceVersion version = VERSION;
  public String type = "Observation";
  public Content content = new Content.Text(JSON, Labels.NONE);
  public StoredTime updated = time(RECORDED);
  public StoredTime deleted;
  public long currentVersion = 3;
  public StoredTime resourceUpdated = updated;
  public StoredTime resourceDeleted;
  public Labels served = Labels.NONE;
  public boolean isStored = true;
  public boolean newest = true;
  public boolean doubled;
  public final List<LoggedEntry> entries = new ArrayList<>();

  /** Stored text, one entry. */
  public static Pictures honest() {
    Pictures pictures = new Pictures();
    pictures.log(Entry.Action.UPDATE);
    return pictures;
  }

  public static Pictures honestDeletion() {
    Pictures pictures = new Pictures();
    pictures.content = new Content.Deletion();
    pictures.deleted = pictures.updated;
    pictures.resourceDeleted = pictures.updated;
    pictures.log(Entry.Action.DELETE);
    return pictures;
  }

  public static StoredTime time(Instant instant) {
    return new StoredTime(LocalDateTime.ofInstant(instant, ZONE), ZONE);
  }

  /** Adds an entry about what is stored now. */
  public LoggedEntry log(Entry.Action action) {
    Nonce nonce = Nonce.random(random);
    Entry entry =
        action == Entry.Action.EXPUNGE
            ? Entry.expunge(version, RECORDED, CAUSE, nonce)
            : Entry.of(action, version, RECORDED, CAUSE, Commitment.of(nonce, canonical()));
    LoggedEntry logged =
        LoggedEntry.of(
            entries.size() + 1,
            version,
            "resource",
            action.code(),
            entry.toJson(),
            action == Entry.Action.EXPUNGE ? null : nonce,
            true,
            1,
            (long) entries.size());
    entries.add(logged);
    return logged;
  }

  private byte[] canonical() {
    try {
      return CanonicalContent.bytes(version, content);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  public void replace(int index, LoggedEntry entry) {
    entries.set(index, entry);
  }

  public VersionPicture take() {
    StoredVersion stored =
        isStored ? new StoredVersion(type, content, updated, deleted, doubled) : null;
    StoredResource resource =
        new StoredResource(currentVersion, resourceUpdated, resourceDeleted, served);
    return new VersionPicture(version, stored, resource, entries, newest);
  }
}
