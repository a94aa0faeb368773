package org.sillok.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The last line of a start: where the server listens. */
@Component
final class ReadyMessage {

  private static final Logger log = LoggerFactory.getLogger(ReadyMessage.class);

  @EventListener
  void ready(ApplicationReadyEvent event) {
    if (event.getApplicationContext() instanceof ServletWebServerApplicationContext web) {
      String base = "http://localhost:" + web.getWebServer().getPort();
      log.info("Ready: FHIR at {}/fhir, health at {}/actuator/health", base, base);
    }
  }
}
