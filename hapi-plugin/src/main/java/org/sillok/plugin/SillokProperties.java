package org.sillok.plugin;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * All settings of Sillok.
 *
 * @param enabled whether Sillok is there at all; false leaves a plain HAPI server
 * @param dataDirectory where the keys are kept; back it up apart from the database
 * @param hospital who this server is on the ledger
 * @param log the hospital's log
 * @param sequencer how entries get their places in the log
 * @param anchor how tree heads get to the ledger
 * @param ledger which ledger to publish on
 * @param sweep how everything stored is compared with the log again and again
 * @param provenance the Provenance resources that the server writes about what is anchored
 */
@ConfigurationProperties("sillok")
public record SillokProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("./data/sillok") Path dataDirectory,
    @DefaultValue Hospital hospital,
    @DefaultValue Log log,
    @DefaultValue Sequencing sequencer,
    @DefaultValue Anchoring anchor,
    @DefaultValue LedgerChoice ledger,
    @DefaultValue Sweep sweep,
    @DefaultValue Attributing provenance) {

  /**
   * @param id short name on the ledger: 1 to 32 of a-z, 0-9, '.' and '-', first a letter or digit
   * @param name for people
   */
  public record Hospital(@Nullable String id, @Nullable String name) {

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9.-]{0,31}");

    public Hospital {
      if (id != null && !ID.matcher(id).matches()) {
        throw wrong("hospital.id", "1 to 32 of a-z, 0-9, '.' and '-', first a letter or digit", id);
      }
    }
  }

  /**
   * @param origin the log's name in its checkpoints, such as {@code log.example.org/hospital-a};
   *     made at first start if not given, and fixed from then on
   */
  public record Log(@Nullable String origin) {

    // C2SP tlog-checkpoint: a schema-less URL; signed notes allow neither spaces nor plus signs in
    // a key name.
    private static final Pattern ORIGIN = Pattern.compile("[^\\s+]{1,255}");

    public Log {
      if (origin != null && !ORIGIN.matcher(origin).matches()) {
        throw wrong(
            "log.origin",
            "a name without white space or '+', such as log.example.org/hospital-a",
            origin);
      }
    }
  }

  /**
   * @param interval how long the sequencer rests after a batch with room left
   * @param batchSize entries placed in one database transaction
   */
  public record Sequencing(
      @DefaultValue("500ms") Duration interval, @DefaultValue("1000") int batchSize) {

    public Sequencing {
      requirePositive("sequencer.interval", interval);
      requirePositive("sequencer.batch-size", batchSize);
    }
  }

  /**
   * @param interval the longest time that a new tree head waits for its publication
   * @param batchSize so many new leaves are published without waiting for the interval
   */
  public record Anchoring(
      @DefaultValue("5s") Duration interval, @DefaultValue("10000") int batchSize) {

    public Anchoring {
      requirePositive("anchor.interval", interval);
      requirePositive("anchor.batch-size", batchSize);
    }
  }

  /**
   * Which ledger, and for {@code besu} how it is reached. {@link ChainAccess} looks at what belongs
   * together.
   *
   * @param type {@code embedded}: in the server's own database, for a first look or a single
   *     hospital; {@code besu}: on the chain that hospitals share
   * @param file the members' {@code ledger.json}
   * @param rpcUrls JSON-RPC of the chain's nodes, in order of preference
   * @param keystore the publisher's key (Web3 Secret Storage), unless a signer has it
   * @param keystorePasswordFile has the keystore's password in its first line
   * @param signerUrl a Web3Signer (eth1) that has the publisher's key
   * @param signerAccount address of the publisher's key at the signer
   * @param trustStore certificates that nodes and signer may show (PKCS #12 or JKS); Java's if not
   *     given
   * @param trustStorePasswordFile its password
   * @param clientKeyStore this server's certificate and key for nodes and signer
   * @param clientKeyStorePasswordFile its password
   * @param tokenFile bearer token for the nodes, read anew at each request
   * @param confirmations blocks on top of one before it counts; 0 on QBFT
   * @param staleAfter age of the newest block from which on nothing is decided by the chain
   * @param validators addresses of QBFT's validators, after people have replaced some without a
   *     vote
   * @param followAnew drops what was followed of the chain, and what this hospital remembers of it,
   *     at this start
   */
  public record LedgerChoice(
      @DefaultValue("embedded") Type type,
      @Nullable Path file,
      @DefaultValue List<URI> rpcUrls,
      @Nullable Path keystore,
      @Nullable Path keystorePasswordFile,
      @Nullable URI signerUrl,
      @Nullable String signerAccount,
      @Nullable Path trustStore,
      @Nullable Path trustStorePasswordFile,
      @Nullable Path clientKeyStore,
      @Nullable Path clientKeyStorePasswordFile,
      @Nullable Path tokenFile,
      @DefaultValue("0") int confirmations,
      @DefaultValue("30s") Duration staleAfter,
      @DefaultValue List<String> validators,
      @DefaultValue("false") boolean followAnew) {

    /** The implementations. */
    public enum Type {
      EMBEDDED,
      BESU
    }

    public LedgerChoice {
      rpcUrls = List.copyOf(rpcUrls);
      validators = List.copyOf(validators);
      requirePositive("ledger.stale-after", staleAfter);
      if (confirmations < 0) {
        throw wrong("ledger.confirmations", "a number of at least 0", confirmations);
      }
    }
  }

  /**
   * @param enabled whether this server takes part; checks that somebody asks for are done anyway
   * @param interval from the end of one walk over everything to the beginning of the next
   * @param versionsPerSecond how fast it may go: rows of versions and entries together
   */
  public record Sweep(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("1h") Duration interval,
      @DefaultValue("200") int versionsPerSecond) {

    public Sweep {
      requirePositive("sweep.interval", interval);
      requirePositive("sweep.versions-per-second", versionsPerSecond);
    }
  }

  /**
   * @param enabled whether any are written; those that were stay readable and verifiable
   * @param interval how long to rest after each batch of at most 100 requests
   * @param delay how old an entry has to be before it is told of, so that the parts of a batch that
   *     are stored one after the other come together
   */
  public record Attributing(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("500ms") Duration interval,
      @DefaultValue("5s") Duration delay) {

    public Attributing {
      requirePositive("provenance.interval", interval);
      if (delay.isNegative()) {
        throw wrong("provenance.delay", "a duration, such as 5s", delay);
      }
    }
  }

  private static void requirePositive(String property, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw wrong(property, "a duration above zero, such as 5s", value);
    }
  }

  private static void requirePositive(String property, int value) {
    if (value < 1) {
      throw wrong(property, "a number of at least 1", value);
    }
  }

  static InvalidSettingException wrong(String property, String wanted, Object got) {
    return new InvalidSettingException("sillok." + property, wanted, String.valueOf(got));
  }
}
