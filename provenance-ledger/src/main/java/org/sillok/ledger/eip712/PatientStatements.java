package org.sillok.ledger.eip712;

import org.sillok.ledger.ConsentKey;
import org.sillok.ledger.PatientStatement;
import org.sillok.ledger.PatientStatement.Grant;
import org.sillok.ledger.PatientStatement.KeyRegistration;
import org.sillok.ledger.PatientStatement.Revocation;
import org.sillok.ledger.SigningDomain;
import org.sillok.merkle.Hash;

/**
 * The digests that patients' keys sign. A hospital's id stands in a bytes32 as left-aligned ASCII.
 */
public final class PatientStatements {

  private static final String GRANT =
      "Grant(bytes32 id,bytes32 custodian,bytes32 commitment,uint64 expiry,uint64 nonce,"
          + "uint64 deadline)";
  private static final String REVOKE = "Revoke(bytes32 id,bytes32 custodian)";
  private static final String REGISTER =
      "RegisterKey(bytes32 custodian,address key,uint64 deadline)";

  private PatientStatements() {}

  /** What the key has to sign so that {@code statement} counts in {@code domain}. */
  public static Hash digest(SigningDomain domain, PatientStatement statement) {
    return TypedData.digest(domain, structHash(statement));
  }

  private static Hash structHash(PatientStatement statement) {
    if (statement instanceof Grant grant) {
      return TypedData.struct(
          GRANT,
          grant.consent().id().bytes(),
          custodian(grant.consent()),
          grant.commitment(),
          TypedData.word(grant.expiry().epochSecond()),
          TypedData.word(grant.nonce()),
          TypedData.word(grant.deadline().epochSecond()));
    } else if (statement instanceof Revocation revocation) {
      return TypedData.struct(
          REVOKE, revocation.consent().id().bytes(), custodian(revocation.consent()));
    } else if (statement instanceof KeyRegistration registration) {
      return TypedData.struct(
          REGISTER,
          TypedData.leftAligned(registration.custodian().value()),
          TypedData.word(registration.key()),
          TypedData.word(registration.deadline().epochSecond()));
    }
    throw new IllegalArgumentException("no statement of a patient: " + statement);
  }

  private static Hash custodian(ConsentKey consent) {
    return TypedData.leftAligned(consent.custodian().value());
  }
}
