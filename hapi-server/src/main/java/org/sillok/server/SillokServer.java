package org.sillok.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * Starts the server: {@code java -jar sillok-hapi-server.jar [--server.port=8080]
 * [--spring.datasource.url=…]}.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class SillokServer {

  public static void main(String[] args) {
    SpringApplication application = new SpringApplication(SillokServer.class);
    application.addListeners(new FreePortCheck());
    application.run(args);
  }
}
