package org.sillok.ledger.besu.abi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A contract as it was compiled and committed. */
public final class ContractCode {

  /** Deploying this one deploys the whole ledger. */
  public static final String HOSPITALS = "HospitalRegistry";

  public static final String CHECKPOINTS = "CheckpointRegistry";
  public static final String CONSENTS = "ConsentRegistry";

  private static final String FOLDER = "/org/sillok/besu/contracts/";

  private final JsonNode json;

  private ContractCode(JsonNode json) {
    this.json = json;
  }

  /**
   * @param name one of the constants
   */
  public static ContractCode of(String name) {
    try (InputStream in = ContractCode.class.getResourceAsStream(FOLDER + name + ".json")) {
      if (in == null) {
        throw new IllegalStateException("no contract " + name + " on the class path");
      }
      return new ContractCode(new ObjectMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Creation code in hexadecimal, with 0x. */
  String bytecode() {
    return json.path("bytecode").asText();
  }

  /** The code that is left on the chain, with immutable values zero. */
  String runtime() {
    return json.path("deployedBytecode").asText();
  }

  /** Where the immutable values stand in it, by variable. */
  JsonNode immutables() {
    return json.path("immutableReferences");
  }

  JsonNode abi() {
    return json.path("abi");
  }
}
