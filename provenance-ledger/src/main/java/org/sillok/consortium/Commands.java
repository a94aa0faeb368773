package org.sillok.consortium;

import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sillok.ledger.Address;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LogRecord;
import org.sillok.ledger.LogVkey;
import org.sillok.ledger.Motion;
import org.sillok.ledger.TokenKeys;
import org.sillok.ledger.besu.Deployment;
import org.sillok.ledger.besu.DeploymentPlan;
import org.sillok.ledger.besu.abi.Calls;
import org.sillok.ledger.besu.rpc.BlockHeader;
import org.sillok.ledger.besu.rpc.LedgerFile;
import org.sillok.ledger.besu.sign.Keystore;
import org.sillok.ledger.eip712.Signer;
import org.sillok.log.KeyDirectory;
import org.sillok.log.LogKeys;
import org.sillok.note.SignerKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code sillok-ledger} can do; each command's help says what for. */
@Command(
    name = "sillok ledger",
    description = "Begins and governs a ledger that hospitals share on a chain.",
    synopsisSubcommandLabel = "COMMAND")
final class Commands {

  private static final BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

  private final SecureRandom random;
  private final Ballot ballot;
  @Spec private @Nullable CommandSpec spec;

  Commands(SecureRandom random, Ballot ballot) {
    this.random = random;
    this.ballot = ballot;
  }

