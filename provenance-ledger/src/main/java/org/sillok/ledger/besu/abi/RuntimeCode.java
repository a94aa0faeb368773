package org.sillok.ledger.besu.abi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.sillok.ledger.Address;
import org.sillok.merkle.Hash;

/**
 * The code that a contract has on the chain. It is what the compiler made of the sources, except
 * for the immutable values, which the deployment fills in. Immutable.
 */
public final class RuntimeCode {

  private final byte[] compiled;
  private final JsonNode places;

  private RuntimeCode(byte[] compiled, JsonNode places) {
    this.compiled = compiled;
    this.places = places;
  }

  /**
   * @param contract one of the names in {@link ContractCode}
   */
  public static RuntimeCode of(String contract) {
    ContractCode code = ContractCode.of(contract);
    return new RuntimeCode(HexFormat.of().parseHex(code.runtime().substring(2)), code.immutables());
  }

  /** What a deployment filled in, by variable. */
  public record Immutables(Map<String, Hash> words) {

    public Immutables {
      words = Map.copyOf(words);
    }

    /** The value of a variable that holds a contract. */
    public Optional<Address> contract(String variable) {
      return Optional.ofNullable(words.get(variable))
          .map(word -> Arrays.copyOfRange(word.toBytes(), 12, Hash.SIZE))
          .filter(address -> !Arrays.equals(address, new byte[Address.SIZE]))
          .map(Address::of);
    }
  }

  /**
   * The values that were filled in, if {@code code} is this contract's.
   *
   * @return empty if any other byte differs, or one variable has two values
   */
  public Optional<Immutables> immutables(byte[] code) {
    if (code.length != compiled.length) {
      return Optional.empty();
    }
    byte[] blank = code.clone();
    Map<String, Hash> words = new HashMap<>();
    for (Map.Entry<String, JsonNode> variable : places.properties()) {
      for (JsonNode place : variable.getValue()) {
        int start = place.path("start").asInt();
        int end = start + Hash.SIZE;
        Hash word = Hash.of(Arrays.copyOfRange(code, start, end));
        Hash other = words.putIfAbsent(variable.getKey(), word);
        if (other != null && !other.equals(word)) {
          return Optional.empty();
        }
        System.arraycopy(compiled, start, blank, start, Hash.SIZE);
      }
    }
    return Arrays.equals(blank, compiled) ? Optional.of(new Immutables(words)) : Optional.empty();
  }
}
