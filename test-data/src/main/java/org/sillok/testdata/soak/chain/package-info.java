/**
 * A schedule of faults on a hospital's way to its chain: two servers that share a database are
 * processes of their own, and the chain, the lines to it and the database fail, one after the
 * other, while entries are written. After each fault log and chain must agree with nobody's help.
 *
 * <p>The servers are the log's and the ledger's parts of a real one, without FHIR: those are killed
 * in the parent package.
 */
@NullMarked
package org.sillok.testdata.soak.chain;

import org.jspecify.annotations.NullMarked;
