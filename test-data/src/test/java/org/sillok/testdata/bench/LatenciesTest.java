package org.sillok.testdata.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

  @Test
  void aPercentileIsAMeasuredValueThatSoManyDoNotExceed() {
    Latencies hundred = new Latencies(LongStream.rangeClosed(1, 100).boxed().toList());
    assertThat(hundred.percentile(50)).isEqualTo(50);
    assertThat(hundred.percentile(95)).isEqualTo(95);
    assertThat(hundred.most()).isEqualTo(100);
    assertThat(hundred.longerThan(95)).isEqualTo(5);
  }

  @Test
  void orderDoesNotMatter() {
    assertThat(new Latencies(List.of(30L, 10L, 20L)).percentile(50)).isEqualTo(20);
  }

  @Test
  void ofOneTheOneIsEverything() {
    Latencies one = new Latencies(List.of(7L));
    assertThat(List.of(one.percentile(1), one.percentile(95), one.most())).containsOnly(7L);
  }

  @Test
  void nothingIsNoMeasurement() {
    assertThatThrownBy(() -> new Latencies(List.of())).isInstanceOf(IllegalStateException.class);
  }
}