  @Command(
      name = "keygen",
      description = "Makes a key for an owner or a publisher, and prints its address.")
  void keygen(
      @Option(names = "--out", paramLabel = "FILE", required = true, description = "Keystore")
          Path out,
      @Option(
              names = "--password-file",
              paramLabel = "FILE",
              required = true,
              description = "File with a password in its first line")
          Path password)
      throws IOException {
    String word = Files.readString(password, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    if (word.length() < 8) {
      throw new IllegalArgumentException(password + " has no password of 8 characters or more");
    }
    BigInteger key;
    do {
      key = new BigInteger(256, random);
    } while (key.signum() == 0 || key.compareTo(ORDER) >= 0);
    Files.createFile(
        out, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(out, Keystore.encrypt(key, word, random), StandardOpenOption.WRITE);
    say(Signer.address(key).toString());
  }

  @Command(
      name = "log-key",
      description = {
        "Prints the key of a hospital's log from its server's data directory.",
        "Makes it if it is not there: the server takes it at its first start, so that the hospital"
            + " can be admitted before.",
        "With --another it makes a further key beside it, for change-log-key (the same origin) or"
            + " successor (a new one): the server signs with it once the ledger names it."
      })
  void logKey(
      @Option(names = "--data-directory", required = true, description = "sillok.data-directory")
          Path directory,
      @Option(
              names = "--origin",
              required = true,
              description = "The log's name for ever, such as log.example.org/hospital-a")
          String origin,
      @Option(names = "--another", description = "A further key") boolean another) {
    LogKeys keys = new LogKeys(new KeyDirectory(directory), random);
    SignerKey key = another ? keys.another(origin) : keys.log(() -> origin);
    String vkey = key.verifier().toString();
    if (!new LogVkey(vkey).origin().equals(origin)) {
      throw new IllegalArgumentException("the log of " + directory + " is " + vkey);
    }
    say(vkey);
  }

  @Command(
      name = "describe",
      description = {
        "Writes the file that a hospital gives to the members, so that they admit it.",
        "Everything in it is public."
      })
  void describe(
      @Option(
              names = "--id",
              required = true,
              description = "1 to 32 of a-z 0-9 . -, beginning with a letter or a digit")
          HospitalId id,
      @Option(names = "--name", required = true, description = "For people") String name,
      @Option(names = "--fhir-base-url", required = true, description = "As others reach it")
          URI url,
      @Option(names = "--owner", required = true, description = "Address of the owner key")
          Address owner,
      @Option(names = "--publisher", required = true, description = "Address of the publisher key")
          Address publisher,
      @Option(
              names = "--log-vkey",
              required = true,
              description = "What log-key or its server's /ledger/log.vkey says, or a file with it")
          String vkey,
      @Option(names = "--token-keys", paramLabel = "FILE", description = "JWKS document")
          @Nullable Path tokenKeys,
      @Parameters(paramLabel = "FILE", description = "What to write") Path out)
      throws IOException {
    TokenKeys keys = tokenKeys == null ? null : TokenKeys.of(Files.readAllBytes(tokenKeys));
    Candidate candidate =
        new Candidate(Candidate.FORMAT, id, name, url, owner, publisher, vkey(vkey), keys);
    Files.writeString(out, Candidate.parse(candidate.toJson()).toJson());
    say("written to " + out + ": " + Wording.of(candidate.hospital()));
  }

  @Command(
      name = "deploy",
      description = {
        "Creates the ledger's three contracts with the first members, in one transaction.",
        "Writes the file that every server and verifier is pointed to.",
        "Ended before that, the same command goes on where it was: what is sent is kept in a file"
            + " beside it (.plan) until the other one is written."
      })
  void deploy(
      @Mixin ChainOptions chain,
      @Mixin SignerOptions by,
      @Option(names = "--chain-id", required = true, description = "Which chain it must be")
          long chainId,
      @Option(names = "--out", defaultValue = LedgerOptions.FILE, description = "${DEFAULT-VALUE}")
          Path out,
      @Option(
              names = "--patience",
              defaultValue = "PT1M",
              description = "How long to wait for a block: ${DEFAULT-VALUE}")
          Duration patience,
      @Parameters(arity = "1..*", paramLabel = "HOSPITAL", description = "Files by describe")
          List<Path> founders)
      throws IOException {
    if (Files.exists(out)) {
      throw new IllegalArgumentException(out + " is there already; a ledger is deployed once");
    }
    List<Hospital> hospitals = founders.stream().map(Commands::candidate).toList();
    Deployment deployment = new Deployment(chain.settings(), patience);
    Path kept = out.resolveSibling(out.getFileName() + ".plan");
    DeploymentPlan plan =
        Files.exists(kept)
            ? resumed(kept, chainId, hospitals)
            : deployment.plan(chainId, by.signer(chain.settings(), chainId), hospitals);
    // Before it is sent: whatever happens then, the same command goes on with the same transaction.
    Files.writeString(kept, plan.text());
    LedgerFile ledger = deployment.carryOut(plan);
    Files.writeString(out, ledger.toJson());
    Files.delete(kept);
    say("deployed in block " + ledger.block() + " of chain " + chainId + "; written to " + out);
    hospitals.forEach(hospital -> say(Wording.of(hospital)));
    Wording.caution(hospitals.size()).ifPresent(caution -> say("note: " + caution));
  }

  private static DeploymentPlan resumed(Path kept, long chainId, List<Hospital> founders)
      throws IOException {
    DeploymentPlan plan = DeploymentPlan.parse(Files.readString(kept, StandardCharsets.UTF_8));
    if (plan.chainId() != chainId || !plan.founders().equals(Deployment.founders(founders))) {
      throw new IllegalArgumentException(
          kept
              + " is the plan of another deployment, begun and not ended; end it with the same"
              + " command as then, or delete the file if it never happened");
    }
    return plan;
  }

  @Command(name = "admit", description = "Proposes to take in a hospital, or votes for it.")
  void admit(
      @Mixin OwnerOptions owner,
      @Parameters(paramLabel = "HOSPITAL", description = "File by describe") Path file) {
    Hospital candidate = candidate(file);
    owner.governance(out(), ballot).put(new Motion.Admit(candidate));
  }

  @Command(
      name = "suspend",
      description = "Suspends the own hospital at once, or proposes to suspend another one.")
  void suspend(@Mixin OwnerOptions owner, @Parameters(paramLabel = "ID") HospitalId id) {
    Governance governance = owner.governance(out(), ballot);
    if (governance.own().equals(id)) {
      governance.change(id + " is suspended", Calls.suspendSelf(id));
    } else {
      governance.put(new Motion.Suspend(id));
    }
  }

  @Command(name = "readmit", description = "Proposes to end a suspension, or votes for it.")
  void readmit(@Mixin OwnerOptions owner, @Parameters(paramLabel = "ID") HospitalId id) {
    owner.governance(out(), ballot).put(new Motion.Readmit(id));
  }

  @Command(
      name = "replace-owner",
      description = "Proposes another owner key for a hospital that lost its own, or votes for it.")
  void replaceOwner(
      @Mixin OwnerOptions owner,
      @Parameters(paramLabel = "ID") HospitalId id,
      @Parameters(paramLabel = "ADDRESS") Address account) {
    owner.governance(out(), ballot).put(new Motion.ReplaceOwner(id, account));
  }

  @Command(
      name = "successor",
      description = {
        "Proposes to close the own log, whose leaves are truly lost, at the head that the ledger"
            + " has, and to open its successor. Everybody will see the break."
      })
  void successor(
      @Mixin OwnerOptions owner,
      @Option(names = "--log-vkey", required = true, description = "Key of the new log")
          String vkey) {
    Governance governance = owner.governance(out(), ballot);
    LogRecord log = governance.openLog();
    governance.put(new Motion.ReplaceLog(log.id(), log.head(), vkey(vkey)));
  }

  @Command(
      name = "approve",
      description = {
        "Shows a proposal, asks, votes for it, and does it if the majority is reached.",
        "The vote counts for what was shown, and for nothing else."
      })
  void approve(
      @Mixin OwnerOptions owner,
      @Option(names = "--yes", description = "Vote without asking, after reading it elsewhere")
          boolean yes,
      @Parameters(paramLabel = "NUMBER") long number) {
    owner.governance(out(), ballot).approve(number, yes);
  }

  @Command(
      name = "execute",
      description =
          "Does what has been decided; needed only if membership changed after the votes.")
  void execute(@Mixin OwnerOptions owner, @Parameters(paramLabel = "NUMBER") long number) {
    owner.governance(out(), ballot).execute(number);
  }

  @Command(name = "change-endpoint", description = "Changes the own hospital's name and URL.")
  void changeEndpoint(
      @Mixin OwnerOptions owner,
      @Option(names = "--name", required = true) String name,
      @Option(names = "--fhir-base-url", required = true) URI url) {
    Governance governance = owner.governance(out(), ballot);
    governance.change(
        "name and URL are changed", Calls.changeEndpoint(governance.own(), name, url));
  }

  @Command(name = "change-publisher", description = "Changes the own hospital's publisher key.")
  void changePublisher(
      @Mixin OwnerOptions owner, @Parameters(paramLabel = "ADDRESS") Address publisher) {
    Governance governance = owner.governance(out(), ballot);
    governance.change(
        "the publisher key is changed", Calls.changePublisher(governance.own(), publisher));
  }

  @Command(name = "change-log-key", description = "Changes the key of the own open log.")
  void changeLogKey(
      @Mixin OwnerOptions owner,
      @Parameters(paramLabel = "VKEY", description = "Key or file; its origin stays the same")
          String vkey) {
    Governance governance = owner.governance(out(), ballot);
    governance.change(
        "the log's key is changed", Calls.changeLogVkey(governance.own(), vkey(vkey)));
  }

  @Command(name = "change-token-keys", description = "Changes the own hospital's token keys.")
  void changeTokenKeys(
      @Mixin OwnerOptions owner,
      @Parameters(paramLabel = "JWKS", description = "File with the JWKS document") Path jwks)
      throws IOException {
    TokenKeys keys = TokenKeys.of(Files.readAllBytes(jwks));
    Governance governance = owner.governance(out(), ballot);
    governance.change("the token keys are changed", Calls.changeTokenKeys(governance.own(), keys));
  }

  @Command(name = "hospitals", description = "Lists the members, active and suspended.")
  void hospitals(@Mixin LedgerOptions ledger) {
    ledger.ask(Members::hospitals).forEach(hospital -> say(Wording.of(hospital)));
  }

  @Command(
      name = "status",
      description = "Tells how the chain stands, each log's newest head, and the open proposals.")
  void status(@Mixin LedgerOptions ledger) {
    ledger.ask(Commands::status).forEach(this::say);
  }

  private static List<String> status(Members members) {
    BlockHeader head = members.node().latest();
    List<String> lines = new ArrayList<>();
    lines.add("chain " + members.ledger().chainId() + " by " + members.node().url());
    lines.add("block " + head.number() + " of " + head.time());
    lines.add("contracts as this version has them, from block " + members.ledger().block());
    List<Hospital> hospitals = members.hospitals();
    for (Hospital hospital : hospitals) {
      LogRecord log = members.openLog(hospital.id());
      lines.add(
          hospital.id()
              + (hospital.active() ? "" : ", suspended")
              + ": log "
              + log.id()
              + " at "
              + log.head());
    }
    Wording.caution(hospitals.stream().filter(Hospital::active).count())
        .ifPresent(caution -> lines.add("note: " + caution));
    members.proposals().stream()
        .filter(proposal -> Members.isOpen(proposal, head))
        .forEach(
            proposal ->
                lines.add(
                    "open proposal "
                        + proposal.number()
                        + ", votes by "
                        + proposal.votes().stream().map(vote -> vote.hospital().value()).toList()
                        + ", until "
                        + proposal.expires()
                        + ": "
                        + Wording.of(proposal.motion())));
    return lines;
  }

  private static Hospital candidate(Path file) {
    try {
      return Candidate.parse(Files.readString(file, StandardCharsets.UTF_8)).hospital();
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file, e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  /** A key, or the name of a file that has it. */
  private static LogVkey vkey(String keyOrFile) {
    try {
      Path file = Path.of(keyOrFile);
      return new LogVkey(
          Files.isRegularFile(file)
              ? Files.readString(file, StandardCharsets.UTF_8).strip()
              : keyOrFile);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + keyOrFile, e);
    }
  }

  private void say(String line) {
    out().println(line);
    out().flush();
  }

  private PrintWriter out() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets it");
    }
    return spec.commandLine().getOut();
  }
}
