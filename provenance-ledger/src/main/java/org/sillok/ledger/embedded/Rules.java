package org.sillok.ledger.embedded;

import org.sillok.ledger.LedgerRefusedException;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.SigningDomain;
import org.sillok.ledger.block.Block;
import org.sillok.ledger.block.LedgerTransaction;
import org.sillok.ledger.block.LedgerTransaction.AmendConsent;
import org.sillok.ledger.block.LedgerTransaction.AnnounceEmergency;
import org.sillok.ledger.block.LedgerTransaction.CastVote;
import org.sillok.ledger.block.LedgerTransaction.ChangeEndpoint;
import org.sillok.ledger.block.LedgerTransaction.ChangeLogVkey;
import org.sillok.ledger.block.LedgerTransaction.ChangePublisher;
import org.sillok.ledger.block.LedgerTransaction.ChangeTokenKeys;
import org.sillok.ledger.block.LedgerTransaction.Execute;
import org.sillok.ledger.block.LedgerTransaction.Found;
import org.sillok.ledger.block.LedgerTransaction.GrantConsent;
import org.sillok.ledger.block.LedgerTransaction.Propose;
import org.sillok.ledger.block.LedgerTransaction.Publish;
import org.sillok.ledger.block.LedgerTransaction.RecordConsent;
import org.sillok.ledger.block.LedgerTransaction.RegisterPatientKey;
import org.sillok.ledger.block.LedgerTransaction.RetirePatientKey;
import org.sillok.ledger.block.LedgerTransaction.RevokeConsent;
import org.sillok.ledger.block.LedgerTransaction.RevokeSigned;
import org.sillok.ledger.block.LedgerTransaction.SuspendSelf;

/** Applies a block to a state: the whole of what the ledger allows. Reads nothing else. */
final class Rules {

  private Rules() {}

  /**
   * Changes {@code state} as the block's transaction asks.
   *
   * @return the block's receipt, or the receipt of the earlier block that did the same, in which
   *     case nothing is changed
   * @throws LedgerRefusedException if a rule forbids it; the state may then be half changed
   */
  static Receipt apply(Block block, State state) {
    LedgerTransaction transaction = block.transaction();
    if (transaction instanceof Publish publish) {
      return CheckpointRules.publish(block, state, publish);
    }
    if (transaction instanceof Found founding) {
      new Members(state).found(founding);
    } else {
      change(block, transaction, state);
    }
    return block.receipt();
  }

  /** What patients of the ledger that starts with this block's genesis sign for. */
  static SigningDomain domain(Block block) {
    return SigningDomain.of(
        Block.chainId(block.genesisHash()), Block.contract(block.genesisHash()));
  }

  private static void change(Block block, LedgerTransaction transaction, State state) {
    OwnerRules owner = new OwnerRules(block, state);
    Governance governance = new Governance(block, state);
    ConsentRules consents = new ConsentRules(block, state);
    PatientRules patients = new PatientRules(block, state);
    if (transaction instanceof Propose propose) {
      governance.propose(propose.motion());
    } else if (transaction instanceof CastVote vote) {
      governance.vote(vote.proposal(), vote.motion());
    } else if (transaction instanceof Execute execute) {
      governance.execute(execute.proposal());
    } else if (transaction instanceof SuspendSelf suspend) {
      owner.suspendSelf(suspend.hospital());
    } else if (transaction instanceof ChangeEndpoint change) {
      owner.changeEndpoint(change);
    } else if (transaction instanceof ChangePublisher change) {
      owner.changePublisher(change);
    } else if (transaction instanceof ChangeLogVkey change) {
      owner.changeLogVkey(change);
    } else if (transaction instanceof ChangeTokenKeys change) {
      owner.changeTokenKeys(change);
    } else if (transaction instanceof RecordConsent record) {
      consents.record(record);
    } else if (transaction instanceof AmendConsent amend) {
      consents.amend(amend);
    } else if (transaction instanceof RevokeConsent revoke) {
      consents.revoke(revoke.consent());
    } else if (transaction instanceof AnnounceEmergency announce) {
      consents.announce(announce.commitment());
    } else if (transaction instanceof RegisterPatientKey register) {
      patients.register(register.registration(), register.signature());
    } else if (transaction instanceof RetirePatientKey retire) {
      patients.retire(retire.custodian(), retire.key());
    } else if (transaction instanceof GrantConsent grant) {
      patients.grant(grant.grant(), grant.signature());
    } else if (transaction instanceof RevokeSigned revoke) {
      patients.revoke(revoke.revocation(), revoke.signature());
    } else {
      throw new IllegalArgumentException("no rule for " + transaction);
    }
  }
}
