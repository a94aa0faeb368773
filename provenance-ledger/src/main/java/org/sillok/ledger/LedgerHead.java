package org.sillok.ledger;

import java.time.Instant;
import org.sillok.merkle.Hash;

/**
 * The newest block, and how current this ledger's answers are.
 *
 * @param time the newest block's time
 * @param asOf the answers are complete up to here: the age of a decision's basis is counted from it
 */
public record LedgerHead(long blockNumber, Hash blockHash, Instant time, Instant asOf) {}
