package org.sillok.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.TreeSet;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.sillok.identity.ForeignCaller;

/**
 * Puts into a link where a request goes on, so that the server need not remember it, and only who
 * got the link can use it: AES-GCM under the servers' common key, bound to hospital, practitioner,
 * roles and purposes. The place counts what is hidden as well, and must not be readable. A link's
 * length hangs on the request alone. Thread-safe.
 */
final class PageSeal {

  static final Duration LIFE = Duration.ofMinutes(30);

  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int IV = 12;
  private static final int LONGEST = 16_384;

  private final SecretKey key;
  private final SecureRandom random;

  PageSeal(SecretKey key, SecureRandom random) {
    this.key = key;
    this.random = random;
  }

  /**
   * Where a request goes on.
   *
   * @param target of the request
   * @param place of the first resource that was not given yet
   */
  record Position(String target, long place) {}

  String seal(ForeignCaller caller, Position position, Instant now) {
    byte[] target = position.target().getBytes(UTF_8);
    byte[] plain =
        ByteBuffer.allocate(16 + target.length)
            .putLong(now.plus(LIFE).toEpochMilli())
            .putLong(position.place())
            .put(target)
            .array();
    byte[] iv = new byte[IV];
    random.nextBytes(iv);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, iv, caller).doFinal(plain);
      byte[] all = Arrays.copyOf(iv, IV + sealed.length);
      System.arraycopy(sealed, 0, all, IV, sealed.length);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM", e);
    }
  }

  /** Empty if it was not sealed here for this caller, or too long ago. */
  Optional<Position> open(ForeignCaller caller, String seal, Instant now) {
    if (seal.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      byte[] all = Base64.getUrlDecoder().decode(seal);
      if (all.length < IV) {
        return Optional.empty();
      }
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(all, IV), caller);
      ByteBuffer plain = ByteBuffer.wrap(cipher.doFinal(all, IV, all.length - IV));
      boolean over = plain.getLong() < now.toEpochMilli();
      long place = plain.getLong();
      Position position = new Position(UTF_8.decode(plain).toString(), place);
      return over ? Optional.empty() : Optional.of(position);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, byte[] iv, ForeignCaller caller) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(128, iv));
    cipher.updateAAD(binding(caller).getBytes(UTF_8));
    return cipher;
  }

  /** Each part with its length, so that no two callers have the same. */
  private static String binding(ForeignCaller caller) {
    StringBuilder text = new StringBuilder();
    part(text, caller.hospital().value());
    part(text, new TreeSet<>(caller.practitioner().stream().map(Object::toString).toList()));
    part(text, new TreeSet<>(caller.roles().stream().map(Object::toString).toList()));
    part(text, new TreeSet<>(caller.purposes()));
    return text.toString();
  }

  private static void part(StringBuilder text, TreeSet<String> values) {
    text.append(values.size()).append('[');
    values.forEach(each -> part(text, each));
  }

  private static void part(StringBuilder text, String value) {
    text.append(value.length()).append(':').append(value);
  }
}
