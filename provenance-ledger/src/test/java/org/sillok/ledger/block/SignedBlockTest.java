package org.sillok.ledger.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sillok.ledger.Address;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogVkey;
import org.sillok.ledger.Motion;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.TokenKeys;
import org.sillok.ledger.TreeHead;
import org.sillok.ledger.json.Json;
import org.sillok.merkle.Hash;

class SignedBlockTest {

  private static final Instant TIME = Instant.parse("2026-11-22T03:04:05Z");
  private static final Address SENDER = Address.parse("0x" + "0a".repeat(20));
  private static final Hash ROOT = Hash.ofHex("7f".repeat(32));
  private static final LedgerSigningKey KEY = key(1);

  private static LedgerSigningKey key(int seed) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) seed);
    return LedgerSigningKey.ofSeed(bytes);
  }

  private static Hospital hospital() {
    return new Hospital(
        new HospitalId("seoul"),
        "서울 \"병원\" \u0001",
        URI.create("https://fhir.seoul.example/fhir"),
        Address.parse("0x" + "01".repeat(20)),
        SENDER,
        new LogVkey("seoul.example/log+0123abcd+AWl4LmV4YW1wbGU="),
        TokenKeys.NONE,
        true);
  }

  private static Block genesis() {
    return Block.genesis(TIME, new LedgerTransaction.Found(KEY.publicKey(), List.of(hospital())));
  }

  private static Block next(LedgerTransaction transaction) {
    Hash genesis = genesis().hash();
    return new Block(Block.FORMAT, genesis, 1, genesis, TIME, SENDER, transaction);
  }

  private static Block publication() {
    LogId log = LogId.first(new HospitalId("seoul"));
    return next(new LedgerTransaction.Publish(log, new TreeHead(7, ROOT), 3, List.of(ROOT, ROOT)));
  }

  @Test
  void hasTheDocumentedForm() {
    assertThat(publication().text())
        .isEqualTo(
            "{\"format\":\"sillok-block-v1\",\"ledger\":\"%1$s\",\"number\":1,\"previous\":\"%1$s\",\"sender\":\"%2$s\",\"time\":\"2026-11-22T03:04:05Z\",\"transaction\":{\"from\":3,\"head\":{\"root\":\"%3$s\",\"size\":7},\"log\":\"seoul/1\",\"proof\":[\"%3$s\",\"%3$s\"],\"type\":\"publish\"}}"
                .formatted(genesis().hash(), SENDER, ROOT));
  }

  @Test
  void saysWhatWasPublished() throws Exception {
    Block block = publication();
    Block read = SignedBlock.verify(SignedBlock.sign(block, KEY), KEY.publicKey());
    assertThat(read).isEqualTo(block);
    assertThat(read.published())
        .hasValueSatisfying(
            published -> {
              assertThat(published.log()).hasToString("seoul/1");
              assertThat(published.head()).isEqualTo(new TreeHead(7, ROOT));
              assertThat(published.receipt()).isEqualTo(block.receipt());
            });
  }

  @Test
  void carriesEveryFounderUnchanged() throws Exception {
    Block block = genesis();
    assertThat(SignedBlock.verify(SignedBlock.sign(block, KEY), KEY.publicKey())).isEqualTo(block);
    assertThat(block.published()).isEmpty();
  }

  @Test
  void carriesEveryKindOfMotion() throws Exception {
    HospitalId id = hospital().id();
    for (Motion motion :
        List.of(
            new Motion.Admit(hospital()),
            new Motion.Suspend(id),
            new Motion.Readmit(id),
            new Motion.ReplaceOwner(id, SENDER),
            new Motion.ReplaceLog(LogId.first(id), TreeHead.EMPTY, hospital().logVkey()))) {
      Block block = next(new LedgerTransaction.Propose(motion));
      assertThat(SignedBlock.verify(SignedBlock.sign(block, KEY), KEY.publicKey()))
          .isEqualTo(block);
    }
  }

  @Test
  void refusesAnotherKey() {
    String text = SignedBlock.sign(publication(), KEY);
    assertThatThrownBy(() -> SignedBlock.verify(text, key(2).publicKey()))
        .isInstanceOf(BlockException.class)
        .hasMessageContaining("block 1: not signed by the ledger key");
  }

  @Test
  void refusesEveryTextThatDiffersInOneCharacter() {
    String text = SignedBlock.sign(publication(), KEY);
    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == '1' ? '2' : '1';
      String changed = text.substring(0, i) + other + text.substring(i + 1);
      assertThatThrownBy(() -> SignedBlock.verify(changed, KEY.publicKey()))
          .as("changed at %d: %s", i, changed)
          .isInstanceOf(BlockException.class);
    }
  }

  @Test
  void refusesTruncatedTexts() {
    String text = SignedBlock.sign(publication(), KEY);
    for (int i = 0; i < text.length(); i++) {
      String cut = text.substring(0, i);
      assertThatThrownBy(() -> SignedBlock.verify(cut, KEY.publicKey()))
          .isInstanceOf(BlockException.class);
    }
  }

  @Test
  void refusesAnotherWritingOfTheSameBlock() {
    String text = SignedBlock.sign(publication(), KEY);
    for (String other :
        List.of(
            text.replace(":", ": "),
            text + " ",
            text.replace("seoul", "s\\u0065oul"),
            text.replace("\"number\":1", "\"number\":1.0"),
            text.replace("\"number\":1", "\"number\":1,\"number\":1"))) {
      assertThatThrownBy(() -> SignedBlock.verify(other, KEY.publicKey()))
          .isInstanceOf(BlockException.class);
    }
  }

  @Test
  void refusesMembersThatItDoesNotKnow() {
    Map<String, Object> members = new TreeMap<>(Json.parse(SignedBlock.sign(publication(), KEY)));
    members.put("more", "x");
    assertThatThrownBy(() -> SignedBlock.verify(Json.write(members), KEY.publicKey()))
        .isInstanceOf(BlockException.class)
        .hasMessageContaining("more");
  }

  @Test
  void refusesTextsThatAreNoBlock() {
    for (String text : List.of("", "{}", "[]", "null", "{\"block\":{},\"signature\":\"\"}")) {
      assertThatThrownBy(() -> SignedBlock.verify(text, KEY.publicKey()))
          .isInstanceOf(BlockException.class);
    }
  }

  @Test
  void receiptsSurviveTheirText() {
    Receipt receipt = publication().receipt();
    assertThat(Receipt.ofJson(receipt.toJson())).isEqualTo(receipt);
    assertThat(receipt.toJson()).hasSizeLessThan(600);
    assertThat(receipt.chainId()).isLessThan(1L << 48);
  }

  @Test
  void foundingIsBlockZeroAndNothingElse() {
    LedgerTransaction found = new LedgerTransaction.Found(KEY.publicKey(), List.of(hospital()));
    assertThatThrownBy(() -> next(found)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesEveryMemberOfAnotherKind() {
    for (Block block : List.of(genesis(), publication())) {
      Map<String, Object> members = Json.parse(SignedBlock.sign(block, KEY));
      refusesOtherKinds(members, members);
    }
  }

  @SuppressWarnings("unchecked")
  private void refusesOtherKinds(Map<String, Object> whole, Map<String, Object> part) {
    for (Map.Entry<String, Object> member : part.entrySet()) {
      Object original = member.getValue();
      for (Object other : List.of(Map.of(), List.of(), "x", "", true, -1L, List.of(Map.of()))) {
        if (!other.equals(original)) {
          member.setValue(other);
          assertThatThrownBy(() -> SignedBlock.verify(Json.write(whole), KEY.publicKey()))
              .isInstanceOf(BlockException.class);
        }
      }
      member.setValue(original);
      if (original instanceof Map<?, ?>) {
        refusesOtherKinds(whole, (Map<String, Object>) original);
      } else if (original instanceof List<?> items && items.get(0) instanceof Map<?, ?> first) {
        refusesOtherKinds(whole, (Map<String, Object>) first);
      }
    }
  }
}
