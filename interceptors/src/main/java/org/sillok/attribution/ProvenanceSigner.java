package org.sillok.attribution;

import static java.nio.charset.StandardCharsets.UTF_8;

import ca.uhn.fhir.context.FhirContext;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.text.ParseException;
import java.time.Instant;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Signature;
import org.sillok.canonical.CanonicalFormException;
import org.sillok.canonical.CanonicalJson;

/**
 * Signs Provenances: JWS (RFC 7515) with ES256, compact, with the payload detached (appendix F).
 * The payload is the canonical form {@code sillok-c14n-v1} of the resource without {@code
 * signature} and without {@code meta}, so that a label added later does not break it. Thread-safe.
 */
public final class ProvenanceSigner {

  /** The media type of what is signed, with the name of its canonical form. */
  public static final String TARGET_FORMAT =
      "application/fhir+json;canonicalization=sillok-c14n-v1";

  /** The media type of the signature. */
  public static final String SIGNATURE_FORMAT = "application/jose";

  private static final String PURPOSES = "urn:iso-astm:E1762-95:2013";
  private static final String SOURCE_SIGNATURE = "1.2.840.10065.1.12.1.14";

  private final FhirContext fhir;
  private final ECKey key;
  private final Es256 signature;

  /**
   * @param fhir of R4
   * @param key as {@link #parseKey} returns it
   */
  public ProvenanceSigner(FhirContext fhir, ECKey key) {
    this.fhir = fhir;
    this.key = key;
    this.signature = new Es256(key);
  }

  /** A new key, as a private JWK in one line. */
  public static String newKey() {
    try {
      return new ECKeyGenerator(Curve.P_256)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .keyIDFromThumbprint(true)
          .generate()
          .toJSONString();
    } catch (JOSEException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }

  /**
   * Reads what {@link #newKey} has made.
   *
   * @throws IllegalArgumentException if it is not a private JWK on the curve P-256 with the key id
   *     that RFC 7638 gives it
   */
  public static ECKey parseKey(String jwk) {
    try {
      ECKey key = ECKey.parse(jwk);
      if (!key.isPrivate() || !Curve.P_256.equals(key.getCurve())) {
        throw new IllegalArgumentException("a private key on P-256 wanted");
      }
      if (!key.computeThumbprint().toString().equals(key.getKeyID())) {
        throw new IllegalArgumentException("the key id is not the key's thumbprint");
      }
      return key;
    } catch (ParseException | JOSEException e) {
      throw new IllegalArgumentException("not a JWK of an elliptic curve", e);
    }
  }

  /** The key id: the thumbprint of RFC 7638. */
  public String keyId() {
    return key.getKeyID();
  }

  /** The public key as a JWK Set (RFC 7517 §5). */
  public String jwks() {
    return new JWKSet(key.toPublicJWK()).toString();
  }

  /** Adds the signature of {@code who} to the finished {@code provenance}. */
  public void sign(Provenance provenance, Reference who, Instant when) {
    Signature signature = provenance.addSignature();
    signature.addType().setSystem(PURPOSES).setCode(SOURCE_SIGNATURE);
    signature.setWhenElement(ProvenanceBuilder.instant(when));
    signature.setWho(who);
    signature.setTargetFormat(TARGET_FORMAT);
    signature.setSigFormat(SIGNATURE_FORMAT);
    signature.setData(detached(payload(provenance)).getBytes(UTF_8));
  }

  private String detached(byte[] payload) {
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(keyId()).build();
    JWSObject jws = new JWSObject(header, new Payload(payload));
    return header.toBase64URL() + ".." + Base64URL.encode(signature.sign(jws.getSigningInput()));
  }

  private byte[] payload(Provenance provenance) {
    Provenance signed = provenance.copy();
    signed.setSignature(null);
    try {
      return CanonicalJson.ofResource(
          fhir.newJsonParser()
              .setStripVersionsFromReferences(false)
              .encodeResourceToString(signed));
    } catch (CanonicalFormException e) {
      throw new IllegalStateException("a Provenance of our own has no canonical form", e);
    }
  }
}
