package org.sillok.ledger.besu.abi;

import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import org.sillok.ledger.Address;
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
import org.sillok.ledger.TokenKeys;
import org.sillok.ledger.TreeHead;
import org.sillok.merkle.ConsistencyProof;
import org.sillok.merkle.Hash;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.StaticStruct;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;

/** The data of a transaction for each write, in hexadecimal with 0x. */
public final class Calls {

  private Calls() {}

  /** Creates the ledger with these first members. */
  public static String deploy(List<Hospital> founders) {
    DynamicArray<HospitalTuple> tuples =
        new DynamicArray<>(HospitalTuple.class, founders.stream().map(HospitalTuple::of).toList());
    return ContractCode.of(ContractCode.HOSPITALS).bytecode()
        + FunctionEncoder.encodeConstructor(List.of(tuples));
  }

  /** The address of the registry of tree heads, asked of the hospitals' one. */
  public static String checkpoints() {
    return call("checkpoints");
  }

  /** The address of the registry of consents, asked of the hospitals' one. */
  public static String consents() {
    return call("consents");
  }

  /** In seconds. */
  public static String proposalLifetime() {
    return call("proposalLifetime");
  }

  public static String propose(Motion motion) {
    if (motion instanceof Motion.Admit admit) {
      return call("proposeAdmission", HospitalTuple.of(admit.candidate()));
    } else if (motion instanceof Motion.Suspend suspend) {
      return call("proposeSuspension", Words.word(suspend.hospital()));
    } else if (motion instanceof Motion.Readmit readmit) {
      return call("proposeReadmission", Words.word(readmit.hospital()));
    } else if (motion instanceof Motion.ReplaceOwner replace) {
      return call("proposeOwner", Words.word(replace.hospital()), Words.word(replace.owner()));
    } else if (motion instanceof Motion.ReplaceLog replace) {
      return call(
          "proposeLog",
          Words.word(replace.concerned()),
          Words.word(replace.log().number()),
          Words.word(replace.last().size()),
          Words.word(replace.last().root()),
          new Utf8String(replace.successor().text()));
    }
    throw new IllegalArgumentException("no motion: " + motion);
  }

  /**
   * @param motion what the voter has seen
   */
  public static String vote(long proposal, Motion motion) {
    return call("vote", Words.word(proposal), Words.word(hash(motion)));
  }

  /** {@code keccak256(abi.encode(motion))}. */
  static Hash hash(Motion motion) {
    String encoded = FunctionEncoder.encodeConstructor(List.of(MotionTuple.of(motion)));
    return Hash.of(org.web3j.crypto.Hash.sha3(HexFormat.of().parseHex(encoded)));
  }

  public static String execute(long proposal) {
    return call("execute", Words.word(proposal));
  }

  public static String suspendSelf(HospitalId hospital) {
    return call("suspendSelf", Words.word(hospital));
  }

  public static String changeEndpoint(HospitalId hospital, String name, URI fhirBaseUrl) {
    return call(
        "changeEndpoint",
        Words.word(hospital),
        new Utf8String(name),
        new Utf8String(fhirBaseUrl.toString()));
  }

  public static String changePublisher(HospitalId hospital, Address publisher) {
    return call("changePublisher", Words.word(hospital), Words.word(publisher));
  }

  public static String changeLogVkey(HospitalId hospital, LogVkey vkey) {
    return call("changeLogVkey", Words.word(hospital), new Utf8String(vkey.text()));
  }

  public static String changeTokenKeys(HospitalId hospital, TokenKeys keys) {
    return call("changeTokenKeys", Words.word(hospital), new DynamicBytes(keys.toBytes()));
  }

  public static String publish(LogId log, TreeHead head, ConsistencyProof proof) {
    return call(
        "publish",
        Words.word(log.hospital()),
        Words.word(log.number()),
        Words.word(proof.from()),
        Words.word(head.size()),
        Words.word(head.root()),
        new DynamicArray<>(Bytes32.class, proof.path().stream().map(Words::word).toList()));
  }

  public static String record(ConsentKey key, Hash commitment, Expiry expiry) {
    return call(
        "record",
        Words.word(key.custodian()),
        Words.word(key.id().bytes()),
        Words.word(commitment),
        Words.word(expiry));
  }

  public static String amend(ConsentKey key, long version, Hash commitment, Expiry expiry) {
    return call(
        "amend",
        Words.word(key.custodian()),
        Words.word(key.id().bytes()),
        Words.word(version),
        Words.word(commitment),
        Words.word(expiry));
  }

  public static String revoke(ConsentKey key) {
    return call("revoke", Words.word(key.custodian()), Words.word(key.id().bytes()));
  }

  public static String registerPatientKey(KeyRegistration registration, PatientSignature by) {
    return call(
        "registerPatientKey",
        Words.word(registration.custodian()),
        Words.word(registration.key()),
        Words.word(registration.deadline()),
        new DynamicBytes(by.toBytes()));
  }

  public static String retirePatientKey(HospitalId custodian, Address key) {
    return call("retirePatientKey", Words.word(custodian), Words.word(key));
  }

  public static String grant(Grant grant, PatientSignature by) {
    return call(
        "grant",
        new StaticStruct(
            Words.word(grant.consent().id().bytes()),
            Words.word(grant.consent().custodian()),
            Words.word(grant.commitment()),
            Words.word(grant.expiry()),
            Words.word(grant.nonce()),
            Words.word(grant.deadline())),
        new DynamicBytes(by.toBytes()));
  }

  public static String revokeSigned(Revocation revocation, PatientSignature by) {
    return call(
        "revokeSigned",
        Words.word(revocation.consent().custodian()),
        Words.word(revocation.consent().id().bytes()),
        new DynamicBytes(by.toBytes()));
  }

  public static String announceEmergency(Hash commitment) {
    return call("announceEmergency", Words.word(commitment));
  }

  @SuppressWarnings("rawtypes")
  private static String call(String name, Type... arguments) {
    return FunctionEncoder.encode(new Function(name, List.of(arguments), List.of()));
  }
}
