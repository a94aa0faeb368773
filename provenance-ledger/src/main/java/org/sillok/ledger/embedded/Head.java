package org.sillok.ledger.embedded;

import java.time.Instant;
import org.sillok.merkle.Hash;

/** The newest block, as the head row has it. */
record Head(long number, Hash hash, Instant time) {}
