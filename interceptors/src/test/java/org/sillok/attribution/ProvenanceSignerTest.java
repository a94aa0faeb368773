package org.sillok.attribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Provenance;
import org.junit.jupiter.api.Test;
import org.sillok.canonical.CanonicalJson;
import org.sillok.log.ResourceVersion;

class ProvenanceSignerTest {

  private static final FhirContext FHIR = FhirContext.forR4Cached();
  private static final Instant NOW = Instant.parse("2026-11-22T03:05:00Z");

  private final ProvenanceBuilder builder =
      new ProvenanceBuilder(new Identifier().setSystem("urn:sillok:hospital").setValue("서울병원"));
  private final ProvenanceSigner signer =
      new ProvenanceSigner(FHIR, ProvenanceSigner.parseKey(ProvenanceSigner.newKey()));

  @Test
  void namesWhatIsThereByVersionAndWhatIsGoneByIdentifier() {
    Provenance provenance = parsed(signed());

    assertThat(provenance.getTarget().get(0).getReference()).isEqualTo("Observation/7/_history/3");
    assertThat(provenance.getTarget().get(1).getReference()).isNull();
    assertThat(provenance.getTarget().get(1).getType()).isEqualTo("Patient");
    assertThat(provenance.getTarget().get(1).getIdentifier().getValue())
        .isEqualTo("Patient/p/_history/2");
    assertThat(provenance.getRecordedElement().getValueAsString())
        .isEqualTo("2026-11-22T03:04:05.678Z");
    assertThat(provenance.getActivity().getCodingFirstRep().getCode()).isEqualTo("UPDATE");
    assertThat(provenance.getAgent())
        .extracting(agent -> agent.getType().getCodingFirstRep().getCode())
        .containsExactly("author", "custodian");
    assertThat(provenance.getAgentFirstRep().getWho().getIdentifier().getValue()).isEqualTo("kim");
  }

  @Test
  void signsTheCanonicalFormWithoutTheSignature() throws Exception {
    assertThat(verifies(signed())).isTrue();
  }

  @Test
  void stillVerifiesWithWhatTheServerAddsToMeta() throws Exception {
    Provenance stored = parsed(signed());
    stored.getMeta().setVersionId("1").setLastUpdatedElement(ProvenanceBuilder.instant(NOW));

    assertThat(verifies(json(stored))).isTrue();
  }

  @Test
  void doesNotVerifyOnceAnythingIsChanged() throws Exception {
    String signed = signed();
    for (String change :
        List.of("Observation/7/_history/3", "UPDATE", "kim", "05.678Z", "custodian", "서울병원")) {
      String other = signed.replace(change, change.substring(0, change.length() - 1) + "0");
      assertThat(other).isNotEqualTo(signed);
      assertThat(verifies(other)).as(change).isFalse();
    }
    Provenance longer = parsed(signed);
    longer.addTarget().setReference("Observation/8/_history/1");
    assertThat(verifies(json(longer))).isFalse();
  }

  @Test
  void publishesThePublicKeyOnly() throws Exception {
    JWKSet published = JWKSet.parse(signer.jwks());

    assertThat(published.getKeys()).hasSize(1);
    assertThat(published.getKeys().get(0).isPrivate()).isFalse();
    assertThat(published.getKeys().get(0).getKeyID()).isEqualTo(signer.keyId());
    assertThat(signer.jwks()).doesNotContain("\"d\"");
  }

  @Test
  void refusesWhatIsNotAPrivateKeyOnP256() throws Exception {
    String publicOnly =
        ProvenanceSigner.parseKey(ProvenanceSigner.newKey()).toPublicJWK().toString();
    String otherCurve = new ECKeyGenerator(Curve.P_384).keyID("k").generate().toString();
    String symmetric = new OctetSequenceKeyGenerator(256).generate().toString();
    String otherId =
        new ECKeyGenerator(Curve.P_256).keyID("not-the-thumbprint").generate().toString();
    String noId = new ECKeyGenerator(Curve.P_256).generate().toString();

    for (String bad : List.of("", "{}", "x", publicOnly, otherCurve, symmetric, otherId, noId)) {
      assertThatThrownBy(() -> ProvenanceSigner.parseKey(bad))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private String signed() {
    Attribution attribution =
        new Attribution(
            "sillok-00",
            "kim",
            Activity.UPDATE,
            Leaves.RECORDED,
            List.of(
                new ResourceVersion("Observation", "7", 3),
                new ResourceVersion("Patient", "p", 2)));
    Provenance provenance = builder.build(attribution, Set.of("Patient/p"));
    signer.sign(provenance, builder.custodian(), NOW);
    return json(provenance);
  }

  /** As a reader does it who knows the documentation and the JWKS. */
  private boolean verifies(String json) throws Exception {
    Provenance provenance = parsed(json);
    String jws = new String(provenance.getSignatureFirstRep().getData(), UTF_8);
    provenance.setSignature(null);
    Payload payload = new Payload(CanonicalJson.ofResource(json(provenance)));
    JWSObject object = JWSObject.parse(jws, payload);
    return object.verify(
        new ECDSAVerifier(
            JWKSet.parse(signer.jwks()).getKeyByKeyId(object.getHeader().getKeyID()).toECKey()));
  }

  private static String json(Provenance provenance) {
    return FHIR.newJsonParser()
        .setStripVersionsFromReferences(false)
        .encodeResourceToString(provenance);
  }

  private static Provenance parsed(String json) {
    return FHIR.newJsonParser().parseResource(Provenance.class, json);
  }
}
