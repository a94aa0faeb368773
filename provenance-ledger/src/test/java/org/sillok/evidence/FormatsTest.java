package org.sillok.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sillok.canonical.CanonicalJson;
import org.sillok.canonical.Commitment;
import org.sillok.canonical.Nonce;
import org.sillok.log.Entry;
import org.sillok.merkle.InclusionProof;
import org.sillok.merkle.Rfc6962;
import org.sillok.note.Checkpoint;
import org.sillok.note.TlogProof;
import org.sillok.note.VerifierKey;

/** The worked example of docs/formats.md, step by step as a reader would take it. */
class FormatsTest {

  private static final Pattern EXAMPLE =
      Pattern.compile("<!-- example: (\\w+) -->\\n```\\w+\\n(.*?)\\n```", Pattern.DOTALL);

  private static final Map<String, String> EXAMPLES = new TreeMap<>();

  @BeforeAll
  static void readTheDocument() throws Exception {
    Matcher matcher = EXAMPLE.matcher(Files.readString(Path.of("..", "docs", "formats.md"), UTF_8));
    while (matcher.find()) {
      EXAMPLES.put(matcher.group(1), matcher.group(2));
    }
    assertThat(EXAMPLES).hasSize(9);
  }

  private static String example(String name) {
    return EXAMPLES.get(name);
  }

  @Test
  void theCanonicalFormIsThatOfTheRead() throws Exception {
    assertThat(new String(CanonicalJson.ofResource(example("read")), UTF_8))
        .isEqualTo(example("canonical"));
  }

  @Test
  void theCommitmentIsThatOfTheCanonicalFormAndStandsInTheEntry() throws Exception {
    Commitment commitment =
        Commitment.of(Nonce.ofHex(example("nonce")), example("canonical").getBytes(UTF_8));
    assertThat(commitment).hasToString(example("commitment"));
    assertThat(Entry.parse(example("entry")).commitment()).isEqualTo(commitment);
  }

  @Test
  void theLeafStandsUnderTheSignedCheckpoint() throws Exception {
    var leaf = Rfc6962.leaf(example("entry").getBytes(UTF_8));
    assertThat(leaf).hasToString(example("leaf"));
    TlogProof proof = TlogProof.parse(example("proof") + "\n");
    Checkpoint checkpoint = Checkpoint.open(proof.checkpoint(), VerifierKey.parse(example("vkey")));
    new InclusionProof(proof.index(), checkpoint.size(), proof.path())
        .verify(leaf, checkpoint.root());
  }

  @Test
  void theEvidenceIsMadeOfTheseAndVerifies() throws Exception {
    Evidence evidence = Evidence.parse(example("evidence").getBytes(UTF_8));
    assertThat(evidence.content()).isEqualTo(example("canonical"));
    assertThat(evidence.nonce()).isEqualTo(example("nonce"));
    assertThat(evidence.entry()).isEqualTo(example("entry"));
    assertThat(evidence.proof()).isEqualTo(example("proof") + "\n");
    assertThat(evidence.vkey()).isEqualTo(example("vkey"));
    assertThat(evidence.toJson()).isEqualTo(example("evidence"));
    assertThat(
            EvidenceVerifier.verify(example("evidence").getBytes(UTF_8), Trust.NONE, null)
                .outcome())
        .isEqualTo(new Outcome.Verified(List.of("log key", "ledger key")));
  }
}
