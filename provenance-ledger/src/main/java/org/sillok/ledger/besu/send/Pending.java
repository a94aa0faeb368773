package org.sillok.ledger.besu.send;

import org.sillok.ledger.Address;
import org.sillok.merkle.Hash;

/** A stored transaction that no block is known to have. */
record Pending(Hash hash, Address account, long nonce, byte[] signed) {}
