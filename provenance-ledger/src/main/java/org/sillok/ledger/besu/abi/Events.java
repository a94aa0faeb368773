package org.sillok.ledger.besu.abi;

import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.sillok.ledger.ConsentId;
import org.sillok.ledger.ConsentKey;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogVkey;
import org.sillok.ledger.TokenKeys;
import org.sillok.ledger.TreeHead;
import org.sillok.ledger.besu.rpc.ChainLog;
import org.sillok.merkle.Hash;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint64;

/** Logs of the three contracts as what they mean. */
public final class Events {

  private static final String HOSPITAL =
      "(bytes32,string,string,address,address,bool,string,bytes)";
  private static final String MOTION =
      "(uint8,bytes32," + HOSPITAL + ",address,uint32,uint64,bytes32,string)";

  private static final TypeReference<Bytes32> BYTES32 = new TypeReference<>() {};
  private static final TypeReference<Uint64> UINT64 = new TypeReference<>() {};
  private static final TypeReference<Address> ADDRESS = new TypeReference<>() {};
  private static final TypeReference<Utf8String> STRING = new TypeReference<>() {};
  private static final TypeReference<DynamicBytes> BYTES = new TypeReference<>() {};
  private static final TypeReference<Bool> BOOL = new TypeReference<>() {};
  private static final TypeReference<HospitalTuple> HOSPITAL_TUPLE = new TypeReference<>() {};
  private static final TypeReference<MotionTuple> MOTION_TUPLE = new TypeReference<>() {};

  /** One event's fields: indexed ones by {@code topic}, from 1, the others by {@code data}. */
  private record Fields(List<Hash> topics, @SuppressWarnings("rawtypes") List<Type> values) {

    Hash topic(int i) {
      return topics.get(i);
    }

    <T> T data(int i, Class<T> type) {
      return type.cast(values.get(i));
    }

    String text(int i) {
      return data(i, Utf8String.class).getValue();
    }

    Hash hash(int i) {
      return Words.hash(data(i, Bytes32.class));
    }

    long number(int i) {
      return Words.number(data(i, Uint64.class));
    }

    org.sillok.ledger.Address address(int i) {
      return Words.address(data(i, Address.class));
    }

    ConsentKey consent() {
      return new ConsentKey(Words.hospital(topic(1)), new ConsentId(topic(2)));
    }

    LogId log() {
      return new LogId(Words.hospital(topic(1)), Math.toIntExact(Words.number(topic(2))));
    }
  }

  private interface Reader {
    LedgerEvent read(Fields fields);
  }

  private record Kind(List<TypeReference<?>> types, Reader reader) {}

  private static final Map<Hash, Kind> KINDS = new HashMap<>();

