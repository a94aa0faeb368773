package org.sillok.capture;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.security.Principal;
import org.junit.jupiter.api.Test;

class RequestCauseTest {

  private static String agent(String name) {
    Principal principal = () -> name;
    ServletRequestDetails request = new ServletRequestDetails();
    request.setServletRequest(
        (HttpServletRequest)
            Proxy.newProxyInstance(
                RequestCauseTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) ->
                    method.getName().equals("getUserPrincipal") ? principal : null));
    return RequestCause.of(request).agent();
  }

  @Test
  void cutsALongNameOffBetweenTwoCharacters() {
    assertThat(agent("a".repeat(254) + "😀b")).isEqualTo("a".repeat(254));
    assertThat(agent("a".repeat(253) + "😀b")).isEqualTo("a".repeat(253) + "😀");
    assertThat(agent("a".repeat(300))).isEqualTo("a".repeat(255));
    assertThat(agent("a".repeat(253) + "😀")).hasSize(255);
  }
}
