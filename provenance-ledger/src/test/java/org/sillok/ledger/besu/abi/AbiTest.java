package org.sillok.ledger.besu.abi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sillok.ledger.Address;
import org.sillok.ledger.ConsentId;
import org.sillok.ledger.ConsentKey;
import org.sillok.ledger.Expiry;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogVkey;
import org.sillok.ledger.Motion;
import org.sillok.ledger.PatientSignature;
import org.sillok.ledger.PatientStatement.Grant;
import org.sillok.ledger.PatientStatement.KeyRegistration;
import org.sillok.ledger.PatientStatement.Revocation;
import org.sillok.ledger.Rule;
import org.sillok.ledger.TokenKeys;
import org.sillok.ledger.TreeHead;
import org.sillok.merkle.ConsistencyProof;
import org.sillok.merkle.Hash;

/** What is encoded and decoded here is what the committed contracts have. */
class AbiTest {

  private static final HospitalId SEOUL = new HospitalId("seoul");
  private static final Address ADDRESS = Address.parse("0x" + "12".repeat(20));
  private static final Hash HASH = Hash.ofHex("34".repeat(32));
  private static final LogVkey VKEY = new LogVkey("seoul.example/log+0123abcd+AWl4LmV4YW1wbGU=");
  private static final ConsentKey CONSENT = new ConsentKey(SEOUL, new ConsentId(HASH));
  private static final Expiry LATER = new Expiry(2_000_000_000L);
  private static final PatientSignature SIGNATURE =
      PatientSignature.of(new byte[PatientSignature.SIZE]);
  private static final Hospital HOSPITAL =
      new Hospital(
          SEOUL,
          "Seoul",
          URI.create("https://seoul.example/fhir"),
          ADDRESS,
          Address.parse("0x" + "13".repeat(20)),
          VKEY,
          TokenKeys.NONE,
          true);

  private static List<JsonNode> items(String type) {
    List<JsonNode> items = new ArrayList<>();
    for (String contract :
        List.of(ContractCode.HOSPITALS, ContractCode.CHECKPOINTS, ContractCode.CONSENTS)) {
      ContractCode.of(contract).abi().forEach(items::add);
    }
    return items.stream().filter(item -> item.path("type").asText().equals(type)).toList();
  }

  private static String type(JsonNode input) {
    String type = input.path("type").asText();
    return type.startsWith("tuple")
        ? types(input.path("components")) + type.substring("tuple".length())
        : type;
  }

  private static String types(JsonNode inputs) {
    List<String> types = new ArrayList<>();
    inputs.forEach(input -> types.add(type(input)));
    return "(" + String.join(",", types) + ")";
  }

  private static String signature(JsonNode item) {
    return item.path("name").asText() + types(item.path("inputs"));
  }

  private static String selector(String signature) {
    return "0x" + Events.topic(signature).toString().substring(0, 8);
  }

  private static Stream<String> calls() {
    return Stream.of(
        Calls.checkpoints(),
        Calls.consents(),
        Calls.proposalLifetime(),
        Calls.propose(new Motion.Admit(HOSPITAL)),
        Calls.propose(new Motion.Suspend(SEOUL)),
        Calls.propose(new Motion.Readmit(SEOUL)),
        Calls.propose(new Motion.ReplaceOwner(SEOUL, ADDRESS)),
        Calls.propose(new Motion.ReplaceLog(LogId.first(SEOUL), TreeHead.EMPTY, VKEY)),
        Calls.vote(1, new Motion.Suspend(SEOUL)),
        Calls.execute(1),
        Calls.suspendSelf(SEOUL),
        Calls.changeEndpoint(SEOUL, "name", URI.create("https://x.example")),
        Calls.changePublisher(SEOUL, ADDRESS),
        Calls.changeLogVkey(SEOUL, VKEY),
        Calls.changeTokenKeys(SEOUL, TokenKeys.NONE),
        Calls.publish(
            LogId.first(SEOUL), new TreeHead(2, HASH), new ConsistencyProof(1, 2, List.of(HASH))),
        Calls.record(CONSENT, HASH, LATER),
        Calls.amend(CONSENT, 1, HASH, LATER),
        Calls.revoke(CONSENT),
        Calls.registerPatientKey(new KeyRegistration(SEOUL, ADDRESS, LATER), SIGNATURE),
        Calls.retirePatientKey(SEOUL, ADDRESS),
        Calls.grant(new Grant(CONSENT, HASH, LATER, 0, LATER), SIGNATURE),
        Calls.revokeSigned(new Revocation(CONSENT), SIGNATURE),
        Calls.announceEmergency(HASH));
  }

  @Test
  void everyCallIsAFunctionOfTheContracts() {
    Set<String> selectors =
        items("function").stream()
            .map(item -> selector(signature(item)))
            .collect(Collectors.toSet());
    calls().forEach(call -> assertThat(selectors).contains(call.substring(0, 10)));
  }

  /** Functions that change state, except those that only a sister contract may call. */
  @Test
  void everyWriteOfTheContractsIsACall() {
    Set<String> writes =
        items("function").stream()
            .filter(item -> item.path("stateMutability").asText().equals("nonpayable"))
            .map(item -> selector(signature(item)))
            .collect(Collectors.toCollection(TreeSet::new));
    writes.remove(selector("openFirst(bytes32,string)"));
    writes.remove(selector("replaceLog(bytes32,uint32,string)"));
    assertThat(calls().map(call -> call.substring(0, 10)).collect(Collectors.toSet()))
        .containsAll(writes);
  }

  @Test
  void everyEventIsUnderstoodAndNoOther() {
    Set<Hash> emitted =
        items("event").stream()
            .filter(item -> !item.path("name").asText().startsWith("EIP712"))
            .map(item -> Events.topic(signature(item)))
            .collect(Collectors.toSet());
    assertThat(Events.topics()).isEqualTo(emitted);
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void everyRuleIsAnErrorThatIsRead(Rule rule) {
    JsonNode error =
        items("error").stream()
            .filter(item -> item.path("name").asText().equals(rule.errorName()))
            .findFirst()
            .orElseThrow();
    // Zeros are values of every type; a string is an offset to its length.
    String data = "00".repeat(32 * 12);
    assertThat(Refusals.read(selector(signature(error)) + data))
        .hasValueSatisfying(
            refusal -> {
              assertThat(refusal.rule()).isEqualTo(rule);
              assertThat(refusal.want()).isNotEmpty();
            });
  }

  @Test
  void whatIsNoRuleIsNoRefusal() {
    for (String data : List.of("0x", "0x1234", "0x08c379a0" + "00".repeat(64), "0x4e487b71")) {
      assertThat(Refusals.read(data)).isEmpty();
    }
  }

  @Test
  void hospitalIdsFillAWordFromTheLeft() {
    for (String id : List.of("a", "seoul", "x".repeat(32), "0.-")) {
      HospitalId hospital = new HospitalId(id);
      assertThat(Words.hospital(Words.word(hospital))).isEqualTo(hospital);
      assertThat(Words.word(hospital).getValue()[0]).isEqualTo((byte) id.charAt(0));
    }
  }

  @Test
  void noContractIsTooLargeToBeCreated() {
    for (String contract : Arrays.asList(ContractCode.CHECKPOINTS, ContractCode.CONSENTS)) {
      assertThat(ContractCode.of(contract).bytecode()).hasSizeLessThan(2 * 49_152);
    }
  }
}
