package org.sillok.testdata.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.sillok.faults.Anvil;
import org.sillok.ledger.Address;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LogVkey;
import org.sillok.ledger.Motion;
import org.sillok.ledger.TokenKeys;
import org.sillok.ledger.besu.BesuLedger;
import org.sillok.ledger.besu.BesuSettings;
import org.sillok.ledger.besu.Deployment;
import org.sillok.ledger.besu.rpc.LedgerFile;
import org.sillok.ledger.besu.rpc.RpcSettings;
import org.sillok.ledger.besu.sign.KeySigner;
import org.sillok.ledger.besu.sign.TransactionSigner;

/** A ledger and its members, whose keys follow from their names. Thread-safe. */
public final class Consortium {

  /** More of them do not fit into the one transaction that deploys. */
  private static final int FOUNDERS = 10;

  private final LedgerFile file;
  private final Map<Address, TransactionSigner> signers = new HashMap<>();

  /**
   * One that exists.
   *
   * @param members names of the hospitals
   */
  public Consortium(LedgerFile file, List<String> members) {
    this.file = file;
    for (String name : members) {
      for (KeySigner signer : List.of(owner(name), publisher(name))) {
        signers.put(signer.account(), signer);
      }
    }
  }

  /**
   * Deploys the contracts: the first members found the ledger, the others are admitted by their
   * votes.
   */
  public static Consortium found(URI node, List<Hospital> members) {
    List<String> names = members.stream().map(member -> member.id().value()).toList();
    int few = Math.min(FOUNDERS, members.size());
    LedgerFile file =
        new Deployment(RpcSettings.of(List.of(node)), Duration.ofMinutes(1))
            .deploy(Anvil.CHAIN_ID, new KeySigner(secret("the deployer")), members.subList(0, few));
    Consortium consortium = new Consortium(file, names);
    JdbcConnectionPool database = Tables.memory();
    try {
      BesuLedger ledger = consortium.open(BesuSettings.of(RpcSettings.of(List.of(node))), database);
      for (int next = few; next < members.size(); next++) {
        decide(ledger, new Motion.Admit(members.get(next)), names.subList(0, next));
      }
    } finally {
      database.dispose();
    }
    return consortium;
  }

  /**
   * As many votes as it takes.
   *
   * @param electorate the active members that vote
   */
  public static void decide(BesuLedger ledger, Motion motion, List<String> electorate) {
    Address proposer = owner(electorate.get(0)).account();
    long number = ledger.hospitals().propose(proposer, motion).number();
    for (int voter = 1; voter <= electorate.size() / 2; voter++) {
      ledger.hospitals().vote(owner(electorate.get(voter)).account(), number, motion);
    }
    ledger.hospitals().execute(proposer, number);
  }

  /** A member of that name, as the registry has it. */
  public static Hospital hospital(String name, LogVkey log) {
    return new Hospital(
        new HospitalId(name),
        "Hospital of " + name,
        URI.create("https://" + name + ".example/fhir"),
        owner(name).account(),
        publisher(name).account(),
        log,
        TokenKeys.NONE,
        true);
  }

  public static KeySigner owner(String name) {
    return new KeySigner(secret("owner of " + name));
  }

  public static KeySigner publisher(String name) {
    return new KeySigner(secret("publisher of " + name));
  }

  private static BigInteger secret(String text) {
    try {
      return new BigInteger(1, MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public LedgerFile file() {
    return file;
  }

  /** A server's way to the ledger, with every member's keys. */
  public BesuLedger open(BesuSettings settings, DataSource database) {
    return BesuLedger.open(
        file,
        settings,
        database,
        account -> Optional.ofNullable(signers.get(account)),
        InstantSource.system());
  }
}
