package org.sillok.log;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sillok.note.SignerKey;
import org.sillok.note.VerifierKey;

/**
 * The keys of this hospital's logs, of now and of before.
 *
 * @param signers the private ones; which of them signs is the ledger's to say
 * @param retired public keys whose private part is gone
 */
public record LogKeyRing(List<SignerKey> signers, List<VerifierKey> retired) {

  public LogKeyRing {
    signers = List.copyOf(signers);
    retired = List.copyOf(retired);
  }

  public static LogKeyRing of(SignerKey key) {
    return new LogKeyRing(List.of(key), List.of());
  }

  /** The private key of this verifier key's text. */
  public Optional<SignerKey> signer(String vkey) {
    return signers.stream().filter(key -> key.verifier().toString().equals(vkey)).findFirst();
  }

  /** All keys that the log of this name has or had. */
  public LogVkeys of(String origin) {
    return new LogVkeys(
        Stream.concat(signers.stream().map(SignerKey::verifier), retired.stream())
            .filter(key -> key.name().equals(origin))
            .distinct()
            .toList());
  }
}
