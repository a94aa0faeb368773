package org.sillok.plugin.verification;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.jpa.model.entity.StorageSettings;
import ca.uhn.fhir.parser.DataFormatException;
import org.junit.jupiter.api.Test;
import org.sillok.canonical.Labels;
import org.sillok.capture.ReadContent;
import org.sillok.log.ResourceVersion;
import org.sillok.verification.Content;

class StoredElsewhereTest {

  @Test
  void aTextThatHapiCannotReadIsUnreadableAndNotQuoted() {
    ReadContent binaries =
        new ReadContent() {
          @Override
          public boolean isReferredTo(String json) {
            return true;
          }

          @Override
          public String inflate(String json) {
            throw new DataFormatException("Failed to parse: " + json);
          }
        };
    Content content =
        new StoredElsewhere(binaries, new StorageSettings())
            .complete(
                new ResourceVersion("Binary", "7", 1),
                new Content.Text("{\"diagnosis\":\"secret\"}", Labels.NONE));
    assertThat(content).isInstanceOf(Content.Unreadable.class);
    assertThat(content.toString()).doesNotContain("secret");
  }
}
