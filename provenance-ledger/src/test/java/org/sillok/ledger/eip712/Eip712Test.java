package org.sillok.ledger.eip712;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.junit.jupiter.api.Test;
import org.sillok.ledger.Address;
import org.sillok.ledger.ConsentId;
import org.sillok.ledger.ConsentKey;
import org.sillok.ledger.Expiry;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.PatientSignature;
import org.sillok.ledger.PatientStatement;
import org.sillok.ledger.SigningDomain;
import org.sillok.merkle.Hash;

/** The "Mail" example of EIP-712 and its published results, and signatures that must not count. */
class Eip712Test {

  private static final String MAIL =
      "Mail(Person from,Person to,string contents)Person(string name,address wallet)";
  private static final String PERSON = "Person(string name,address wallet)";
  private static final Address COW = Address.parse("0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826");
  private static final Address BOB = Address.parse("0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB");
  private static final PatientSignature COWS =
      PatientSignature.parse(
          "4355c47d63924e8a72e509b65029052eb6c299d53a04e167c5775fd466751c9d"
              + "07299936d304c153f6443dfa05f40ff007d72911b6f72307f996231605b915621c");
  private static final SigningDomain ETHER_MAIL =
      new SigningDomain(
          "Ether Mail", "1", 1, Address.parse("0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC"));
  private static final Hash DIGEST =
      Hash.ofHex("be609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2");
  private static final BigInteger ORDER = CustomNamedCurves.getByName("secp256k1").getN();

  private static Hash mail() {
    return TypedData.struct(
        MAIL, person("Cow", COW), person("Bob", BOB), TypedData.text("Hello, Bob!"));
  }

  private static Hash person(String name, Address wallet) {
    return TypedData.struct(PERSON, TypedData.text(name), TypedData.word(wallet));
  }

  @Test
  void hashesThePublishedTypes() {
    assertThat(TypedData.text(MAIL))
        .hasToString("a0cedeb2dc280ba39b857546d74f5549c3a1d7bdc2dd96bf881f76108e23dac2");
  }

  @Test
  void separatesThePublishedDomain() {
    assertThat(TypedData.separator(ETHER_MAIL))
        .hasToString("f2cee375fa42b42143804025fc449deafd50cc031ca257e0b194a650a912090f");
  }

  @Test
  void hashesThePublishedMail() {
    assertThat(mail())
        .hasToString("c52c0ee5d84264471806290a3f2c4cecfc5490626bf912d01f240d7a274b371e");
    assertThat(TypedData.digest(ETHER_MAIL, mail())).isEqualTo(DIGEST);
  }

  @Test
  void recoversThePublishedSigner() {
    assertThat(Signer.recover(DIGEST, COWS)).isEqualTo(COW);
    assertThat(TestKey.named("cow").address()).isEqualTo(COW);
    assertThat(TestKey.named("cow").sign(DIGEST)).isEqualTo(COWS);
  }

  @Test
  void recoversWhoeverSigned() {
    Random random = new Random(7);
    for (int i = 0; i < 100; i++) {
      TestKey key = TestKey.named("key " + i);
      byte[] digest = new byte[32];
      random.nextBytes(digest);
      assertThat(Signer.recover(Hash.of(digest), key.sign(Hash.of(digest))))
          .isEqualTo(key.address());
    }
  }

  @Test
  void recoversSomebodyElseFromAnotherDigest() {
    Hash other = Hash.ofHex("11".repeat(32));
    assertThat(Signer.recover(other, COWS)).isNotEqualTo(COW);
  }

  @Test
  void refusesAHighS() {
    PatientSignature mirrored = TestKey.mirrored(COWS);
    assertThat(Signer.isMalleable(mirrored)).isTrue();
    assertThat(Signer.isMalleable(COWS)).isFalse();
    assertThatThrownBy(() -> Signer.recover(DIGEST, mirrored))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("s is out of range");
  }

  @Test
  void takesTheHighestLowS() {
    BigInteger half = ORDER.shiftRight(1);
    BigInteger r = new BigInteger(1, java.util.Arrays.copyOf(COWS.toBytes(), 32));
    assertThat(Signer.isMalleable(TestKey.signature(r, half, 27))).isFalse();
    assertThat(Signer.isMalleable(TestKey.signature(r, half.add(BigInteger.ONE), 27))).isTrue();
    assertThat(Signer.recover(DIGEST, TestKey.signature(r, half, 27))).isNotNull();
  }

  @Test
  void refusesNumbersOutOfRange() {
    for (int v : new int[] {0, 1, 26, 29, 255}) {
      assertThatThrownBy(() -> Signer.recover(DIGEST, TestKey.signature(one(), one(), v)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (BigInteger r : new BigInteger[] {BigInteger.ZERO, ORDER, ORDER.add(one())}) {
      assertThatThrownBy(() -> Signer.recover(DIGEST, TestKey.signature(r, one(), 27)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Signer.recover(DIGEST, TestKey.signature(one(), BigInteger.ZERO, 27)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAnAbscissaThatIsNotOnTheCurve() {
    BigInteger off = BigInteger.valueOf(5);
    assertThatThrownBy(() -> Signer.recover(DIGEST, TestKey.signature(off, one(), 27)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyMemberOfAGrantAndOfItsDomainChangesTheDigest() {
    SigningDomain domain = SigningDomain.of(1337, BOB);
    Hash commitment = Hash.ofHex("22".repeat(32));
    ConsentKey key = new ConsentKey(new HospitalId("seoul"), ConsentId.parse("33".repeat(32)));
    ConsentKey otherId = new ConsentKey(key.custodian(), ConsentId.parse("34".repeat(32)));
    ConsentKey otherCustodian = new ConsentKey(new HospitalId("seoul2"), key.id());
    Expiry expiry = new Expiry(2_000_000_000);
    Expiry later = new Expiry(2_000_000_001);
    assertThat(
            java.util.stream.Stream.of(
                PatientStatements.digest(domain, grant(key, commitment, expiry, 0, later)),
                PatientStatements.digest(domain, grant(otherId, commitment, expiry, 0, later)),
                PatientStatements.digest(
                    domain, grant(otherCustodian, commitment, expiry, 0, later)),
                PatientStatements.digest(domain, grant(key, DIGEST, expiry, 0, later)),
                PatientStatements.digest(domain, grant(key, commitment, later, 0, later)),
                PatientStatements.digest(domain, grant(key, commitment, expiry, 1, later)),
                PatientStatements.digest(domain, grant(key, commitment, expiry, 0, expiry)),
                PatientStatements.digest(
                    SigningDomain.of(1338, BOB), grant(key, commitment, expiry, 0, later)),
                PatientStatements.digest(
                    SigningDomain.of(1337, COW), grant(key, commitment, expiry, 0, later)),
                PatientStatements.digest(domain, new PatientStatement.Revocation(key))))
        .doesNotHaveDuplicates();
  }

  private static PatientStatement grant(
      ConsentKey key, Hash commitment, Expiry expiry, long nonce, Expiry deadline) {
    return new PatientStatement.Grant(key, commitment, expiry, nonce, deadline);
  }

  private static BigInteger one() {
    return BigInteger.ONE;
  }
}
