package org.sillok.ledger.besu.block;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.sillok.ledger.Address;
import org.sillok.ledger.PatientSignature;
import org.sillok.ledger.eip712.Signer;
import org.sillok.merkle.Hash;

/**
 * The field {@code extraData} of a header on a QBFT chain, as Besu writes it: vanity, validators,
 * vote, round, and the seals of those who committed to the block. Immutable.
 */
public final class QbftExtra {

  private static final int FIELDS = 5;
  private static final int ROUND = 3;
  private static final int SEALS = 4;
  private static final byte[] NO_ROUND = Rlp.number(BigInteger.ZERO);
  private static final byte[] NO_SEALS = Rlp.list(List.of());

  private final List<byte[]> fields;
  private final Set<String> validators;

  private QbftExtra(List<byte[]> fields) {
    this.fields = List.copyOf(fields);
    this.validators =
        Rlp.items(fields.get(1)).stream()
            .map(item -> Address.of(Rlp.content(item)).toString())
            .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Empty if it has another form: then the chain is none of QBFT. */
  public static Optional<QbftExtra> read(byte[] extraData) {
    try {
      List<byte[]> fields = Rlp.items(extraData);
      return fields.size() == FIELDS && Arrays.equals(Rlp.list(fields), extraData)
          ? Optional.of(new QbftExtra(fields))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whose turn it was to agree on this block, by address; empty if a contract names them. */
  public Set<String> validators() {
    return Set.copyOf(validators);
  }

  /** What the block's hash is made with. */
  public byte[] forHash() {
    return with(NO_ROUND);
  }

  /** What the validators have signed with. */
  public byte[] forSeals() {
    return with(fields.get(ROUND));
  }

  private byte[] with(byte[] round) {
    List<byte[]> unsealed = new ArrayList<>(fields.subList(0, ROUND));
    unsealed.add(round);
    unsealed.add(NO_SEALS);
    return Rlp.list(unsealed);
  }

  /**
   * Who has signed, each once; also accounts that are no validators, which anybody can make up.
   *
   * @param digest the hash of the header with {@link #forSeals}
   * @throws IllegalArgumentException if a seal is no signature
   */
  public Set<String> signers(Hash digest) {
    Set<String> signers = new TreeSet<>();
    for (byte[] item : Rlp.items(fields.get(SEALS))) {
      signers.add(Signer.recover(digest, signature(Rlp.content(item))).toString());
    }
    return signers;
  }

  /** Besu has 0 or 1 for v, and takes either of the two possible values of s. */
  private static PatientSignature signature(byte[] seal) {
    if (seal.length != PatientSignature.SIZE || (seal[64] != 0 && seal[64] != 1)) {
      throw new IllegalArgumentException("a seal is r, s and a v of 0 or 1");
    }
    byte[] bytes = seal.clone();
    bytes[64] += 27;
    return Signer.lowS(PatientSignature.of(bytes));
  }
}
