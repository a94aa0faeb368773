package org.sillok.ledger.besu.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sillok.ledger.Address;
import org.sillok.ledger.eip712.TestKey;

/** Headers of a real QBFT network, and of chains whose validators change and misbehave. */
class SealsTest {

  private static final List<TestKey> FOUR = TestBlocks.keys("a", "b", "c", "d");
  private static final List<TestKey> FIVE = TestBlocks.keys("a", "b", "c", "d", "e");
  private static final List<TestKey> NEW = TestBlocks.keys("w", "x", "y", "z");

  private final Seals seals = new Seals(Set.of());
  private StubNode stub;
  private Node node;

  @BeforeEach
  void start() throws IOException {
    stub = new StubNode();
    URI url = stub.url();
    node = new Node(new JsonRpc(new HttpTransport(RpcSettings.of(List.of(url))), url));
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  private static List<JsonNode> real() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            SealsTest.class.getResourceAsStream(
                "/org/sillok/ledger/besu/recordings/network/8-qbft-headers.json"))) {
      JsonNode blocks = Recordings.MAPPER.readTree(in).path("blocks");
      return StreamSupport.stream(blocks.spliterator(), false).toList();
    }
  }

  private void serve(TestBlocks blocks) {
    stub.healthy(1337, blocks, 1000);
  }

  @Test
  void headersOfBesuHaveTheHashesThatTheySayAndAreSealedByTheirValidators() throws IOException {
    List<JsonNode> real = real();
    Header first = Header.read(real.get(0));
    assertThat(first.validators()).hasSize(4).containsAll(first.signers());
    for (JsonNode block : real) {
      Header header = Header.read(block);
      assertThat(header.signers()).hasSizeGreaterThanOrEqualTo(3);
      assertThat(Seals.areOn(header)).isTrue();
      seals.require(node, first, header);
    }
  }

  @Test
  void aHeaderOfAnotherVersionOfBesuIsReadToo() {
    JsonNode block =
        Recordings.exchange("besu/03-blocks.json", "block latest").response().path("result");
    assertThat(Header.read(block).signers()).isEqualTo(Header.read(block).validators()).hasSize(1);
  }

  @Test
  void noFieldCanBeChangedUnnoticed() throws IOException {
    Set<String> outside = Set.of("hash", "totalDifficulty", "size", "uncles", "transactions");
    JsonNode block = real().get(0);
    int changed = 0;
    for (Iterator<String> names = block.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      String value = block.path(name).asText();
      if (!outside.contains(name) && value.startsWith("0x")) {
        String last = value.endsWith("1") ? "2" : "1";
        ObjectNode forged = block.deepCopy();
        forged.put(name, value.substring(0, value.length() - 1) + last);
        if (name.equals("extraData")) {
          // Its end is a seal, which is no part of the hash.
          forged.put(name, value.replaceFirst("626573752032362e382e30", "626573752032362e382e31"));
        }
        assertThatThrownBy(() -> Header.read(forged))
            .as(name)
            .isInstanceOf(NodeUnreachableException.class);
        changed++;
      }
    }
    assertThat(changed).isEqualTo(20);
  }

  @Test
  void aSealOfSomebodyElseOrForAnotherRoundDoesNotCount() throws IOException {
    Header first = Header.read(real().get(0));
    ObjectNode another = real().get(1).deepCopy();
    String seals1 = real().get(0).path("extraData").asText();
    String text = another.path("extraData").asText();
    int from = text.length() - 134;
    another.put("extraData", text.substring(0, from) + seals1.substring(seals1.length() - 134));
    Header with = Header.read(another);
    assertThat(with.validators()).as("of four two are left").isEqualTo(first.validators());
    assertThatThrownBy(() -> seals.require(node, first, with))
        .isInstanceOf(NodeUnreachableException.class);
  }

  private void assertAccepted(TestBlocks blocks, long from, long to) {
    serve(blocks);
    assertThatCode(() -> seals.require(node, blocks.header(from), blocks.header(to)))
        .doesNotThrowAnyException();
  }

  private void assertRefused(TestBlocks blocks, long from, long to) {
    serve(blocks);
    assertThatThrownBy(() -> seals.require(node, blocks.header(from), blocks.header(to)))
        .isInstanceOf(NodeUnreachableException.class)
        .hasMessageContaining("not sealed");
  }

  @Test
  void twoThirdsAreEnoughAndLessIsNot() {
    assertAccepted(TestBlocks.sealed(n -> FOUR, n -> FOUR.subList(1, 4)), 0, 9);
    assertRefused(TestBlocks.sealed(n -> FOUR, n -> FOUR.subList(2, 4)), 0, 9);
    assertAccepted(TestBlocks.sealed(n -> FIVE, n -> FIVE.subList(0, 4)), 0, 9);
    assertRefused(TestBlocks.sealed(n -> FIVE, n -> FIVE.subList(0, 3)), 0, 9);
  }

  @Test
  void whoSignsTwiceCountsOnce() {
    List<TestKey> twice = new ArrayList<>(FOUR.subList(0, 2));
    twice.add(FOUR.get(1));
    assertRefused(TestBlocks.sealed(n -> FOUR, n -> twice), 0, 9);
  }

  @Test
  void validatorsComeAndGoByAndBy() {
    LongFunction<List<TestKey>> slowly =
        number -> {
          List<TestKey> all = new ArrayList<>(FOUR);
          all.addAll(NEW);
          int since = (int) Math.min(4, number / 5);
          return all.subList(since, since + 4);
        };
    assertAccepted(TestBlocks.sealed(slowly), 0, 40);
    assertAccepted(TestBlocks.sealed(slowly), 3, 22);
  }

  @Test
  void validatorsThatPutThemselvesInThePlaceOfOthersAreNone() {
    assertRefused(TestBlocks.sealed(number -> number < 7 ? FOUR : NEW), 0, 20);
    List<TestKey> one = TestBlocks.keys("a", "w", "x", "y");
    assertRefused(TestBlocks.sealed(number -> number < 7 ? FOUR : one), 0, 20);
    assertRefused(TestBlocks.sealed(number -> number < 7 ? FOUR : List.of()), 0, 20);
  }

  /** After a decision of people, as no vote was possible any more. */
  @Test
  void validatorsThatThisHospitalTrustsNeedNobodysSeal() {
    TestBlocks replaced = TestBlocks.sealed(number -> number < 7 ? FOUR : NEW);
    serve(replaced);
    Set<Address> trusted = Set.copyOf(NEW.stream().map(TestKey::address).toList());
    assertThatCode(() -> new Seals(trusted).require(node, replaced.header(0), replaced.header(20)))
        .doesNotThrowAnyException();
    assertRefused(TestBlocks.sealed(n -> n < 7 ? FOUR : NEW, n -> FOUR), 0, 20);
  }
}