  static {
    on(
        "HospitalAdmitted(bytes32," + HOSPITAL + ")",
        f -> new LedgerEvent.HospitalAdmitted(f.data(0, HospitalTuple.class).hospital()),
        HOSPITAL_TUPLE);
    on(
        "HospitalSuspended(bytes32)",
        f -> new LedgerEvent.HospitalSuspended(Words.hospital(f.topic(1))));
    on(
        "HospitalReadmitted(bytes32)",
        f -> new LedgerEvent.HospitalReadmitted(Words.hospital(f.topic(1))));
    on(
        "OwnerReplaced(bytes32,address)",
        f -> new LedgerEvent.OwnerReplaced(Words.hospital(f.topic(1)), f.address(0)),
        ADDRESS);
    on(
        "EndpointChanged(bytes32,string,string)",
        f ->
            new LedgerEvent.EndpointChanged(
                Words.hospital(f.topic(1)), f.text(0), URI.create(f.text(1))),
        STRING,
        STRING);
    on(
        "PublisherChanged(bytes32,address)",
        f -> new LedgerEvent.PublisherChanged(Words.hospital(f.topic(1)), f.address(0)),
        ADDRESS);
    on(
        "LogVkeyChanged(bytes32,string)",
        f -> new LedgerEvent.LogVkeyChanged(Words.hospital(f.topic(1)), new LogVkey(f.text(0))),
        STRING);
    on(
        "TokenKeysChanged(bytes32,bytes)",
        f ->
            new LedgerEvent.TokenKeysChanged(
                Words.hospital(f.topic(1)), TokenKeys.of(f.data(0, DynamicBytes.class).getValue())),
        BYTES);
    on(
        "MotionProposed(uint64,bytes32,address,uint64," + MOTION + ")",
        f ->
            new LedgerEvent.MotionProposed(
                Words.number(f.topic(1)),
                f.data(1, MotionTuple.class).motion(),
                Words.address(f.topic(3)),
                Instant.ofEpochSecond(f.number(0))),
        UINT64,
        MOTION_TUPLE);
    on(
        "VoteCast(uint64,bytes32,address)",
        f ->
            new LedgerEvent.VoteCast(
                Words.number(f.topic(1)), Words.hospital(f.topic(2)), f.address(0)),
        ADDRESS);
    on(
        "MotionCarried(uint64,bytes32)",
        f -> new LedgerEvent.MotionCarried(Words.number(f.topic(1))));
    on(
        "LogOpened(bytes32,uint32,string,uint64,bytes32)",
        f ->
            new LedgerEvent.LogOpened(
                f.log(),
                f.text(0),
                f.log().number() == 1 ? null : new TreeHead(f.number(1), f.hash(2))),
        STRING,
        UINT64,
        BYTES32);
    on(
        "CheckpointPublished(bytes32,uint32,uint64,bytes32)",
        f ->
            new LedgerEvent.CheckpointPublished(
                f.log(), new TreeHead(Words.number(f.topic(3)), f.hash(0))),
        BYTES32);
    on(
        "ConsentRecorded(bytes32,bytes32,bytes32,uint64)",
        f ->
            new LedgerEvent.ConsentRecorded(
                f.consent(), f.hash(0), Words.expiry(f.data(1, Uint64.class))),
        BYTES32,
        UINT64);
    on(
        "ConsentAmended(bytes32,bytes32,bytes32,uint64,uint64)",
        f ->
            new LedgerEvent.ConsentAmended(
                f.consent(), f.hash(0), Words.expiry(f.data(1, Uint64.class)), f.number(2)),
        BYTES32,
        UINT64,
        UINT64);
    on(
        "ConsentGranted(bytes32,bytes32,address,bytes32,uint64,uint64,uint64)",
        f ->
            new LedgerEvent.ConsentGranted(
                f.consent(),
                Words.address(f.topic(3)),
                f.hash(0),
                Words.expiry(f.data(1, Uint64.class)),
                f.number(2),
                f.number(3)),
        BYTES32,
        UINT64,
        UINT64,
        UINT64);
    on(
        "ConsentWithdrawn(bytes32,bytes32,bool)",
        f -> new LedgerEvent.ConsentWithdrawn(f.consent()),
        BOOL);
    on(
        "PatientKeyRegistered(bytes32,address)",
        f ->
            new LedgerEvent.PatientKeyRegistered(
                Words.hospital(f.topic(1)), Words.address(f.topic(2))));
    on(
        "PatientKeyTakenOut(bytes32,address)",
        f ->
            new LedgerEvent.PatientKeyTakenOut(
                Words.hospital(f.topic(1)), Words.address(f.topic(2))));
    on(
        "EmergencyAnnounced(bytes32,bytes32)",
        f -> new LedgerEvent.EmergencyAnnounced(Words.hospital(f.topic(1)), f.hash(0)),
        BYTES32);
  }

  private Events() {}

  private static void on(String signature, Reader reader, TypeReference<?>... data) {
    KINDS.put(topic(signature), new Kind(List.of(data), reader));
  }

  static Hash topic(String signature) {
    return Hash.of(
        org.web3j.crypto.Hash.sha3(signature.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
  }

  /** The consent that an event is about, if it is about one. */
  public static Optional<ConsentKey> consent(LedgerEvent event) {
    if (event instanceof LedgerEvent.ConsentRecorded e) {
      return Optional.of(e.consent());
    } else if (event instanceof LedgerEvent.ConsentAmended e) {
      return Optional.of(e.consent());
    } else if (event instanceof LedgerEvent.ConsentGranted e) {
      return Optional.of(e.consent());
    } else if (event instanceof LedgerEvent.ConsentWithdrawn e) {
      return Optional.of(e.consent());
    }
    return Optional.empty();
  }

  /** A hospital's id as a topic has it. */
  public static Hash topic(HospitalId hospital) {
    return Words.hash(Words.word(hospital));
  }

  /** The first topics of all events that are understood. */
  static Set<Hash> topics() {
    return Set.copyOf(KINDS.keySet());
  }

  /**
   * What a log of the ledger's contracts means; empty for an event that this version does not know.
   *
   * @throws IllegalArgumentException if its fields are not those of the event
   */
  public static Optional<LedgerEvent> read(ChainLog log) {
    if (log.topics().isEmpty()) {
      return Optional.empty();
    }
    return Optional.ofNullable(KINDS.get(log.topics().get(0)))
        .map(
            kind -> {
              try {
                return kind.reader().read(new Fields(log.topics(), data(log, kind)));
              } catch (RuntimeException e) {
                throw new IllegalArgumentException(
                    "log " + log.index() + " of block " + log.blockNumber() + ": " + e, e);
              }
            });
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static List<Type> data(ChainLog log, Kind kind) {
    List<TypeReference<Type>> types =
        Stream.of(kind.types().toArray()).map(type -> (TypeReference<Type>) type).toList();
    return FunctionReturnDecoder.decode(log.data(), types);
  }
}
