package org.sillok.ledger.besu.rpc;

import java.math.BigInteger;
import java.time.Instant;
import org.sillok.merkle.Hash;

/**
 * What we use of a block.
 *
 * @param baseFee in wei; zero on a chain whose gas is free
 */
public record BlockHeader(long number, Hash hash, Instant time, BigInteger baseFee) {}
