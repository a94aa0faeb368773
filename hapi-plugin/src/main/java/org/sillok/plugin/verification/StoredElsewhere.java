package org.sillok.plugin.verification;

import ca.uhn.fhir.jpa.model.entity.StorageSettings;
import ca.uhn.fhir.jpa.model.entity.StorageSettings.TagStorageModeEnum;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.io.UncheckedIOException;
import org.sillok.capture.ReadContent;
import org.sillok.log.ResourceVersion;
import org.sillok.verification.Content;

/**
 * Completes a content that is not all in its row: large binaries that HAPI has moved to a storage
 * of their own come back as in a read, and inline labels are taken from the text.
 */
public final class StoredElsewhere {

  private final ReadContent binaries;
  private final StorageSettings settings;

  public StoredElsewhere(ReadContent binaries, StorageSettings settings) {
    this.binaries = binaries;
    this.settings = settings;
  }

  Content complete(ResourceVersion version, Content content) {
    if (!(content instanceof Content.Text text)) {
      return content;
    }
    if (binaries.isReferredTo(text.json())) {
      return inflated(version, text);
    }
    return settings.getTagStorageMode() == TagStorageModeEnum.INLINE
        ? new Content.Whole(withId(version, text.json()))
        : text;
  }

  private Content inflated(ResourceVersion version, Content.Text text) {
    try {
      String json = binaries.inflate(withId(version, text.json()));
      return settings.getTagStorageMode() == TagStorageModeEnum.INLINE
          ? new Content.Whole(json)
          : new Content.Text(json, text.labels());
    } catch (BaseServerResponseException | UncheckedIOException e) {
      return new Content.Unreadable("its binary content is gone or cannot be read");
    } catch (DataFormatException | IllegalArgumentException e) {
      // The message quotes the content.
      return new Content.Unreadable("it is no resource that this server knows");
    }
  }

  // The text lacks the id only, and an id of its own would come twice and be refused.
  private static String withId(ResourceVersion version, String json) {
    return "{\"id\":\"" + version.id() + "\"," + json.substring(json.indexOf('{') + 1);
  }
}
