package org.sillok.plugin.attribution;

import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The public key of the Provenances' signatures, as a JWK Set (RFC 7517 §5). */
@RestController
final class JwksEndpoint {

  private static final MediaType JWK_SET = new MediaType("application", "jwk-set+json");

  private final String jwks;

  JwksEndpoint(String jwks) {
    this.jwks = jwks;
  }

  @GetMapping("/ledger/jwks.json")
  ResponseEntity<String> keys() {
    return ResponseEntity.ok()
        .contentType(JWK_SET)
        .cacheControl(CacheControl.maxAge(Duration.ofHours(1)))
        .body(jwks);
  }
}
