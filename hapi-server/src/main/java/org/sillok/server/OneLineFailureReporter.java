package org.sillok.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/**
 * Ends the log of a failed start with one line: what is wrong, and what to do. Spring Boot's own
 * report is switched off in its favour.
 */
final class OneLineFailureReporter implements FailureAnalysisReporter {

  private static final Logger log = LoggerFactory.getLogger(OneLineFailureReporter.class);

  @Override
  public void report(FailureAnalysis analysis) {
    log.error("Not started. {}", line(analysis));
    log.debug("Cause of the failed start", analysis.getCause());
  }

  private static String line(FailureAnalysis analysis) {
    String action = analysis.getAction() == null ? "" : " " + analysis.getAction();
    return (analysis.getDescription() + action).replaceAll("\\s*\\R\\s*", " ").strip();
  }
}
