package org.sillok.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sillok.canonical.CanonicalFormException;
import org.sillok.canonical.CanonicalJson;
import org.sillok.canonical.Commitment;
import org.sillok.canonical.Nonce;
import org.sillok.ledger.Address;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LogId;
import org.sillok.ledger.TreeHead;
import org.sillok.ledger.block.Block;
import org.sillok.ledger.block.LedgerSigningKey;
import org.sillok.ledger.block.LedgerTransaction;
import org.sillok.ledger.block.SignedBlock;
import org.sillok.log.Cause;
import org.sillok.log.Entry;
import org.sillok.log.ResourceVersion;
import org.sillok.merkle.Hash;
import org.sillok.merkle.Rfc6962;
import org.sillok.merkle.TiledTree;
import org.sillok.merkle.TreeAppender;
import org.sillok.note.Checkpoint;
import org.sillok.note.SignerKey;
import org.sillok.note.TlogProof;

/** A small log with a published checkpoint, the same bytes at every run. */
public final class EvidenceFixture {

  public static final int SIZE = 7;
  public static final int INDEX = 2;
  public static final Nonce NONCE = Nonce.of(bytes(99));
  public static final SignerKey LOG_KEY = logKey("hospital.example/log", 1);
  public static final LedgerSigningKey LEDGER_KEY = LedgerSigningKey.ofSeed(bytes(2));
  public static final String READ =
      "{\"resourceType\":\"Observation\",\"id\":\"7\",\"meta\":{\"versionId\":\"3\","
          + "\"tag\":[{\"system\":\"urn:s\",\"code\":\"t\"}]},\"status\":\"final\","
          + "\"code\":{\"text\":\"혈압\"},\"valueQuantity\":{\"value\":1.00}}";

  private static final Instant TIME = Instant.parse("2026-11-22T03:04:05.678Z");
  private static final Hash GENESIS = Hash.of(bytes(3));
  private static final LogId LOG = LogId.first(new HospitalId("seoul"));

  private final List<String> entries = new ArrayList<>();
  private final Map<String, byte[]> tiles = new HashMap<>();
  private final TreeAppender appender = new TreeAppender(this::tile, 0);

  private EvidenceFixture() {}

  public static byte[] bytes(int seed) {
    byte[] bytes = new byte[32];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  public static SignerKey logKey(String origin, int seed) {
    return SignerKey.generate(
        origin,
        new SecureRandom() {
          private static final long serialVersionUID = 1;

          @Override
          public void nextBytes(byte[] target) {
            new Random(seed).nextBytes(target);
          }
        });
  }

  /** Evidence of a version with all that there can be. */
  public static Evidence complete() {
    return of(LOG_KEY, LEDGER_KEY, head -> head);
  }

  public static Evidence of(
      SignerKey log, LedgerSigningKey ledger, UnaryOperator<TreeHead> published) {
    return of(log, ledger, published, "anonymous");
  }

  /** Complete, of another action. */
  public static Evidence complete(Entry.Action action) {
    return of(LOG_KEY, LEDGER_KEY, head -> head, "anonymous", action);
  }

  /** In a log whose other entries are of another agent. */
  public static Evidence of(
      SignerKey log, LedgerSigningKey ledger, UnaryOperator<TreeHead> published, String agent) {
    return of(log, ledger, published, agent, Entry.Action.UPDATE);
  }

  private static Evidence of(
      SignerKey log,
      LedgerSigningKey ledger,
      UnaryOperator<TreeHead> published,
      String agent,
      Entry.Action action) {
    EvidenceFixture fixture = new EvidenceFixture();
    for (int i = 0; i < SIZE; i++) {
      fixture.add((i == INDEX ? entry(action) : other(i, agent)).toJson());
    }
    Checkpoint checkpoint = new Checkpoint(log.verifier().name(), SIZE, fixture.appender.root());
    TlogProof proof =
        new TlogProof(
            INDEX,
            new TiledTree(fixture::tile).inclusion(INDEX, SIZE).path(),
            checkpoint.sign(log));
    TreeHead head = published.apply(new TreeHead(SIZE, checkpoint.root()));
    return new Evidence(
        Evidence.FORMAT,
        fixture.entries.get(INDEX),
        NONCE.toHex(),
        canonical(READ),
        proof.toString(),
        log.toString(),
        publication(new LedgerTransaction.Publish(LOG, head, 0, List.of()), head, ledger));
  }

  static Publication publication(
      LedgerTransaction transaction, TreeHead head, LedgerSigningKey key) {
    Block block =
        new Block(
            Block.FORMAT,
            GENESIS,
            12,
            Hash.of(bytes(4)),
            Instant.parse("2026-11-22T03:04:10Z"),
            Address.of(Arrays.copyOf(bytes(5), Address.SIZE)),
            transaction);
    return new Publication(
        block.receipt(),
        LOG,
        head.size(),
        head.root(),
        SignedBlock.sign(block, key),
        key.publicKey().toString());
  }

  private static Entry other(int index, String agent) {
    Cause cause = new Cause("request-" + index, agent, "update");
    return Entry.expunge(
        new ResourceVersion("Patient", "p" + index, 1), TIME, cause, Nonce.of(bytes(index)));
  }

  private static Entry entry(Entry.Action action) {
    Cause cause = new Cause("request-" + INDEX, "anonymous", "update");
    return Entry.of(
        action, new ResourceVersion("Observation", "7", 3), TIME, cause, commitment(READ));
  }

  static Commitment commitment(String content) {
    return Commitment.of(NONCE, canonical(content).getBytes(UTF_8));
  }

  private static String canonical(String content) {
    try {
      return new String(CanonicalJson.ofResource(content), UTF_8);
    } catch (CanonicalFormException e) {
      throw new AssertionError(e);
    }
  }

  private void add(String entry) {
    entries.add(entry);
    appender
        .append(List.of(Rfc6962.leaf(entry.getBytes(UTF_8))))
        .forEach(tile -> tiles.put(tile.level() + "/" + tile.index(), tile.toBytes()));
  }

  private byte[] tile(int level, long index) {
    byte @Nullable [] tile = tiles.get(level + "/" + index);
    return tile == null ? new byte[0] : tile;
  }

  public static Evidence with(
      Evidence evidence, @Nullable String proof, @Nullable Publication publication) {
    return new Evidence(
        evidence.format(),
        evidence.entry(),
        evidence.nonce(),
        evidence.content(),
        proof,
        evidence.vkey(),
        publication);
  }

  /** The complete evidence with one string in place of another, which must be there. */
  public static String edited(String from, String to) {
    String json = complete().toJson();
    if (!json.contains(from)) {
      throw new AssertionError("not in the evidence: " + from);
    }
    return json.replace(from, to);
  }

  /** The complete evidence with its proof edited. */
  public static String withProof(UnaryOperator<String> edit) {
    Evidence evidence = complete();
    return with(evidence, edit.apply(evidence.proof()), evidence.ledger()).toJson();
  }

  public static String withoutLedger() {
    return with(complete(), complete().proof(), null).toJson();
  }

  public static String withoutPlace() {
    return with(complete(), null, null).toJson();
  }
}
