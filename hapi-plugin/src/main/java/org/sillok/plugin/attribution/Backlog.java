package org.sillok.plugin.attribution;

/**
 * What of a log is anchored and has no Provenance yet.
 *
 * @param next the first leaf that waits
 * @param anchored the leaf behind the last anchored one
 */
record Backlog(int log, long next, long anchored) {

  long leaves() {
    return anchored - next;
  }
}
