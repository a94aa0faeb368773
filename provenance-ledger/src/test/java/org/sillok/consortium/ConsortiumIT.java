package org.sillok.consortium;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sillok.evidence.EvidenceFixture;
import org.sillok.faults.Anvil;
import org.sillok.ledger.besu.rpc.LedgerFile;
import org.sillok.ledger.besu.sign.Keystore;
import org.sillok.ledger.eip712.TestKey;

/** A consortium's life by the command line. */
class ConsortiumIT {

  private static Anvil chain;

  @TempDir private Path dir;
  private Path password;
  private Path ledger;
  private String output = "";
  private Optional<String> answer = Optional.empty();
  private int logs;

  @BeforeAll
  static void startChain() {
    chain = Anvil.start();
  }

  @AfterAll
  static void stopChain() {
    chain.close();
  }

  @BeforeEach
  void writePassword() throws Exception {
    password = Files.writeString(dir.resolve("password"), "correct horse\n");
    ledger = dir.resolve("ledger.json");
  }

  private int run(String... args) {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out, true);
    int status = Main.run(List.of(args), question -> answer, writer, writer);
    output = out.toString();
    return status;
  }

  private void done(String... args) {
    assertThat(run(args)).as(output).isEqualTo(Main.DONE);
  }

  private Path key(String name) {
    return dir.resolve(name + ".key");
  }

  private String account(String name) throws Exception {
    TestKey key = TestKey.named(name + dir);
    Files.writeString(key(name), LightKeystore.of(key, "correct horse"));
    return key.address().toString();
  }

  private String describe(String id, String... more) throws Exception {
    String file = dir.resolve(id + ".json").toString();
    String vkey = EvidenceFixture.logKey(id + ".example/log", ++logs).toString();
    List<String> all = new ArrayList<>(List.of("describe", "--id", id));
    all.addAll(List.of("--name", "Hospital " + id));
    all.addAll(List.of("--fhir-base-url", "https://" + id + ".example/fhir"));
    all.addAll(List.of("--owner", account(id), "--publisher", account(id + "-publisher")));
    all.addAll(List.of("--log-vkey", vkey, file));
    all.addAll(List.of(more));
    done(all.toArray(String[]::new));
    return file;
  }

  /** By an owner, on the ledger that was deployed. */
  private int as(String owner, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--rpc", chain.url().toString(), "--ledger", ledger.toString()));
    all.addAll(
        List.of("--keystore", key(owner).toString(), "--password-file", password.toString()));
    return run(all.toArray(String[]::new));
  }

  private void doneAs(String owner, String... args) {
    assertThat(as(owner, args)).as(output).isEqualTo(Main.DONE);
  }

  private int deploy(String url, String chainId, String keystore, String... founders) {
    List<String> all = new ArrayList<>(List.of("deploy", "--rpc", url, "--chain-id", chainId));
    all.addAll(List.of("--out", ledger.toString(), "--keystore", keystore));
    all.addAll(List.of("--password-file", password.toString()));
    all.addAll(List.of(founders));
    return run(all.toArray(String[]::new));
  }

  private void deployed() throws Exception {
    String seoul = describe("seoul");
    assertThat(deploy(chain.url().toString(), "1337", key("seoul").toString(), seoul))
        .as(output)
        .isEqualTo(Main.DONE);
  }

  private void read(String command) {
    done(command, "--rpc", chain.url().toString(), "--ledger", ledger.toString());
  }

  @Test
  void runsAConsortiumFromNothing() throws Exception {
    deployed();
    assertThat(LedgerFile.parse(Files.readString(ledger)).chainId()).isEqualTo(1337);
    doneAs("seoul", "admit", describe("busan"));
    assertThat(output)
        .contains("proposed as number 1", "the members have decided: done")
        .contains("note: with two active members both have to agree");
    doneAs("seoul", "admit", describe("daegu"));
    assertThat(output).contains("not decided yet", "approve 2");
    read("status");
    assertThat(output).contains("open proposal 2, votes by [seoul]", "busan: log busan/1 at 0:");
    doneAs("busan", "approve", "2", "--yes");
    assertThat(output).contains("your vote is cast", "the members have decided: done");
    read("hospitals");
    assertThat(output).contains("seoul (Hospital seoul), active", "daegu (Hospital daegu), active");
    doneAs("seoul", "suspend", "daegu");
    doneAs("busan", "suspend", "daegu");
    assertThat(output).contains("this has been proposed as number 3", "decided: done");
    read("status");
    assertThat(output).contains("daegu, suspended").doesNotContain("open proposal");
    doneAs("seoul", "readmit", "daegu");
    doneAs("busan", "readmit", "daegu");
    String next = account("daegu-next");
    doneAs("seoul", "replace-owner", "daegu", next);
    doneAs("busan", "replace-owner", "daegu", next);
    assertThat(as("daegu", "suspend", "daegu")).isEqualTo(Main.USAGE);
    assertThat(output).contains("is the owner key of no hospital");
    doneAs("daegu-next", "suspend", "daegu");
    assertThat(output).contains("daegu is suspended");
  }

  @Test
  void letsAnOwnerChangeItsOwnRecordAndOpenASuccessor() throws Exception {
    deployed();
    doneAs("seoul", "change-endpoint", "--name", "새 병원", "--fhir-base-url", "https://n.example/r4");
    doneAs("seoul", "change-publisher", account("p2"));
    Path jwks = Files.writeString(dir.resolve("jwks"), "{\"keys\":[{}]}");
    doneAs("seoul", "change-token-keys", jwks.toString());
    String same = EvidenceFixture.logKey("seoul.example/log", 70).toString();
    doneAs("seoul", "change-log-key", Files.writeString(dir.resolve("vkey"), same).toString());
    read("hospitals");
    assertThat(output).contains("새 병원", "https://n.example/r4", "token keys 13 bytes", same);
    assertThat(output).contains("NOT A PUBLIC KEY");
    String successor = EvidenceFixture.logKey("seoul.example/log2", 71).toString();
    assertThat(as("seoul", "change-log-key", successor)).isEqualTo(Main.REFUSED);
    assertThat(output).contains("LogOriginFixed");
    doneAs("seoul", "successor", "--log-vkey", successor);
    read("status");
    assertThat(output).contains("seoul: log seoul/2 at 0:");
  }

  @Test
  void showsTheWholeMotionAndAsksBeforeItVotes() throws Exception {
    deployed();
    doneAs("seoul", "admit", describe("busan"));
    Path jwks =
        Files.writeString(
            dir.resolve("jwks"),
            "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"of busan\",\"x\":"
                + "\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}");
    String daegu = describe("daegu", "--token-keys", jwks.toString());
    doneAs("seoul", "admit", daegu);
    List<String> shown =
        List.of(
            "https://daegu.example/fhir",
            account("daegu"),
            account("daegu-publisher"),
            "daegu.example/log+",
            "key \"of busan\", OKP",
            // RFC 8037, appendix A.3
            "thumbprint kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");

    assertThat(as("busan", "approve", "2")).isEqualTo(Main.USAGE);
    assertThat(output).contains(shown).contains("no terminal", "--yes");
    for (String no : List.of("", "y", "no", "YES!")) {
      answer = Optional.of(no);
      assertThat(as("busan", "approve", "2")).isEqualTo(Main.USAGE);
      assertThat(output).contains(shown).contains("no vote was cast");
    }
    read("status");
    assertThat(output).contains("open proposal 2, votes by [seoul]");
    answer = Optional.of("yes");
    doneAs("busan", "approve", "2");
    assertThat(output).contains(shown).contains("your vote is cast", "decided: done");
  }

  @Test
  void aDeploymentThatGotNoBlockGoesOnWhereItWas() throws Exception {
    String seoul = describe("seoul");
    String key = key("seoul").toString();
    Path plan = dir.resolve("ledger.json.plan");
    try (Anvil slow = Anvil.start("--no-mining")) {
      String away = "http://127.0.0.1:1";
      String[] command = {"--rpc", away, "--patience", "PT0.5S", seoul};
      assertThat(deploy(slow.url().toString(), "1337", key, command)).isEqualTo(Main.UNAVAILABLE);
      assertThat(output).contains("no block has the deployment");
      assertThat(ledger).doesNotExist();
      String kept = Files.readString(plan);

      assertThat(deploy(slow.url().toString(), "1337", key, describe("busan")))
          .isEqualTo(Main.USAGE);
      assertThat(output).contains("the plan of another deployment");
      assertThat(plan).hasContent(kept);

      slow.mine();
      // Not the first node, and after the block came: the same ledger all the same.
      assertThat(deploy(away, "1337", key, "--rpc", slow.url().toString(), seoul))
          .as(output)
          .isEqualTo(Main.DONE);
      assertThat(plan).doesNotExist();
      assertThat(LedgerFile.parse(Files.readString(ledger)).block()).isEqualTo(1);
      assertThat(slow.rpc("eth_getTransactionCount", account("seoul"), "latest").asText())
          .isEqualTo("0x1");
    }
  }

  @Test
  void nothingIsSentUnlessItsResultCanBeKept() throws Exception {
    String seoul = describe("seoul");
    ledger = dir.resolve("nowhere/ledger.json");
    long before = transactions("seoul");
    assertThat(deploy(chain.url().toString(), "1337", key("seoul").toString(), seoul))
        .isEqualTo(Main.USAGE);
    assertThat(transactions("seoul")).isEqualTo(before);
  }

  private long transactions(String of) throws Exception {
    return Long.decode(chain.rpc("eth_getTransactionCount", account(of), "latest").asText());
  }

  @Test
  void contractsThatAreOthersAreNotBelieved() throws Exception {
    deployed();
    LedgerFile right = LedgerFile.parse(Files.readString(ledger));
    deployAnother();
    LedgerFile other = LedgerFile.parse(Files.readString(ledger));
    Files.writeString(
        ledger,
        new LedgerFile(
                right.chainId(),
                right.genesis(),
                right.hospitals(),
                other.checkpoints(),
                right.consents(),
                right.block())
            .toJson());
    for (String command : List.of("status", "hospitals")) {
      assertThat(run(command, "--rpc", chain.url().toString(), "--ledger", ledger.toString()))
          .isEqualTo(Main.USAGE);
      assertThat(output).contains("is tied to " + right.checkpoints());
    }
    assertThat(as("seoul", "suspend", "seoul")).isEqualTo(Main.USAGE);
    Files.writeString(ledger, right.toJson());
    read("status");
    assertThat(output).contains("contracts as this version has them");
  }

  private void deployAnother() throws Exception {
    Files.delete(ledger);
    assertThat(deploy(chain.url().toString(), "1337", key("seoul").toString(), dir + "/seoul.json"))
        .as(output)
        .isEqualTo(Main.DONE);
  }

  @Test
  void makesFurtherKeysOfALogBesideTheFirst() throws Exception {
    String data = dir.resolve("data").toString();
    done("log-key", "--data-directory", data, "--origin", "seoul.example/log");
    String first = output.strip();
    done("log-key", "--data-directory", data, "--origin", "seoul.example/log", "--another");
    String second = output.strip();
    done("log-key", "--data-directory", data, "--origin", "seoul.example/log2", "--another");
    assertThat(output).startsWith("seoul.example/log2+");
    assertThat(second).startsWith("seoul.example/log+").isNotEqualTo(first);
    done("log-key", "--data-directory", data, "--origin", "seoul.example/log");
    assertThat(output.strip()).isEqualTo(first);
    try (var files = Files.list(dir.resolve("data"))) {
      assertThat(files.filter(file -> file.toString().matches(".*/log.*\\.key"))).hasSize(3);
    }
  }

  @Test
  void anIdIsSaidToBeWrongBeforeAnybodyVotesOnIt() throws Exception {
    for (String id : List.of("Seoul", "-seoul", ".seoul", "seo ul", "s".repeat(33), "")) {
      assertThat(run("describe", "--id", id)).as(id).isEqualTo(Main.USAGE);
      assertThat(output).contains("hospital id");
    }
    assertThat(describe("st.mary-2")).endsWith("st.mary-2.json");
    assertThat(
            deploy(
                chain.url().toString(),
                "1337",
                key("st.mary-2").toString(),
                dir.resolve("st.mary-2.json").toString()))
        .as(output)
        .isEqualTo(Main.DONE);
    read("hospitals");
    assertThat(output).contains("st.mary-2 (Hospital st.mary-2), active");
  }

  @Test
  void refusesWhoHasNoSay() throws Exception {
    deployed();
    String busan = describe("busan");
    assertThat(as("busan", "admit", busan)).isEqualTo(Main.REFUSED);
    assertThat(output).contains("SenderNotMember");
    assertThat(as("seoul-publisher", "suspend", "seoul")).isEqualTo(Main.USAGE);
    assertThat(as("seoul", "approve", "1")).isEqualTo(Main.USAGE);
    assertThat(output).contains("no proposal with number 1");
    assertThat(as("seoul", "suspend", "seoul")).isEqualTo(Main.REFUSED);
    assertThat(output).contains("LastActiveMember");
  }

  @Test
  void deploysOnlyToTheChainThatWasMeant() throws Exception {
    String seoul = describe("seoul");
    String key = key("seoul").toString();
    assertThat(deploy(chain.url().toString(), "1", key, seoul)).isEqualTo(Main.UNAVAILABLE);
    assertThat(output).contains("chain 1337, want 1");
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    assertThat(deploy("http://127.0.0.1:" + free, "1337", key, seoul)).isEqualTo(Main.UNAVAILABLE);
    try (Anvil dear = Anvil.start()) {
      dear.rpc("anvil_setNextBlockBaseFeePerGas", "0x7");
      dear.mine();
      assertThat(deploy(dear.url().toString(), "1337", key, seoul)).isEqualTo(Main.UNAVAILABLE);
      assertThat(output).contains("gas is not free");
    }
    assertThat(ledger).doesNotExist();
    Files.writeString(ledger, "kept");
    assertThat(deploy(chain.url().toString(), "1337", key, seoul)).isEqualTo(Main.USAGE);
    assertThat(ledger).hasContent("kept");
  }

  @Test
  void asksNoNodeOfAnotherChain() throws Exception {
    deployed();
    try (Anvil other = Anvil.start("--timestamp", "1700000000")) {
      String url = other.url().toString();
      assertThat(run("status", "--rpc", url, "--ledger", ledger.toString()))
          .isEqualTo(Main.UNAVAILABLE);
      assertThat(output).contains("OTHER_CHAIN");
    }
  }

  @Test
  void refusesKeysThatEverybodyHasOnARealChain() throws Exception {
    TestKey first =
        new TestKey(
            new BigInteger("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80", 16));
    Path known = dir.resolve("known.key");
    Files.writeString(known, LightKeystore.of(first, "correct horse"));
    assertThat(deploy(chain.url().toString(), "4711", known.toString(), describe("seoul")))
        .isEqualTo(Main.USAGE);
    assertThat(output).contains("documentation of development tools");
  }

  @Test
  void keepsKeysPrivateAndOverwritesNone() throws Exception {
    done("keygen", "--out", key("one").toString(), "--password-file", password.toString());
    assertThat(Keystore.open(key("one"), password).account()).hasToString(output.strip());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key("one"))))
        .isEqualTo("rw-------");
    String before = Files.readString(key("one"), UTF_8);
    assertThat(
            run("keygen", "--out", key("one").toString(), "--password-file", password.toString()))
        .isEqualTo(Main.USAGE);
    assertThat(key("one")).hasContent(before);
    Files.writeString(password, "short\n");
    assertThat(
            run("keygen", "--out", key("two").toString(), "--password-file", password.toString()))
        .isEqualTo(Main.USAGE);
    assertThat(key("two")).doesNotExist();
  }

  @Test
  void makesALogsKeyOnceForTheServerToTake() {
    String data = dir.resolve("data").toString();
    done("log-key", "--data-directory", data, "--origin", "seoul.example/log");
    String vkey = output.strip();
    assertThat(vkey).startsWith("seoul.example/log+");
    done("log-key", "--data-directory", data, "--origin", "seoul.example/log");
    assertThat(output.strip()).isEqualTo(vkey);
    assertThat(run("log-key", "--data-directory", data, "--origin", "other.example/log"))
        .isEqualTo(Main.USAGE);
  }

  @Test
  void saysWhatIsWrongWithTheCommand() throws Exception {
    deployed();
    assertThat(run()).isEqualTo(Main.USAGE);
    assertThat(run("admit")).isEqualTo(Main.USAGE);
    String url = chain.url().toString();
    assertThat(run("status", "--rpc", url, "--ledger", dir.resolve("none").toString()))
        .isEqualTo(Main.USAGE);
    assertThat(run("readmit", "seoul", "--rpc", url, "--ledger", ledger.toString()))
        .isEqualTo(Main.USAGE);
    assertThat(output).contains("say whose key signs");
    Path bad = Files.writeString(dir.resolve("bad.json"), "{\"format\":\"sillok-hospital-v1\"}");
    assertThat(as("seoul", "admit", bad.toString())).isEqualTo(Main.USAGE);
    for (String command : List.of("keygen", "describe", "deploy", "admit", "approve", "suspend")) {
      done(command, "--help");
      assertThat(output).contains("Usage: sillok ledger " + command, "Exit status");
    }
  }
}
