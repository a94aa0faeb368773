package org.sillok.plugin;

import java.util.List;
import org.sillok.log.BackgroundLoop;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the loops from the time when everything is wired until the web server has answered its last
 * request.
 */
final class BackgroundWork implements SmartLifecycle {

  private final List<BackgroundLoop> loops;
  private volatile boolean running;

  BackgroundWork(List<BackgroundLoop> loops) {
    this.loops = List.copyOf(loops);
  }

  @Override
  public void start() {
    loops.forEach(BackgroundLoop::start);
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    loops.forEach(BackgroundLoop::close);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Early to start and late to stop: the web server comes after and goes before. */
  @Override
  public int getPhase() {
    return 0;
  }
}
