package org.sillok.ledger.besu.abi;

import org.sillok.ledger.Proposal;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.StaticStruct;
import org.web3j.abi.datatypes.generated.Bytes32;

/** {@code struct Vote}. web3j makes it by its only constructor. */
public final class VoteTuple extends StaticStruct {

  private final Bytes32 hospital;
  private final Address owner;

  public VoteTuple(Bytes32 hospital, Address owner) {
    super(hospital, owner);
    this.hospital = hospital;
    this.owner = owner;
  }

  Proposal.Vote vote() {
    return new Proposal.Vote(Words.hospital(hospital), Words.address(owner));
  }
}
