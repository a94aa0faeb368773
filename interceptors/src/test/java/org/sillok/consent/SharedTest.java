package org.sillok.consent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharedTest {

  private final RulesReader reader = new RulesReader(World.SETTINGS);

  private ConsentRules read(String provision) {
    return reader.read(ConsentText.consent("OPTOUT", provision));
  }

  @Test
  void consentsOfTheSameFormShareTheirProvisions() {
    String form = "permit actor=Organization/b label=N { deny code=8480-6 dataPeriod=2025..2026 }";
    ConsentRules one = read(form);
    ConsentRules other = read(form);
    assertThat(other.root()).isSameAs(one.root());
    assertThat(other.base()).isSameAs(one.base());
  }

  @Test
  void whatDiffersSharesTheRest() {
    Provision one = read("permit actor=Organization/b label=N").root();
    Provision other = read("permit actor=Organization/c label=N").root();
    assertThat(other).isNotEqualTo(one);
    assertThat(other.criteria().get(1)).isSameAs(one.criteria().get(1));
  }

  @Test
  void forgetsRatherThanGrowWithoutEnd() {
    Shared shared = new Shared();
    String first = shared.of(new String("first"));
    assertThat(shared.of(new String("first"))).isSameAs(first);
    for (int i = 0; i < 60_000; i++) {
      shared.of(i);
    }
    assertThat(shared.of(new String("first"))).isNotSameAs(first);
  }
}
