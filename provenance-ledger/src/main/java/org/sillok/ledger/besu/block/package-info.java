/**
 * Blocks as bytes: what a header's hash covers, which receipts it commits to, and who has sealed
 * it. With these a node need not be believed.
 *
 * <p>Pure: asks nobody. Where the bytes come from, and which validators count, is known elsewhere.
 */
@NullMarked
package org.sillok.ledger.besu.block;

import org.jspecify.annotations.NullMarked;
