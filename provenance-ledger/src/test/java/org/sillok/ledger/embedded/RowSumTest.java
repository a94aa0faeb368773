package org.sillok.ledger.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowSumTest {

  private static RowSum sum(String[]... rows) {
    RowSum sum = new RowSum(new byte[32]);
    for (String[] row : rows) {
      sum.add(row);
    }
    return sum;
  }

  private static String[] row(String... parts) {
    return parts;
  }

  @Test
  void isTheSameInWhateverOrder() {
    assertThat(sum(row("a", "1"), row("b", "2")).isSameAs(sum(row("b", "2"), row("a", "1"))))
        .isTrue();
  }

  @Test
  void isAnotherIfARowIsGoneChangedDoubledOrCutElsewhere() {
    RowSum sum = sum(row("a", "1"), row("b", "2"));
    assertThat(sum.isSameAs(sum(row("a", "1")))).isFalse();
    assertThat(sum.isSameAs(sum(row("a", "1"), row("b", "3")))).isFalse();
    assertThat(sum.isSameAs(sum(row("a", "1"), row("b", "2"), row("b", "2")))).isFalse();
    assertThat(sum.isSameAs(sum(row("a", "2"), row("b", "1")))).isFalse();
    assertThat(sum.isSameAs(sum(row("a1"), row("b", "2")))).isFalse();
    assertThat(sum.isSameAs(sum())).isFalse();
  }

  @Test
  void dependsOnItsKey() {
    RowSum other = new RowSum(new byte[] {1});
    other.add("a");
    assertThat(other.isSameAs(sum(row("a")))).isFalse();
  }
}
