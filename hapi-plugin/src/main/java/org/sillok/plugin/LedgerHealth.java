package org.sillok.plugin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sillok.anchor.AnchorState;
import org.sillok.anchor.LedgerAnchor;
import org.sillok.ledger.Ledger;
import org.sillok.ledger.besu.BesuLedger;
import org.sillok.ledger.besu.view.ChainState;
import org.sillok.ledger.besu.view.ChainState.Condition;
import org.sillok.log.LogBreak;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;

/**
 * Component {@code sillokLedger}: down when anchoring has stopped because the ledger and the log
 * contradict each other, or because the chain was replaced or what it tells does not fit together;
 * out of service when the ledger has been away for a while or the chain's newest block is too old,
 * during which writes go on.
 */
final class LedgerHealth implements HealthIndicator {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Ledger ledger;
  private final LedgerAnchor anchor;
  private final InstantSource clock;

  LedgerHealth(Ledger ledger, LedgerAnchor anchor, InstantSource clock) {
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
    if (!state.breaks().isEmpty()) {
      health.withDetail("closedLogs", state.breaks().stream().map(LogBreak::toString).toList());
    }
    chain().ifPresent(chain -> health.withDetail("chain", details(chain)));
    return health.build();
  }

  private Optional<ChainState> chain() {
    return ledger instanceof BesuLedger besu ? Optional.of(besu.state()) : Optional.empty();
  }

  private static Map<String, Object> details(ChainState chain) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("condition", chain.condition());
    chain
        .head()
        .ifPresent(
            head -> {
              details.put("block", head.blockNumber());
              details.put("age", chain.headAge().toSeconds() + " s");
            });
    details.put(
        "nodes",
        chain.nodes().stream()
            .map(node -> node.url() + " " + node.fitness() + " " + node.detail())
            .map(String::strip)
            .toList());
    chain.problem().ifPresent(problem -> details.put("problem", problem));
    return details;
  }

  private Status status(AnchorState state) {
    Optional<Condition> condition = chain().map(ChainState::condition);
    if (state.stopped().isPresent()
        || condition.equals(Optional.of(Condition.REPLACED))
        || condition.equals(Optional.of(Condition.BROKEN))) {
      return Status.DOWN;
    }
    if (condition.equals(Optional.of(Condition.STALE))) {
      return Status.OUT_OF_SERVICE;
    }
    Optional<Instant> failing = state.failingSince();
    return failing.isPresent() && failing.get().plus(PATIENCE).isBefore(clock.instant())
        ? Status.OUT_OF_SERVICE
        : Status.UP;
  }
}
