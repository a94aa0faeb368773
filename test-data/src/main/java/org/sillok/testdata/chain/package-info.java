/**
 * A ledger on a light chain, with made-up hospitals: what the soak test and the benchmarks need of
 * one. Its keys follow from names, so it is good for nothing else.
 */
@NullMarked
package org.sillok.testdata.chain;

import org.jspecify.annotations.NullMarked;
