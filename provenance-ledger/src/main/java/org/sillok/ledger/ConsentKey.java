package org.sillok.ledger;

/** A consent on the ledger. Printed as {@code custodian/id}. */
public record ConsentKey(HospitalId custodian, ConsentId id) {

  @Override
  public String toString() {
    return custodian + "/" + id;
  }
}
