package org.sillok.plugin.reconcile;

import java.time.Duration;
import java.time.InstantSource;
import org.sillok.log.BackgroundLoop;
import org.sillok.plugin.SillokProperties;
import org.sillok.reconcile.Sweep;
import org.springframework.context.SmartLifecycle;

/**
 * One thread for the walk in the background, which goes no further in a second than it may; and one
 * for the checks that somebody asked for, which go as fast as they can. A third renews their
 * leases.
 */
final class SweepThreads implements SmartLifecycle {

  private static final Duration ROUND = Duration.ofSeconds(1);
  private static final Duration RENEWAL = Duration.ofSeconds(15);
  private static final int PAGE = 500;

  private final SweepLoop background;
  private final SweepLoop requested;
  private final BackgroundLoop backgroundThread;
  private final BackgroundLoop requestedThread;
  private final BackgroundLoop renewalThread;
  private final boolean enabled;
  private volatile boolean running;

  SweepThreads(
      Sweep sweep,
      SweepTable table,
      SweepMetrics metrics,
      SweepWatch watch,
      SillokProperties.Sweep settings,
      InstantSource clock) {
    enabled = settings.enabled();
    background =
        new SweepLoop(
            sweep,
            table,
            () -> table.claimBackground(settings.interval(), sweep::start),
            settings.versionsPerSecond(),
            metrics,
            watch);
    requested =
        new SweepLoop(
            sweep,
            table,
            () -> table.claimRequested(sweep::start),
            PAGE,
            metrics,
            new SweepWatch(settings.interval(), clock));
    backgroundThread = new BackgroundLoop("sillok-sweep", ROUND, background);
    requestedThread = new BackgroundLoop("sillok-check", ROUND, this::check);
    renewalThread =
        new BackgroundLoop(
            "sillok-lease",
            RENEWAL,
            () -> {
              background.renew();
              requested.renew();
            });
  }

  private void check() {
    boolean more = true;
    while (more && running) {
      more = requested.round();
    }
  }

  @Override
  public void start() {
    running = true;
    if (enabled) {
      backgroundThread.start();
    }
    requestedThread.start();
    renewalThread.start();
  }

  @Override
  public void stop() {
    running = false;
    backgroundThread.close();
    requestedThread.close();
    renewalThread.close();
    background.release();
    requested.release();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
