package org.sillok.ledger.eip712;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sillok.ledger.Address;
import org.sillok.ledger.ConsentId;
import org.sillok.ledger.ConsentKey;
import org.sillok.ledger.Expiry;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.PatientStatement;
import org.sillok.ledger.PatientStatement.Grant;
import org.sillok.ledger.PatientStatement.KeyRegistration;
import org.sillok.ledger.PatientStatement.Revocation;
import org.sillok.ledger.SigningDomain;
import org.sillok.ledger.json.Json;
import org.sillok.merkle.Hash;

/**
 * What is signed and how, as a file: the contracts' tests hand the same signatures in to a consent
 * registry at this address of this chain, and it takes them.
 */
class VectorsTest {

  private static final SigningDomain DOMAIN =
      SigningDomain.of(1337, Address.parse("0x5fa6e6d689f5838cc302be32f37834aa21c1ee4d"));
  private static final TestKey PATIENT = TestKey.named("patient");
  private static final HospitalId SEOUL = new HospitalId("seoul");
  private static final ConsentKey CONSENT =
      new ConsentKey(SEOUL, ConsentId.parse("0123456789abcdef".repeat(4)));

  @Test
  void areWhatThisCodeMakes() throws IOException {
    try (InputStream in = VectorsTest.class.getResourceAsStream("vectors.json")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
      assertThat(text).isEqualTo(vectors());
    }
  }

  private static String vectors() {
    Expiry deadline = new Expiry(1_900_000_000);
    Map<String, Object> vectors = new TreeMap<>();
    vectors.put("chainId", DOMAIN.chainId());
    vectors.put("verifyingContract", DOMAIN.verifyingContract().toString());
    vectors.put("patient", PATIENT.address().toString());
    vectors.put("custodian", SEOUL.value());
    vectors.put("id", hex(CONSENT.id().bytes()));
    vectors.put("registration", vector(new KeyRegistration(SEOUL, PATIENT.address(), deadline)));
    vectors.put(
        "grant",
        vector(
            new Grant(
                CONSENT,
                Hash.ofHex("fedcba9876543210".repeat(4)),
                new Expiry(1_950_000_000),
                0,
                deadline)));
    vectors.put(
        "amendment",
        vector(new Grant(CONSENT, Hash.ofHex("0f".repeat(32)), Expiry.NEVER, 1, deadline)));
    vectors.put("revocation", vector(new Revocation(CONSENT)));
    return Json.write(vectors);
  }

  private static Map<String, Object> vector(PatientStatement statement) {
    Map<String, Object> vector = new TreeMap<>();
    Hash digest = PatientStatements.digest(DOMAIN, statement);
    vector.put("digest", hex(digest));
    vector.put("signature", "0x" + PATIENT.sign(digest));
    if (statement instanceof Grant grant) {
      vector.put("commitment", hex(grant.commitment()));
      vector.put("expiry", Long.toString(grant.expiry().epochSecond()));
      vector.put("nonce", grant.nonce());
      vector.put("deadline", grant.deadline().epochSecond());
    } else if (statement instanceof KeyRegistration registration) {
      vector.put("deadline", registration.deadline().epochSecond());
    }
    return vector;
  }

  private static String hex(Hash hash) {
    return "0x" + hash;
  }
}
