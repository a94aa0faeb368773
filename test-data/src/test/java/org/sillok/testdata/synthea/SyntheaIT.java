package org.sillok.testdata.synthea;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SyntheaIT {

  private final Synthea synthea = new Synthea(Path.of("..").toAbsolutePath().normalize());

  @Test
  void makesHospitalsThenPractitionersThenPatientsAndKeepsThem() throws Exception {
    List<Path> bundles = synthea.bundles(3, 2);
    AtomicInteger madeAgain = new AtomicInteger();

    assertThat(synthea.bundles(3, 2, madeAgain::incrementAndGet)).isEqualTo(bundles);

    assertThat(madeAgain).hasValue(0);
    assertThat(bundles).hasSize(4);
    assertThat(Files.readString(bundles.get(0)))
        .containsPattern("\"resourceType\": ?\"Organization\"")
        .doesNotContain("\"Patient\"");
    assertThat(Files.readString(bundles.get(1)))
        .containsPattern("\"resourceType\": ?\"Practitioner\"")
        .doesNotContain("\"Patient\"");
    for (Path patient : bundles.subList(2, 4)) {
      assertThat(Files.readString(patient))
          .containsPattern("\"type\": ?\"transaction\"")
          .containsPattern("\"resourceType\": ?\"Patient\"");
    }
  }
}
