package org.sillok.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.sillok.consent.BusinessId;
import org.sillok.gate.PageSeal.Position;
import org.sillok.identity.ForeignCaller;
import org.sillok.identity.Scopes;

class PageSealTest {

  private static final Instant NOW = Instant.parse("2026-07-01T00:30:00Z");
  private static final Position POSITION = new Position("Observation?patient=Patient/7", 41);
  private static final ForeignCaller B = GateWorld.b();

  private final PageSeal seal =
      new PageSeal(new SecretKeySpec(new byte[32], "AES"), new SecureRandom());

  @Test
  void opensForWhomItWasSealedUntilItIsOver() {
    String text = seal.seal(B, POSITION, NOW);

    assertThat(seal.open(B, text, NOW)).contains(POSITION);
    assertThat(seal.open(B, text, NOW.plus(PageSeal.LIFE))).contains(POSITION);
    assertThat(seal.open(B, text, NOW.plus(PageSeal.LIFE).plusMillis(1))).isEmpty();
  }

  @Test
  void anyTokenOfTheSameCallerGoesOn() {
    ForeignCaller later =
        new ForeignCaller(
            B.hospital(),
            B.practitioner(),
            B.roles(),
            B.purposes(),
            "a reason",
            Scopes.parse("system/Observation.s"),
            "token-2",
            NOW.plusSeconds(900));

    assertThat(seal.open(later, seal.seal(B, POSITION, NOW), NOW)).contains(POSITION);
  }

  @Test
  void opensForNobodyElse() {
    String text = seal.seal(B, POSITION, NOW);

    assertThat(seal.open(GateWorld.callerOf("c", "system/*.rs", "TREAT"), text, NOW)).isEmpty();
    assertThat(seal.open(GateWorld.caller("system/*.rs", "HPAYMT"), text, NOW)).isEmpty();
    assertThat(seal.open(GateWorld.caller("system/*.rs", "TREAT", "HPAYMT"), text, NOW)).isEmpty();
    assertThat(seal.open(with(Set.of(new BusinessId("urn:licence", "lee"))), text, NOW)).isEmpty();
    assertThat(seal.open(with(Set.of()), text, NOW)).isEmpty();
  }

  private static ForeignCaller with(Set<BusinessId> practitioner) {
    return new ForeignCaller(
        B.hospital(),
        practitioner,
        B.roles(),
        B.purposes(),
        null,
        B.scopes(),
        B.tokenId(),
        B.expires());
  }

  @Test
  void noBitOfItCanBeChanged() {
    byte[] bytes = Base64.getUrlDecoder().decode(seal.seal(B, POSITION, NOW));
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= 1;
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
      assertThat(seal.open(B, text, NOW)).isEmpty();
    }
  }

  @Test
  void nonsenseOpensNothing() {
    for (String text : new String[] {"", "a", "!!", "AAAA", "A".repeat(50), "A".repeat(20_000)}) {
      assertThat(seal.open(B, text, NOW)).isEmpty();
    }
  }

  @Test
  void itsLengthDoesNotTellThePlace() {
    Position far = new Position(POSITION.target(), Long.MAX_VALUE);

    assertThat(seal.seal(B, POSITION, NOW)).hasSameSizeAs(seal.seal(B, far, NOW));
  }

  @Test
  void anotherServerOpensItOnlyWithTheSameKey() {
    String text = seal.seal(B, POSITION, NOW);
    byte[] other = new byte[32];
    other[0] = 1;

    assertThat(
            new PageSeal(new SecretKeySpec(new byte[32], "AES"), new SecureRandom())
                .open(B, text, NOW))
        .contains(POSITION);
    assertThat(new PageSeal(new SecretKeySpec(other, "AES"), new SecureRandom()).open(B, text, NOW))
        .isEmpty();
  }
}
