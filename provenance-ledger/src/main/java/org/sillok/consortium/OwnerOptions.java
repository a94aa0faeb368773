package org.sillok.consortium;

import java.io.PrintWriter;
import org.sillok.ledger.besu.sign.TransactionSigner;
import picocli.CommandLine.Mixin;

/** Who acts on which ledger. */
final class OwnerOptions {

  @Mixin LedgerOptions ledger = new LedgerOptions();
  @Mixin SignerOptions by = new SignerOptions();

  Governance governance(PrintWriter out, Ballot ballot) {
    long chainId = ledger.read().chainId();
    TransactionSigner signer = by.signer(ledger.chain.settings(), chainId);
    // A node is looked for once: what is sent must not be sent again through another one.
    Members members = ledger.ask(fit -> fit);
    return new Governance(members, new ChainWriter(members.node(), chainId, signer), ballot, out);
  }
}
