/**
 * JSON-RPC to the chain's nodes over the JDK's HTTP client: one node with its timeouts and limits,
 * what its answers mean, and several nodes of which the fittest is asked.
 *
 * <p>It knows blocks, receipts and logs, and nothing of contracts, keys or hospitals.
 */
@NullMarked
package org.sillok.ledger.besu.rpc;

import org.jspecify.annotations.NullMarked;
