/**
 * Kills a server over and over while clients write, and compares what the clients saw with what is
 * in its database: versions, leaves, tiles and checkpoints. Recomputes the tree with the Merkle
 * core alone; nothing that the server says about itself is taken for granted.
 */
@NullMarked
package org.sillok.testdata.soak;

import org.jspecify.annotations.NullMarked;
