package org.sillok.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.besu.sign.KeySigner;
import org.sillok.ledger.besu.sign.Keystore;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ChainAccessTest {

  private static final String LEDGER =
      """
      {"format":"sillok-ledger-v1","chainId":%d,"genesis":"0x%s","hospitals":"0x%s",
      "checkpoints":"0x%s","consents":"0x%s","block":7}
      """;

  /** The first account of Foundry and Hardhat. */
  private static final BigInteger EVERYBODYS_KEY =
      new BigInteger("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80", 16);

  @TempDir private Path dir;
  private final Map<String, String> settings = new HashMap<>();

  @BeforeEach
  void settingsThatWork() throws Exception {
    settings.put("sillok.ledger.type", "besu");
    settings.put("sillok.hospital.id", "seoul");
    settings.put("sillok.ledger.file", ledger(4711));
    settings.put("sillok.ledger.rpc-urls", "https://one.example:8545,http://localhost:8545");
    settings.put("sillok.ledger.signer-url", "https://signer.example");
    settings.put("sillok.ledger.signer-account", "0x" + "44".repeat(20));
  }

  private String ledger(long chainId) throws Exception {
    return file(
        "ledger.json",
        LEDGER.formatted(
            chainId, "ab".repeat(32), "11".repeat(20), "22".repeat(20), "33".repeat(20)));
  }

  private String file(String name, String text) throws Exception {
    return Files.writeString(dir.resolve(name), text).toString();
  }

  private ChainAccess access() {
    return ChainAccess.of(
        new Binder(new MapConfigurationPropertySource(settings))
            .bindOrCreate("sillok", SillokProperties.class));
  }

  private void assertWrong(String message) {
    assertThatThrownBy(this::access)
        .matches(e -> e instanceof InvalidSettingException || e instanceof BindException)
        .hasStackTraceContaining("sillok." + message);
  }

  private void put(String name, String value) {
    settings.put("sillok." + name, value);
  }

  private void remove(String name) {
    settings.remove("sillok." + name);
  }

  @Test
  void takesASigningServer() {
    ChainAccess access = access();
    assertThat(access.file().chainId()).isEqualTo(4711);
    assertThat(access.signer().account()).hasToString("0x" + "44".repeat(20));
    assertThat(access.settings().rpc().urls()).hasSize(2);
    assertThat(access.settings().confirmations()).isZero();
    assertThat(access.settings().staleAfter()).isEqualTo(Duration.ofSeconds(30));
    assertThat(access.settings().custodian()).contains(new HospitalId("seoul"));
    assertThat(access.settings().followAnew()).isFalse();
  }

  @Test
  void takesAKeystoreButNoneThatEverybodyHas() throws Exception {
    remove("ledger.signer-url");
    assertWrong("ledger.keystore wants the publisher's key");
    put("ledger.keystore", keystore(EVERYBODYS_KEY));
    assertWrong("ledger.keystore-password-file wants");
    put("ledger.keystore-password-file", file("password", "correct horse\n"));
    assertWrong("ledger.keystore wants a key that nobody else has");
    put("ledger.file", ledger(1337));
    assertThat(access().signer().account()).isEqualTo(new KeySigner(EVERYBODYS_KEY).account());
    put("ledger.keystore-password-file", file("password", "wrong"));
    assertWrong("ledger.keystore wants a keystore and its password");
  }

  private String keystore(BigInteger key) throws Exception {
    return file("key", Keystore.encrypt(key, "correct horse", new SecureRandom()));
  }

  @Test
  void takesTheIdsThatTheChainTakes() {
    for (String id : List.of("seoul", "st.mary-2", "0", "a.", "s".repeat(32))) {
      put("hospital.id", id);
      assertThat(access().signer().account()).isNotNull();
    }
    for (String id : List.of("-seoul", ".seoul", "Seoul", "seoul/1", "s".repeat(33), "병원")) {
      assertChanged("hospital.id", id, "hospital.id");
    }
  }

  @Test
  void saysWhichSettingIsMissingOrDoesNotFit() throws Exception {
    assertChanged("hospital.id", null, "hospital.id wants this hospital's id");
    assertChanged("ledger.file", null, "ledger.file wants the members' ledger.json");
    assertChanged("ledger.file", dir.resolve("none").toString(), "ledger.file wants a file");
    assertChanged("ledger.file", file("bad", "{}"), "ledger.file wants the members' ledger.json (");
    assertChanged("ledger.rpc-urls", null, "ledger.rpc-urls wants at least one");
    assertChanged("ledger.rpc-urls", "ftp://x", "ledger.rpc-urls wants URLs");
    assertChanged("ledger.signer-account", null, "ledger.signer-account wants the address");
    assertChanged("ledger.signer-account", "0x12", "ledger.signer-url wants a Web3Signer");
    assertChanged("ledger.signer-url", "ftp://x", "ledger.signer-url wants a Web3Signer");
    assertChanged("ledger.keystore", "key", "ledger.signer-url wants no keystore beside it");
    assertChanged("ledger.trust-store", "none", "ledger.trust-store wants a file");
    assertChanged(
        "ledger.trust-store", file("store", ""), "ledger.trust-store-password-file wants");
    assertChanged(
        "ledger.client-key-store-password-file", "x", "ledger.client-key-store wants a file");
    assertChanged("ledger.token-file", "none", "ledger.token-file wants a file");
    put("ledger.token-file", file("token", "t"));
    assertChanged("ledger.rpc-urls", "http://node.example:8545", "ledger.rpc-urls wants https");
    assertChanged("ledger.rpc-urls", "https://n.example/?key=s", "ledger.rpc-urls wants URLs");
    assertChanged("ledger.validators", "0x12", "ledger.validators wants addresses");
    assertChanged("ledger.confirmations", "-1", "ledger.confirmations wants a number");
    assertChanged("ledger.stale-after", "0s", "ledger.stale-after wants a duration");
  }

  private void assertChanged(String name, String value, String message) {
    String before = settings.get("sillok." + name);
    if (value == null) {
      remove(name);
    } else {
      put(name, value);
    }
    assertWrong(message);
    if (before == null) {
      remove(name);
    } else {
      put(name, before);
    }
  }
}
