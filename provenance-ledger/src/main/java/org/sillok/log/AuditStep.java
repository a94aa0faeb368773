package org.sillok.log;

import org.sillok.merkle.CompactRange;

/**
 * How far an audit has come.
 *
 * @param done the leaves that are done, for the next step to go on from
 * @param checkpoints signed heads that this step compared
 * @param ended whether that was all
 */
public record AuditStep(CompactRange done, long checkpoints, boolean ended) {}
