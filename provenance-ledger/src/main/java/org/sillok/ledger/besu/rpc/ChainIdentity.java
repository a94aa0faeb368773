package org.sillok.ledger.besu.rpc;

import java.util.Set;
import org.sillok.ledger.Address;
import org.sillok.merkle.Hash;

/**
 * Which chain it must be, as agreed between the hospitals and not as a node says.
 *
 * @param genesis hash of block 0
 * @param contract must have code
 * @param since the block with the contract
 * @param validators whose blocks count whoever has sealed those before; mostly empty, as the chain
 *     tells of its validators' changes by itself
 */
public record ChainIdentity(
    long chainId, Hash genesis, Address contract, long since, Set<Address> validators) {

  public ChainIdentity {
    validators = Set.copyOf(validators);
  }

  public ChainIdentity(long chainId, Hash genesis, Address contract, long since) {
    this(chainId, genesis, contract, since, Set.of());
  }

  public ChainIdentity trusting(Set<Address> others) {
    return new ChainIdentity(chainId, genesis, contract, since, others);
  }
}
