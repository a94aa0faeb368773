package org.sillok.ledger;

import java.time.Duration;

/**
 * What kind of ledger this is.
 *
 * @param notice one sentence for people about what it is worth; shown wherever the ledger is shown
 * @param consentDomain what patients sign for
 * @param proposalLifetime how long after proposing members can vote and execute
 */
public record LedgerInfo(
    LedgerKind kind,
    long chainId,
    String notice,
    SigningDomain consentDomain,
    Duration proposalLifetime) {}
