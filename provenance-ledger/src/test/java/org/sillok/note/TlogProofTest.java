package org.sillok.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlogProofTest {

  /** The form of C2SP tlog-proof's example. */
  private static final String EXAMPLE =
      """
      c2sp.org/tlog-proof@v1
      extra ZXh0cmE=
      index 73894
      gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
      B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=

      example.com/fancylog
      109482
      sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=

      — example.com/fancylog x08go/ZJkuA=
      — witness1.example mJirIklj
      """
          .replace("mJirIklj", "mJirIkljAAA=");

  @Test
  void readsAndWritesTheSpecificationsForm() throws NoteException {
    TlogProof proof = TlogProof.parse(EXAMPLE);
    assertThat(proof.extra()).isEqualTo("ZXh0cmE=");
    assertThat(proof.index()).isEqualTo(73894);
    assertThat(proof.path()).hasSize(2);
    assertThat(Checkpoint.parse(proof.checkpoint().text()).size()).isEqualTo(109482);
    assertThat(proof).hasToString(EXAMPLE);
  }

  @Test
  void readsAProofWithoutExtraAndWithoutPath() throws NoteException {
    String text = EXAMPLE.replaceAll("extra .*\n", "").replaceAll("(?m)^(gSKy|B95l).*\n", "");
    TlogProof proof = TlogProof.parse(text);
    assertThat(proof.extra()).isNull();
    assertThat(proof.path()).isEqualTo(List.of());
    assertThat(proof).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({
    "c2sp.org/tlog-proof@v1, c2sp.org/tlog-proof@v2",
    "c2sp.org/tlog-proof@v1, ' c2sp.org/tlog-proof@v1'",
    "index 73894, index 073894",
    "index 73894, index -1",
    "index 73894, index 9223372036854775808",
    "index 73894, index",
    "index 73894, 'index '",
    "index 73894, Index 73894",
    "index 73894, 'index 73894\nindex 73894'",
    "extra ZXh0cmE=, extra ZXh0cmE",
    "extra ZXh0cmE=, extra",
    "extra ZXh0cmE=, 'extra ZXh0cmE=\nextra ZXh0cmE='",
    "gSKyXoYZ, gSKyXoY",
    "gSKyXoYZ, '\ngSKyXoYZ'",
    "PlQ=, PlR=",
    "PlQ=, PlQ",
    "— example.com/fancylog, — example.com fancylog",
    "— , '- '"
  })
  void refusesMalformedProofs(String from, String to) {
    assertThat(EXAMPLE).contains(from);
    assertThatThrownBy(() -> TlogProof.parse(EXAMPLE.replace(from, to)))
        .isInstanceOf(NoteException.class);
  }

  @Test
  void refusesEveryTruncation() {
    for (int i = 0; i < EXAMPLE.lastIndexOf("— witness1"); i++) {
      String truncated = EXAMPLE.substring(0, i);
      assertThatThrownBy(() -> TlogProof.parse(truncated))
          .as(truncated)
          .isInstanceOf(NoteException.class);
    }
  }
}
