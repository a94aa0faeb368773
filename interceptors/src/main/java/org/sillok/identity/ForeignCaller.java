package org.sillok.identity;

import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sillok.consent.BusinessId;
import org.sillok.consent.Code;
import org.sillok.ledger.HospitalId;

/**
 * Another hospital of the consortium, by an access token of this server. The ledger listed it as
 * active when the request came in.
 *
 * @param practitioner identifiers of the person on whose behalf it asks, as that hospital answers
 *     for them; empty if it names none
 * @param roles in which that person acts; empty if it names none
 * @param purposes codes of v3-ActReason, at least one
 * @param reason in words, as an emergency demands it
 * @param tokenId the token's {@code jti}
 * @param expires end of the token's life
 */
public record ForeignCaller(
    HospitalId hospital,
    Set<BusinessId> practitioner,
    Set<Code> roles,
    Set<String> purposes,
    @Nullable String reason,
    Scopes scopes,
    String tokenId,
    Instant expires)
    implements Caller {

  private static final Pattern PURPOSE = Pattern.compile("[A-Z][A-Z0-9]{0,31}");

  public ForeignCaller {
    practitioner = Set.copyOf(practitioner);
    roles = Set.copyOf(roles);
    purposes = Set.copyOf(purposes);
    if (purposes.isEmpty()
        || !purposes.stream().allMatch(code -> PURPOSE.matcher(code).matches())) {
      throw new IllegalArgumentException("purposes are codes of v3-ActReason, got " + purposes);
    }
    if (tokenId.isBlank()) {
      throw new IllegalArgumentException("a token has an id");
    }
  }

  /** The hospital's id on the ledger. */
  @Override
  public String subject() {
    return hospital.value();
  }
}
