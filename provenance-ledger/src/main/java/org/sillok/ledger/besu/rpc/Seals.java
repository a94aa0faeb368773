package org.sillok.ledger.besu.rpc;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.sillok.ledger.Address;

/**
 * Whether a block is one that the chain's validators have agreed on: two thirds of those whom it
 * names have sealed it, and more than a third of those of an earlier block that is trusted are
 * among them. Of these at least one is honest as long as not more than a third of them are
 * otherwise, and agrees to no block with a wrong list. Trust so comes from the genesis block, whose
 * hash is known. On a chain without QBFT's headers there is nothing to check.
 */
public final class Seals {

  private final Set<String> trusted;

  /**
   * @param trusted validators whose blocks count even if those of before do not agree: after more
   *     than a third was lost and people have put others in their place. Mostly empty
   */
  Seals(Set<Address> trusted) {
    this.trusted =
        trusted.stream().map(Address::toString).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether a chain that begins with this block has seals. */
  static boolean areOn(Header genesis) {
    return !genesis.validators().isEmpty();
  }

  /**
   * @param from a block of our chain
   * @param claimed a later one, or the same
   * @throws NodeUnreachableException if it is not sealed as it has to be, or a block between that
   *     would tell is not there
   */
  public void require(Node node, Header from, Header claimed) {
    if (!areOn(from) || claimed.hash().equals(from.hash()) || follows(from, claimed)) {
      return;
    }
    long between = claimed.number() - from.number();
    if (between <= 1) {
      throw new NodeUnreachableException(
          node.url() + ": block " + claimed.number() + " is not sealed by the chain's validators");
    }
    // The validators have changed by and by: somewhere between enough of both are in office.
    Header middle = node.presentHeader(from.number() + between / 2);
    require(node, from, middle);
    require(node, middle, claimed);
  }

  private boolean follows(Header from, Header claimed) {
    Set<String> validators = claimed.validators();
    Set<String> signers = new TreeSet<>(claimed.signers());
    signers.retainAll(validators);
    if (validators.isEmpty() || signers.size() < quorum(validators.size())) {
      return false;
    }
    Set<String> before = from.validators();
    if (validators.equals(before) || validators.equals(trusted)) {
      return true;
    }
    signers.retainAll(before);
    return signers.size() > (before.size() - 1) / 3;
  }

  /** As Besu counts: 3 of 4, 4 of 5, 4 of 6, 5 of 7. */
  private static int quorum(int validators) {
    return (2 * validators + 2) / 3;
  }
}
