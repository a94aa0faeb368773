package org.sillok.ledger.besu.rpc;

import org.sillok.ledger.Address;
import org.sillok.merkle.Hash;

/**
 * Which chain it must be, as agreed between the hospitals and not as a node says.
 *
 * @param genesis hash of block 0
 * @param contract must have code
 * @param since the block with the contract
 */
public record ChainIdentity(long chainId, Hash genesis, Address contract, long since) {}
