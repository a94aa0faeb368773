package org.sillok.ledger.besu.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;
import org.sillok.ledger.Address;
import org.sillok.merkle.Hash;

/**
 * Which ledger the hospitals have agreed on: the text of {@code ledger.json}, which the deployment
 * writes and every server and verifier is pointed to. Public, and the root of all trust in a chain:
 * obtain it from the other members, not from whoever shows you something.
 *
 * @param chainId 1 to 2^53 - 1
 * @param genesis hash of block 0
 * @param hospitals contract {@code HospitalRegistry}
 * @param checkpoints contract {@code CheckpointRegistry}
 * @param consents contract {@code ConsentRegistry}
 * @param block the one in which the contracts were created
 */
public record LedgerFile(
    long chainId,
    Hash genesis,
    Address hospitals,
    Address checkpoints,
    Address consents,
    long block) {

  public static final String FORMAT = "sillok-ledger-v1";

  private static final long LARGEST = (1L << 53) - 1;
  private static final Set<String> MEMBERS =
      Set.of("format", "chainId", "genesis", "hospitals", "checkpoints", "consents", "block");
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  public LedgerFile {
    if (chainId < 1 || chainId > LARGEST || block < 0 || block > LARGEST) {
      throw new IllegalArgumentException(
          "a ledger's chain id and block are numbers up to 2^53 - 1, got "
              + chainId
              + " and "
              + block);
    }
    if (Set.of(hospitals.toString(), checkpoints.toString(), consents.toString()).size() != 3) {
      throw new IllegalArgumentException(
          "the three contracts of a ledger have different addresses");
    }
  }

  /**
   * Reads the file's text; white space and the members' order do not matter.
   *
   * @throws IllegalArgumentException if it has any other members, or values of another form
   */
  public static LedgerFile parse(String text) {
    JsonNode json;
    try {
      json = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
    Set<String> names = new TreeSet<>();
    json.fieldNames().forEachRemaining(names::add);
    if (!names.equals(MEMBERS) || !json.path("format").asText().equals(FORMAT)) {
      throw new IllegalArgumentException(
          "a ledger file has format \""
              + FORMAT
              + "\" and the members "
              + new TreeSet<>(MEMBERS)
              + ", got "
              + names);
    }
    return new LedgerFile(
        number(json, "chainId"),
        hash(json.path("genesis").asText()),
        Address.parse(json.path("hospitals").asText()),
        Address.parse(json.path("checkpoints").asText()),
        Address.parse(json.path("consents").asText()),
        number(json, "block"));
  }

  /** The file's text. */
  public String toJson() {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("format", FORMAT).put("chainId", chainId).put("genesis", "0x" + genesis);
    json.put("hospitals", hospitals.toString());
    json.put("checkpoints", checkpoints.toString());
    json.put("consents", consents.toString());
    return json.put("block", block).toPrettyString() + "\n";
  }

  /** What a node must be of. */
  public ChainIdentity identity() {
    return new ChainIdentity(chainId, genesis, hospitals, block);
  }

  private static long number(JsonNode json, String name) {
    JsonNode number = json.path(name);
    if (!number.isIntegralNumber() || !number.canConvertToLong()) {
      throw new IllegalArgumentException(name + " is a whole number, got " + number);
    }
    return number.asLong();
  }

  private static Hash hash(String text) {
    if (!text.startsWith("0x")) {
      throw new IllegalArgumentException("genesis starts with 0x, got " + text);
    }
    return Hash.ofHex(text.substring(2));
  }
}
