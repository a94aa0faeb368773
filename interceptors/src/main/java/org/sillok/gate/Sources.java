package org.sillok.gate;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.sillok.consent.ConsentSource;

/**
 * What answers are made of.
 *
 * @param tooOld while the view of the ledger is older than what decisions may rest on, how long to
 *     wait before asking again; empty while it is fresh
 */
public record Sources(
    Archive archive, ConsentSource consents, Proofs proofs, Supplier<Optional<Duration>> tooOld) {}
