package org.sillok.ledger;

import org.sillok.merkle.Hash;

/** Somebody broke the glass; what and for whom is behind the commitment. */
public record Emergency(HospitalId hospital, Hash commitment, Receipt receipt) {}
