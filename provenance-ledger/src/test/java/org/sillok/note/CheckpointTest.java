package org.sillok.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sillok.merkle.Hash;

class CheckpointTest {

  /** The example of C2SP tlog-checkpoint. */
  private static final String EXAMPLE =
      "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

  private static final Hash ROOT =
      Hash.ofHex("0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62");

  @Test
  void readsAndWritesTheSpecificationsExample() throws NoteException {
    Checkpoint checkpoint = new Checkpoint("example.com/behind-the-sofa", 20852163, ROOT);
    assertThat(Checkpoint.parse(EXAMPLE)).isEqualTo(checkpoint);
    assertThat(checkpoint).hasToString(EXAMPLE);
    String extended = EXAMPLE + "a line\nanother\n";
    assertThat(Checkpoint.parse(extended).extensions()).isEqualTo(List.of("a line", "another"));
    assertThat(Checkpoint.parse(extended)).hasToString(extended);
    assertThat(Checkpoint.parse(EXAMPLE.replace("20852163", "0")).size()).isZero();
    assertThat(Checkpoint.parse(EXAMPLE.replace("20852163", "" + Long.MAX_VALUE)).size())
        .isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "origin\n",
        "origin\n1\n",
        "\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "origin\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "origin\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "origin\n+1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "origin\n 1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "origin\n1 \nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "origin\n0x1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "origin\n1e3\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "origin\n\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "origin\n١\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "origin\n9223372036854775808\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "origin\n18446744073709551616\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "origin\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n",
        "origin\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
        "origin\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxqw==\n",
        "origin\n1\n0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62\n",
        "origin\n1\n\n",
        "origin\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
        "origin\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nno newline",
        "origin\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n",
        "origin\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\nmore\n"
      })
  void refusesMalformedText(String text) {
    assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(NoteException.class);
  }

  @Test
  void opensOnlyWhatTheLogsOwnKeySignedForItsOrigin() throws NoteException {
    SignerKey key = SignerKey.generate("example.com/a", new SecureRandom());
    SignerKey stranger = SignerKey.generate("example.com/a", new SecureRandom());
    Checkpoint checkpoint = new Checkpoint("example.com/a", 7, ROOT);
    String note = checkpoint.sign(key).toString();
    assertThat(Checkpoint.open(SignedNote.parse(note), key.verifier())).isEqualTo(checkpoint);

    assertThatThrownBy(() -> Checkpoint.open(SignedNote.parse(note), stranger.verifier()))
        .isInstanceOf(NoteException.class)
        .hasMessageContaining("note is signed by");
    assertThatThrownBy(
            () -> Checkpoint.open(SignedNote.parse(note.replace("\n7\n", "\n8\n")), key.verifier()))
        .isInstanceOf(NoteException.class)
        .hasMessageContaining("does not fit the text");
    String ofAnotherLog =
        SignedNote.sign(new Checkpoint("example.com/b", 7, ROOT).toString(), key).toString();
    assertThatThrownBy(() -> Checkpoint.open(SignedNote.parse(ofAnotherLog), key.verifier()))
        .isInstanceOf(NoteException.class)
        .hasMessage("checkpoint is of log example.com/b, want example.com/a");
    assertThatThrownBy(() -> new Checkpoint("example.com/b", 7, ROOT).sign(key))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
