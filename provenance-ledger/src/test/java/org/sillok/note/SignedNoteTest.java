package org.sillok.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the notes that golang.org/x/mod/sumdb/note tests itself with. */
class SignedNoteTest {

  private static final String TEXT =
      "If you think cryptography is the answer to your problem,\n"
          + "then you don't know what your problem is.\n";
  private static final String BY_PETER =
      "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpR"
          + "Zb6KE6RyyBwJnAM=\n";
  private static final String BY_ENOCH =
      "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox3"
          + "3WWd1RvMc+QQ=\n";
  private static final VerifierKey PETER = VerifierKey.parse(KeysTest.PETER);
  private static final VerifierKey ENOCH = VerifierKey.parse(KeysTest.ENOCH);

  @Test
  void signsTheSameBytesAsGo() {
    SignedNote note = SignedNote.sign(TEXT, SignerKey.parse(KeysTest.PETER_PRIVATE));
    assertThat(note).hasToString(TEXT + "\n" + BY_PETER);
  }

  @Test
  void verifiesWhatGoSignedAndIgnoresOtherKeys() throws NoteException {
    SignedNote both = SignedNote.parse(TEXT + "\n" + BY_PETER + BY_ENOCH);
    both.verify(PETER);
    both.verify(ENOCH);
    assertThat(both.text()).isEqualTo(TEXT);
    assertThat(both).hasToString(TEXT + "\n" + BY_PETER + BY_ENOCH);
    SignedNote.parse(TEXT + "\n" + BY_PETER + BY_ENOCH.replace("vAF1", "AAAA")).verify(PETER);
    SignedNote.parse(TEXT + "\n" + BY_PETER + BY_PETER).verify(PETER);
  }

  @Test
  void takesASignatureByAKeyOfTheSameNameForAnotherKey() throws NoteException {
    // Same name, other id: unknown, so ignored (C2SP signed-note, "Signatures").
    String other = BY_PETER.replace("x08g", "xxxx");
    SignedNote.parse(TEXT + "\n" + other + BY_PETER).verify(PETER);
    assertUnverified(TEXT + "\n" + other, "note is signed by PeterNeumann+c71c71a3, want");
    assertUnverified(
        TEXT + "\n" + BY_PETER.replace("PeterNeumann", "CarmenSandiego"),
        "note is signed by CarmenSandiego+c74f20a3, want PeterNeumann+c74f20a3");
    assertUnverified(TEXT + "\n" + BY_ENOCH, "note is signed by EnochRoot+af0cfe78, want");
  }

  @Test
  void rejectsEveryChangedCharacterOfTheText() {
    for (int i = 0; i < TEXT.length() - 1; i++) {
      StringBuilder changed = new StringBuilder(TEXT);
      changed.setCharAt(i, TEXT.charAt(i) == 'x' ? 'y' : 'x');
      if (!changed.toString().equals(TEXT)) {
        assertUnverified(changed + "\n" + BY_PETER, "does not fit the text");
      }
    }
    assertUnverified(TEXT + "\n\n" + BY_PETER, "does not fit the text");
    assertUnverified("\n" + TEXT + "\n" + BY_PETER, "does not fit the text");
  }

  @Test
  void rejectsAWrongSignatureBesideARightOne() {
    String wrong = BY_PETER.replace("PpLLr8", "PpLLr9").replace("Zb6KE6", "Zb6KE7");
    assertUnverified(TEXT + "\n" + BY_PETER + wrong, "does not fit the text");
    assertUnverified(TEXT + "\n" + wrong + BY_PETER, "does not fit the text");
    assertUnverified(TEXT + "\n— PeterNeumann x08go/ZJkuA=\n", "does not fit the text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "\n\n",
        "text\n",
        "text\n\n",
        "text\n\n\n",
        "text\n\nUnexpected line.\n",
        "text\n\n- PeterNeumann x08go/ZJkuA=\n",
        "text\n\n— PeterNeumann x08go/ZJkuA=",
        "text\n\n— PeterNeumann x08go/ZJkuA=\nmore\n",
        "text\n\n— PeterNeumann x08go/ZJkuA= \n",
        "text\n\n— PeterNeumann  x08go/ZJkuA=\n",
        "text\n\n— Peter Neumann x08go/ZJkuA=\n",
        "text\n\n— Peter+Neumann x08go/ZJkuA=\n",
        "text\n\n— Peter\u00a0Neumann x08go/ZJkuA=\n",
        "text\n\n—  x08go/ZJkuA=\n",
        "text\n\n—PeterNeumann x08go/ZJkuA=\n",
        "text\n\n— PeterNeumann\n",
        "text\n\n— PeterNeumann \n",
        "text\n\n— PeterNeumann x08go/ZJkuA\n",
        "text\n\n— PeterNeumann x08go/ZJkuB=\n",
        "text\n\n— PeterNeumann x08goA==\n",
        "text\n\n— PeterNeumann !!!!\n",
        "te\u0001xt\n\n— PeterNeumann x08go/ZJkuA=\n",
        "te\rxt\n\n— PeterNeumann x08go/ZJkuA=\n",
        "te\txt\n\n— PeterNeumann x08go/ZJkuA=\n",
        "te\ud800xt\n\n— PeterNeumann x08go/ZJkuA=\n"
      })
  void refusesMalformedNotes(String note) {
    assertThatThrownBy(() -> SignedNote.parse(note)).isInstanceOf(NoteException.class);
  }

  @Test
  void keepsItsLimits() throws NoteException {
    assertThat(SignedNote.parse(TEXT + "\n" + BY_PETER.repeat(100)).signatures()).hasSize(100);
    assertThatThrownBy(() -> SignedNote.parse(TEXT + "\n" + BY_PETER.repeat(101)))
        .isInstanceOf(NoteException.class)
        .hasMessage("note has more than 100 signatures");
    assertThatThrownBy(() -> SignedNote.parse("x".repeat(1_000_000) + "\n\n" + BY_PETER))
        .isInstanceOf(NoteException.class)
        .hasMessageContaining("want at most 1000000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no newline", "a\rb\n", "a\tb\n", "a\ud800b\n"})
  void doesNotSignWhatIsNoNote(String text) {
    SignerKey key = SignerKey.parse(KeysTest.PETER_PRIVATE);
    assertThatThrownBy(() -> SignedNote.sign(text, key))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertUnverified(String note, String message) {
    assertThatThrownBy(() -> SignedNote.parse(note).verify(PETER))
        .isInstanceOf(NoteException.class)
        .hasMessageContaining(message);
  }
}
