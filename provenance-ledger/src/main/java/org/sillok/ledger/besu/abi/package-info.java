/**
 * The three contracts in Java: what is called, what they emit, what they refuse by, and their code
 * as it is committed in besu-dev.
 *
 * <p>It translates and does nothing else: nothing here asks a node or keeps state. A test compares
 * every selector and topic with the committed ABI.
 */
@NullMarked
package org.sillok.ledger.besu.abi;

import org.jspecify.annotations.NullMarked;
