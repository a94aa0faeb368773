package org.sillok.ledger.besu.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongFunction;
import org.sillok.ledger.besu.block.Keccak;
import org.sillok.ledger.besu.block.Rlp;
import org.sillok.ledger.besu.block.Trie;
import org.sillok.ledger.eip712.TestKey;
import org.sillok.merkle.Hash;

/** The empty blocks of a chain that never was, as a node gives them. */
final class TestBlocks {

  private static final List<String> NUMBERS =
      List.of(
          "difficulty",
          "number",
          "gasLimit",
          "gasUsed",
          "timestamp",
          "baseFeePerGas",
          "blobGasUsed",
          "excessBlobGas");
  private static final int EXTRA_DATA = 12;

  private final String name;
  private final long baseFee;
  private final LongFunction<List<TestKey>> validators;
  private final LongFunction<List<TestKey>> signers;
  private final List<ObjectNode> blocks = new ArrayList<>();

  private TestBlocks(
      String name,
      long baseFee,
      LongFunction<List<TestKey>> validators,
      LongFunction<List<TestKey>> signers) {
    this.name = name;
    this.baseFee = baseFee;
    this.validators = validators;
    this.signers = signers;
  }

  /** Anvil's are like this. */
  static TestBlocks unsealed(String name, long baseFee) {
    return new TestBlocks(name, baseFee, number -> List.of(), number -> List.of());
  }

  static TestBlocks sealed(LongFunction<List<TestKey>> validators) {
    return sealed(validators, validators);
  }

  static TestBlocks sealed(
      LongFunction<List<TestKey>> validators, LongFunction<List<TestKey>> signers) {
    return new TestBlocks("sealed", 0, validators, signers);
  }

  static List<TestKey> keys(String... names) {
    return List.of(names).stream().map(TestKey::named).toList();
  }

  Hash hash(long number) {
    return Hash.ofHex(block(number).path("hash").asText().substring(2));
  }

  Header header(long number) {
    return Header.read(block(number));
  }

  synchronized JsonNode block(long number) {
    while (blocks.size() <= number) {
      blocks.add(make(blocks.size()));
    }
    return blocks.get((int) number);
  }

  private ObjectNode make(long number) {
    ObjectNode json = Recordings.MAPPER.createObjectNode();
    String zero = "0x" + "00".repeat(32);
    json.put("parentHash", number == 0 ? zero : blocks.get((int) number - 1).path("hash").asText());
    json.put("sha3Uncles", zero).put("miner", "0x" + "aa".repeat(20)).put("stateRoot", zero);
    json.put("transactionsRoot", zero).put("receiptsRoot", "0x" + Trie.root(List.of()));
    json.put("logsBloom", "0x" + "00".repeat(256)).put("difficulty", "0x1");
    json.put("number", Hex.of(number)).put("gasLimit", "0x3938700").put("gasUsed", "0x0");
    json.put("timestamp", Hex.of(1_795_000_000 + number)).put("extraData", "0x");
    json.put("mixHash", zero).put("nonce", "0x0000000000000000");
    json.put("baseFeePerGas", Hex.of(number == 0 ? 0 : baseFee)).put("withdrawalsRoot", zero);
    json.put("blobGasUsed", "0x0").put("excessBlobGas", "0x0").put("parentBeaconBlockRoot", zero);
    if (validators.apply(number).isEmpty()) {
      byte[] extra = name.getBytes(UTF_8);
      return json.put("extraData", Hex.of(extra)).put("hash", "0x" + hash(json, extra));
    }
    return seal(json, number);
  }

  private ObjectNode seal(ObjectNode json, long number) {
    long round = number % 3;
    byte[] plain = extra(number, 0, List.of());
    List<byte[]> seals = new ArrayList<>();
    if (number > 0) {
      Hash digest = hash(json, extra(number, round, List.of()));
      signers.apply(number).forEach(key -> seals.add(sealOf(key, digest)));
    }
    byte[] extra = extra(number, number == 0 ? 0 : round, seals);
    return json.put("extraData", Hex.of(extra)).put("hash", "0x" + hash(json, plain));
  }

  private static byte[] sealOf(TestKey key, Hash digest) {
    byte[] seal = key.sign(digest).toBytes();
    seal[64] -= 27;
    return Rlp.bytes(seal);
  }

  private byte[] extra(long number, long round, List<byte[]> seals) {
    List<byte[]> addresses =
        validators.apply(number).stream()
            .map(TestKey::address)
            .sorted(Comparator.comparing(Object::toString))
            .map(address -> Rlp.bytes(address.toBytes()))
            .toList();
    return Rlp.list(
        List.of(
            Rlp.bytes(new byte[32]),
            Rlp.list(addresses),
            Rlp.list(List.of()),
            Rlp.number(BigInteger.valueOf(round)),
            Rlp.list(seals)));
  }

  private static Hash hash(ObjectNode json, byte[] extra) {
    List<byte[]> fields = new ArrayList<>();
    json.fields()
        .forEachRemaining(
            field -> {
              String text = field.getValue().asText();
              fields.add(
                  NUMBERS.contains(field.getKey())
                      ? Rlp.number(BigInteger.valueOf(Long.decode(text)))
                      : Rlp.bytes(Hex.bytes(text)));
            });
    fields.set(EXTRA_DATA, Rlp.bytes(extra));
    return Keccak.hash(Rlp.list(fields));
  }
}
