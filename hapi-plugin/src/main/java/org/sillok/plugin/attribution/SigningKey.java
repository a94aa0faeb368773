package org.sillok.plugin.attribution;

import ca.uhn.fhir.context.FhirContext;
import com.nimbusds.jose.jwk.ECKey;
import java.util.List;
import org.sillok.attribution.ProvenanceSigner;
import org.sillok.log.KeyDirectory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The key that signs Provenances: private in the data directory, public in the database. One key
 * belongs to one database, so that what servers that share it have signed verifies alike.
 */
final class SigningKey {

  private static final String FILE = "provenance.jwk";

  private SigningKey() {}

  /**
   * @throws IllegalStateException if the database knows another key than the data directory has
   */
  static ProvenanceSigner load(FhirContext fhir, KeyDirectory directory, JdbcTemplate jdbc) {
    ECKey key = directory.key(FILE, ProvenanceSigner::newKey, ProvenanceSigner::parseKey);
    if (known(jdbc).isEmpty()) {
      introduce(jdbc, key);
    }
    if (!known(jdbc).equals(List.of(key.getKeyID()))) {
      throw new IllegalStateException(
          directory.file(FILE)
              + ": this is key "
              + key.getKeyID()
              + ", but what is in this database was signed with "
              + String.join(", ", known(jdbc))
              + "; copy the file "
              + FILE
              + " from the server that made it, or from a backup");
    }
    return new ProvenanceSigner(fhir, key);
  }

  private static List<String> known(JdbcTemplate jdbc) {
    return jdbc.queryForList("SELECT key_id FROM sillok_provenance_key", String.class);
  }

  private static void introduce(JdbcTemplate jdbc, ECKey key) {
    try {
      jdbc.update(
          "INSERT INTO sillok_provenance_key (one, key_id, jwk) VALUES (1, ?, ?)",
          key.getKeyID(),
          key.toPublicJWK().toJSONString());
    } catch (DuplicateKeyException e) {
      // A server that started at the same time was faster; whether it has the same key is next.
      return;
    }
  }
}
