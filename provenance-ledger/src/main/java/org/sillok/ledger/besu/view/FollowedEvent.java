package org.sillok.ledger.besu.view;

import java.time.Instant;
import org.sillok.ledger.besu.rpc.ChainLog;

/** An event and the time of its block. */
record FollowedEvent(ChainLog log, Instant blockTime) {}
