package org.sillok.ledger.besu.abi;

import java.util.List;
import java.util.Optional;
import org.sillok.ledger.Address;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogRecord;
import org.sillok.ledger.Proposal;
import org.sillok.ledger.besu.rpc.Hex;
import org.sillok.ledger.besu.rpc.NodeUnreachableException;
import org.sillok.merkle.Hash;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.abi.datatypes.generated.Uint64;

/**
 * Questions that the contracts answer without a transaction: the data of the call, and what its
 * answer means. An answer of another form is no answer of these contracts ({@link
 * NodeUnreachableException}).
 */
public final class Views {

  private static final TypeReference<Bytes32> BYTES32 = new TypeReference<>() {};
  private static final TypeReference<Uint64> UINT64 = new TypeReference<>() {};
  private static final TypeReference<Uint32> UINT32 = new TypeReference<>() {};
  private static final TypeReference<org.web3j.abi.datatypes.Address> ADDRESS =
      new TypeReference<>() {};
  private static final TypeReference<DynamicArray<Bytes32>> IDS = new TypeReference<>() {};
  private static final TypeReference<ProposalTuple> PROPOSAL = new TypeReference<>() {};
  private static final TypeReference<LogTuple> LOG = new TypeReference<>() {};
  private static final TypeReference<HospitalTuple> HOSPITAL = new TypeReference<>() {};

  private Views() {}

  /** A root that was accepted, and in which block. */
  public record Accepted(Hash root, long block) {}

  public static String checkpointAt(LogId log, long size) {
    return call(
        "checkpointAt", Words.word(log.hospital()), Words.word(log.number()), Words.word(size));
  }

  /** Empty if no head of this size was accepted. */
  public static Optional<Accepted> accepted(byte[] answer) {
    return read(
        answer,
        List.of(UINT64, BYTES32, UINT64),
        values -> {
          long block = Words.number((Uint64) values.get(2));
          return block == 0
              ? Optional.empty()
              : Optional.of(new Accepted(Words.hash((Bytes32) values.get(1)), block));
        });
  }

  public static String logRecord(LogId log) {
    return call("logRecord", Words.word(log.hospital()), Words.word(log.number()));
  }

  /** Empty if there is no such log. */
  public static Optional<LogRecord> log(LogId id, byte[] answer) {
    return read(
        answer,
        List.of(LOG),
        values ->
            Optional.of((LogTuple) values.get(0))
                .filter(LogTuple::isThere)
                .map(tuple -> tuple.log(id)));
  }

  public static String logCount(HospitalId hospital) {
    return call("logCount", Words.word(hospital));
  }

  public static int count(byte[] answer) {
    return read(
        answer, List.of(UINT32), values -> Math.toIntExact(Words.number((Uint32) values.get(0))));
  }

  /** The contract that an answer names. */
  public static Address address(byte[] answer) {
    return read(
        answer,
        List.of(ADDRESS),
        values -> Words.address((org.web3j.abi.datatypes.Address) values.get(0)));
  }

  /** The ids of all hospitals that were ever admitted. */
  public static String hospitalIds() {
    return call("hospitalIds");
  }

  @SuppressWarnings("unchecked")
  public static List<HospitalId> ids(byte[] answer) {
    return read(
        answer,
        List.of(IDS),
        values ->
            ((DynamicArray<Bytes32>) values.get(0))
                .getValue().stream().map(Words::hospital).toList());
  }

  public static String proposalCount() {
    return call("proposalCount");
  }

  public static long number(byte[] answer) {
    return read(answer, List.of(UINT64), values -> Words.number((Uint64) values.get(0)));
  }

  public static String proposal(long number) {
    return call("proposal", Words.word(number));
  }

  /** A proposal that there is. */
  public static Proposal proposal(byte[] answer) {
    return read(answer, List.of(PROPOSAL), values -> ((ProposalTuple) values.get(0)).proposal());
  }

  public static String hospital(HospitalId hospital) {
    return call("hospital", Words.word(hospital));
  }

  public static Hospital hospital(byte[] answer) {
    return read(answer, List.of(HOSPITAL), values -> ((HospitalTuple) values.get(0)).hospital());
  }

  private interface Reader<T> {
    @SuppressWarnings("rawtypes")
    T read(List<Type> values);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <T> T read(byte[] answer, List<TypeReference<?>> types, Reader<T> reader) {
    try {
      List<TypeReference<Type>> raw = (List<TypeReference<Type>>) (List) types;
      return reader.read(FunctionReturnDecoder.decode(Hex.of(answer), raw));
    } catch (RuntimeException e) {
      throw new NodeUnreachableException("an answer that is none of the contract: " + e, e);
    }
  }

  @SuppressWarnings("rawtypes")
  private static String call(String name, Type... arguments) {
    return FunctionEncoder.encode(new Function(name, List.of(arguments), List.of()));
  }
}
