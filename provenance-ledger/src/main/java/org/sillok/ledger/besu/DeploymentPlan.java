package org.sillok.ledger.besu;

import java.util.HexFormat;
import java.util.List;
import org.sillok.ledger.besu.rpc.Node;
import org.sillok.ledger.besu.sign.SignedTransaction;
import org.sillok.merkle.Hash;

/**
 * A deployment that is signed, so that it can be sent as often as it takes and happens once. As
 * text it has a line for each component; nothing in it is secret.
 *
 * @param chainId of the chain for which it is signed
 * @param founders hash of the contracts' creation code with the founders
 * @param transaction hash of the transaction
 * @param signed its bytes, in hexadecimal
 */
public record DeploymentPlan(long chainId, Hash founders, Hash transaction, String signed) {

  private static final String FORMAT = "sillok-deployment-v1";

  static DeploymentPlan of(long chainId, Hash founders, SignedTransaction transaction) {
    return new DeploymentPlan(
        chainId, founders, transaction.hash(), HexFormat.of().formatHex(transaction.toBytes()));
  }

  /**
   * @throws IllegalArgumentException if it is not what {@link #text} writes
   */
  public static DeploymentPlan parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.size() != 5 || !lines.get(0).equals(FORMAT)) {
      throw new IllegalArgumentException("a deployment's plan is five lines, of " + FORMAT);
    }
    return new DeploymentPlan(
        Long.parseLong(lines.get(1)),
        Hash.ofHex(lines.get(2)),
        Hash.ofHex(lines.get(3)),
        lines.get(4));
  }

  public String text() {
    return String.join("\n", FORMAT, "" + chainId, "" + founders, "" + transaction, signed) + "\n";
  }

  org.sillok.ledger.besu.rpc.SendAnswer send(Node node) {
    return node.send(HexFormat.of().parseHex(signed));
  }
}
