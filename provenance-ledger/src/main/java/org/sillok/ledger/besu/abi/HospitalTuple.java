package org.sillok.ledger.besu.abi;

import java.net.URI;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.LogVkey;
import org.sillok.ledger.TokenKeys;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;

/** {@code struct Hospital}. web3j makes it by its only constructor. */
public final class HospitalTuple extends DynamicStruct {

  /** All empty: of motions that admit nobody. */
  static final HospitalTuple NONE =
      new HospitalTuple(
          Bytes32.DEFAULT,
          Utf8String.DEFAULT,
          Utf8String.DEFAULT,
          Address.DEFAULT,
          Address.DEFAULT,
          Bool.DEFAULT,
          Utf8String.DEFAULT,
          DynamicBytes.DEFAULT);

  private final Bytes32 id;
  private final Utf8String name;
  private final Utf8String fhirBaseUrl;
  private final Address owner;
  private final Address publisher;
  private final Bool active;
  private final Utf8String logVkey;
  private final DynamicBytes tokenKeys;

  public HospitalTuple(
      Bytes32 id,
      Utf8String name,
      Utf8String fhirBaseUrl,
      Address owner,
      Address publisher,
      Bool active,
      Utf8String logVkey,
      DynamicBytes tokenKeys) {
    super(id, name, fhirBaseUrl, owner, publisher, active, logVkey, tokenKeys);
    this.id = id;
    this.name = name;
    this.fhirBaseUrl = fhirBaseUrl;
    this.owner = owner;
    this.publisher = publisher;
    this.active = active;
    this.logVkey = logVkey;
    this.tokenKeys = tokenKeys;
  }

  static HospitalTuple of(Hospital hospital) {
    return new HospitalTuple(
        Words.word(hospital.id()),
        new Utf8String(hospital.name()),
        new Utf8String(hospital.fhirBaseUrl().toString()),
        Words.word(hospital.owner()),
        Words.word(hospital.publisher()),
        new Bool(hospital.active()),
        new Utf8String(hospital.logVkey().text()),
        new DynamicBytes(hospital.tokenKeys().toBytes()));
  }

  Hospital hospital() {
    return new Hospital(
        Words.hospital(id),
        name.getValue(),
        URI.create(fhirBaseUrl.getValue()),
        Words.address(owner),
        Words.address(publisher),
        new LogVkey(logVkey.getValue()),
        TokenKeys.of(tokenKeys.getValue()),
        active.getValue());
  }
}
