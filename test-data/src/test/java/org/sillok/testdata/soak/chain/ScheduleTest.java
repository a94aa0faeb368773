package org.sillok.testdata.soak.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static List<FaultKind> kinds(long seed, int count) {
    Schedule schedule = new Schedule(new Random(seed));
    return Stream.generate(schedule::nextKind).limit(count).toList();
  }

  @Test
  void everyKindComesOnceBeforeAnyComesAgain() {
    List<FaultKind> kinds = kinds(7, 2 * ChainSoak.EVERY_KIND);
    assertThat(kinds.subList(0, ChainSoak.EVERY_KIND))
        .containsExactlyInAnyOrder(FaultKind.values());
    assertThat(kinds.subList(ChainSoak.EVERY_KIND, kinds.size()))
        .containsExactlyInAnyOrder(FaultKind.values());
  }

  @Test
  void aSeedDecidesTheOrder() {
    assertThat(kinds(7, 50)).isEqualTo(kinds(7, 50)).isNotEqualTo(kinds(8, 50));
  }

  @Test
  void aServerIsKilledBeforeAndAfterEachStep() {
    Schedule schedule = new Schedule(new Random(1));
    int all = KillStep.all().size();
    assertThat(all).isEqualTo(24);
    assertThat(Stream.generate(schedule::nextStep).limit(all))
        .containsExactlyInAnyOrderElementsOf(KillStep.all());
  }
}
