package org.sillok.testdata.soak.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code ./sillok soak --chain}: every kind of fault once. */
class ChainSoakIT {

  private static final long SEED = 1592;

  @TempDir Path data;

  @Test
  void logAndChainAgreeAfterEveryKindOfFault() throws Exception {
    List<String> rounds = new ArrayList<>();

    List<String> problems =
        new ChainSoak(
                data,
                SEED,
                line -> {
                  System.out.println(line);
                  rounds.add(line);
                })
            .run(ChainSoak.EVERY_KIND);

    assertThat(problems).as("after %s", rounds).isEmpty();
    assertThat(rounds).hasSize(ChainSoak.EVERY_KIND + 2);
  }
}
