package org.sillok.ledger.embedded;

import org.sillok.ledger.Address;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LedgerRefusedException;
import org.sillok.ledger.LogVkey;
import org.sillok.ledger.Rule;
import org.sillok.ledger.block.Block;
import org.sillok.ledger.block.LedgerTransaction.ChangeEndpoint;
import org.sillok.ledger.block.LedgerTransaction.ChangeLogVkey;
import org.sillok.ledger.block.LedgerTransaction.ChangePublisher;
import org.sillok.ledger.block.LedgerTransaction.ChangeTokenKeys;

/** What a hospital's owner key does alone, suspended or not. */
final class OwnerRules {

  private final Address sender;
  private final Members members;

  OwnerRules(Block block, State state) {
    this.sender = block.from();
    this.members = new Members(state);
  }

  void suspendSelf(HospitalId id) {
    Hospital hospital = members.ownedBy(sender, id);
    if (!hospital.active()) {
      throw new LedgerRefusedException(Rule.MEMBERSHIP_UNCHANGED, "suspended", "active");
    }
    if (members.active().size() == 1) {
      throw new LedgerRefusedException(Rule.LAST_ACTIVE_MEMBER, id, "another active member");
    }
    members.put(hospital.withActive(false));
  }

  void changeEndpoint(ChangeEndpoint change) {
    Hospital hospital = members.ownedBy(sender, change.hospital());
    members.put(hospital.withEndpoint(change.name(), change.fhirBaseUrl()));
  }

  void changePublisher(ChangePublisher change) {
    Hospital hospital = members.ownedBy(sender, change.hospital());
    members.requireUnused(change.publisher());
    members.put(hospital.withPublisher(change.publisher()));
  }

  void changeLogVkey(ChangeLogVkey change) {
    Hospital hospital = members.ownedBy(sender, change.hospital());
    LogVkey now = hospital.logVkey();
    if (!now.origin().equals(change.vkey().origin())) {
      throw new LedgerRefusedException(Rule.LOG_ORIGIN_FIXED, change.vkey().origin(), now.origin());
    }
    members.put(hospital.withLogVkey(change.vkey()));
  }

  void changeTokenKeys(ChangeTokenKeys change) {
    Hospital hospital = members.ownedBy(sender, change.hospital());
    members.put(hospital.withTokenKeys(change.keys()));
  }
}
