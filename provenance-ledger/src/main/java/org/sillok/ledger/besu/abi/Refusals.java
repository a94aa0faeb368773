package org.sillok.ledger.besu.abi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sillok.ledger.LedgerRefusedException;
import org.sillok.ledger.Rule;
import org.sillok.merkle.Hash;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;

/** The contracts' custom errors as refusals by a {@link Rule}. Thread-safe. */
public final class Refusals {

  /** 0x and four bytes. */
  private static final int SELECTOR = 10;

  /** What a rule wants, where the error names only what came. */
  private static final Map<Rule, String> WANTED =
      new EnumMap<>(
          Map.ofEntries(
              Map.entry(Rule.HOSPITAL_UNKNOWN, "a hospital of the ledger"),
              Map.entry(Rule.HOSPITAL_NOT_ACTIVE, "an active hospital"),
              Map.entry(Rule.HOSPITAL_EXISTS, "an id that no hospital has"),
              Map.entry(Rule.SENDER_NOT_MEMBER, "an active member's owner"),
              Map.entry(Rule.ADDRESS_IN_USE, "an address that serves no hospital"),
              Map.entry(Rule.LOG_ORIGIN_IN_USE, "an origin that no log had"),
              Map.entry(Rule.PROPOSAL_UNKNOWN, "a proposal's number"),
              Map.entry(Rule.PROPOSAL_EXECUTED, "an open proposal"),
              Map.entry(Rule.PROPOSAL_ALREADY_VOTED, "one vote per hospital"),
              Map.entry(Rule.SUSPENSION_NEEDS_THREE, "3 active members"),
              Map.entry(Rule.LAST_ACTIVE_MEMBER, "another active member"),
              Map.entry(Rule.MEMBERSHIP_UNCHANGED, "a change"),
              Map.entry(Rule.LOG_UNKNOWN, "a log of the hospital"),
              Map.entry(Rule.LOG_CLOSED, "the open log"),
              Map.entry(Rule.CHECKPOINT_EMPTY, "at least one leaf"),
              Map.entry(Rule.CONSENT_UNKNOWN, "a consent of the custodian"),
              Map.entry(Rule.CONSENT_EXISTS, "an id that the custodian has not used"),
              Map.entry(Rule.CONSENT_REVOKED, "a consent that stands"),
              Map.entry(Rule.CONSENT_NEEDS_PATIENT, "the patient's signature"),
              Map.entry(Rule.CONSENT_HAS_NO_PATIENT_KEY, "a consent with a patient's key"),
              Map.entry(Rule.SIGNATURE_MALLEABLE, "a low s"),
              Map.entry(Rule.SIGNATURE_INVALID, "a signature of this curve"),
              Map.entry(Rule.PATIENT_KEY_UNKNOWN, "a key that the custodian has registered"),
              Map.entry(Rule.PATIENT_KEY_EXISTS, "a key that the custodian has not registered"),
              Map.entry(Rule.PATIENT_KEY_RETIRED, "a key in use")));

  private record Shape(String name, List<String> names, List<TypeReference<Type<?>>> types) {}

  private static final Map<String, Shape> SHAPES = shapes();
  private static final Map<String, Rule> RULES =
      Arrays.stream(Rule.values()).collect(Collectors.toMap(Rule::errorName, Function.identity()));

  private Refusals() {}

  /**
   * The refusal that a reverted call's data tells of; empty if it tells of none of the rules.
   *
   * @param data in hexadecimal, with 0x
   * @throws IllegalArgumentException if the contracts refuse a value because it has no form that
   *     the ledger's readers could read
   */
  public static Optional<LedgerRefusedException> read(String data) {
    if (data.length() < SELECTOR || !SHAPES.containsKey(data.substring(0, SELECTOR))) {
      return Optional.empty();
    }
    Shape shape = SHAPES.get(data.substring(0, SELECTOR));
    List<String> values = values(shape, data.substring(SELECTOR));
    Rule rule = RULES.get(shape.name());
    if (rule == null) {
      throw new IllegalArgumentException(shape.name() + ": " + String.join(", ", values));
    }
    return Optional.of(refusal(rule, shape, values));
  }

  /**
   * Values named {@code got…} came, the others are wanted; without such names the first one came.
   */
  private static LedgerRefusedException refusal(Rule rule, Shape shape, List<String> values) {
    String wanted = WANTED.get(rule);
    if (wanted != null) {
      String came = String.join(" ", values);
      return new LedgerRefusedException(rule, came.isEmpty() ? "none" : came, wanted);
    }
    int named = (int) shape.names().stream().filter(name -> name.startsWith("got")).count();
    int first = Math.max(1, named);
    List<String> want = new ArrayList<>();
    for (int i = first; i < values.size(); i++) {
      String name = shape.names().get(i);
      want.add((name.startsWith("want") ? "" : name + " ") + values.get(i));
    }
    String wish = String.join(" ", want);
    return new LedgerRefusedException(
        rule, String.join(" ", values.subList(0, first)), wish.isBlank() ? "another" : wish);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static List<String> values(Shape shape, String data) {
    List<TypeReference<Type>> types = (List<TypeReference<Type>>) (List) shape.types();
    return FunctionReturnDecoder.decode(data, types).stream().map(Refusals::text).toList();
  }

  private static String text(Type<?> value) {
    if (value instanceof Bytes32 word) {
      try {
        return Words.hospital(word).toString();
      } catch (IllegalArgumentException e) {
        return Words.hash(word).toString();
      }
    }
    return value.getValue().toString();
  }

  private static Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new HashMap<>();
    for (String contract :
        List.of(ContractCode.HOSPITALS, ContractCode.CHECKPOINTS, ContractCode.CONSENTS)) {
      for (JsonNode item : ContractCode.of(contract).abi()) {
        if (item.path("type").asText().equals("error")) {
          Shape shape = shape(item);
          shapes.put(selector(shape, item), shape);
        }
      }
    }
    return shapes;
  }

  @SuppressWarnings("unchecked")
  private static Shape shape(JsonNode error) {
    List<String> names = new ArrayList<>();
    List<TypeReference<Type<?>>> types = new ArrayList<>();
    for (JsonNode input : error.path("inputs")) {
      names.add(input.path("name").asText());
      try {
        types.add(
            (TypeReference<Type<?>>)
                (TypeReference<?>) TypeReference.makeTypeReference(input.path("type").asText()));
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException("an error with the type " + input.path("type"), e);
      }
    }
    return new Shape(error.path("name").asText(), names, types);
  }

  private static String selector(Shape shape, JsonNode error) {
    List<String> types = new ArrayList<>();
    error.path("inputs").forEach(input -> types.add(input.path("type").asText()));
    Hash hash = Events.topic(shape.name() + "(" + String.join(",", types) + ")");
    return "0x" + hash.toString().substring(0, 8);
  }
}
