/**
 * What the chain's events come to: followed block by block, kept in the database as they were
 * emitted, and held in memory as the registries' present state.
 *
 * <p>Nothing here sends anything. Blocks count when they are as deep as configured; a chain that no
 * longer contains them is not followed any further.
 */
@NullMarked
package org.sillok.ledger.besu.view;

import org.jspecify.annotations.NullMarked;
