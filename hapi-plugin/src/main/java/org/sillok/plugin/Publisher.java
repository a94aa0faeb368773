package org.sillok.plugin;

import org.sillok.ledger.Address;

/** The account by which this hospital publishes. */
record Publisher(Address account) {}
