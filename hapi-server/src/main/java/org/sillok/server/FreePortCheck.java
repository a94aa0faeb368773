package org.sillok.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/**
 * Notices a taken port at once, instead of after the ten seconds that the FHIR engine needs to come
 * up.
 */
final class FreePortCheck implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    Environment environment = event.getEnvironment();
    int port = environment.getProperty("server.port", Integer.class, 8080);
    InetAddress address = environment.getProperty("server.address", InetAddress.class);
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(address, Math.max(port, 0)));
    } catch (IOException e) {
      throw new PortInUseException(port, e);
    }
  }
}
