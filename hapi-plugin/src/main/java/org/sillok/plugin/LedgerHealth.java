package org.sillok.plugin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.sillok.anchor.AnchorState;
import org.sillok.anchor.LedgerAnchor;
import org.sillok.ledger.Ledger;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;

/**
 * Component {@code sillokLedger}: down when anchoring has stopped because the ledger and the log
 * contradict each other; out of service when the ledger has been away for a while, during which
 * writes go on.
 */
final class LedgerHealth implements HealthIndicator {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Ledger ledger;
  private final LedgerAnchor anchor;
  private final Clock clock;

  LedgerHealth(Ledger ledger, LedgerAnchor anchor, Clock clock) {
    this.ledger = ledger;
    this.anchor = anchor;
    this.clock = clock;
  }

  @Override
  public Health health() {
    AnchorState state = anchor.state();
    Health.Builder health =
        Health.status(status(state))
            .withDetail("ledger", ledger.info().kind())
            .withDetail("notice", ledger.info().notice())
            .withDetail("anchored", state.anchoredSize())
            .withDetail("waiting", state.waiting());
    state.anchoredAt().ifPresent(at -> health.withDetail("anchoredAt", at.toString()));
    state.lastError().ifPresent(error -> health.withDetail("error", error));
    state.stopped().ifPresent(reason -> health.withDetail("stopped", reason));
    return health.build();
  }

  private Status status(AnchorState state) {
    if (state.stopped().isPresent()) {
      return Status.DOWN;
    }
    Optional<Instant> failing = state.failingSince();
    return failing.isPresent() && failing.get().plus(PATIENCE).isBefore(clock.instant())
        ? Status.OUT_OF_SERVICE
        : Status.UP;
  }
}
