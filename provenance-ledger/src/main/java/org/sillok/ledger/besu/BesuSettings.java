package org.sillok.ledger.besu;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.sillok.ledger.Address;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.besu.rpc.RpcSettings;
import org.sillok.ledger.besu.send.SendSettings;

/**
 * How this hospital reaches and follows the chain.
 *
 * @param confirmations blocks on top of one before it counts: 0 on QBFT, whose blocks are final
 * @param staleAfter age of the newest block from which on nothing is decided by it
 * @param custodian whose consents are held in memory, for decisions
 * @param validators of QBFT, whose blocks count whoever has sealed those before: empty unless
 *     people have replaced validators that could not vote any more
 * @param followAnew drops what was followed so far and begins again
 */
public record BesuSettings(
    RpcSettings rpc,
    SendSettings sending,
    int confirmations,
    Duration staleAfter,
    Optional<HospitalId> custodian,
    Set<Address> validators,
    boolean followAnew) {

  public BesuSettings {
    validators = Set.copyOf(validators);
    if (confirmations < 0 || staleAfter.isNegative() || staleAfter.isZero()) {
      throw new IllegalArgumentException(
          "confirmations count from 0 and staleAfter is more than nothing, got "
              + confirmations
              + " and "
              + staleAfter);
    }
  }

  /** Of a QBFT chain with blocks of about a second; stale after half a minute. */
  public static BesuSettings of(RpcSettings rpc) {
    return new BesuSettings(
        rpc, SendSettings.DEFAULT, 0, Duration.ofSeconds(30), Optional.empty(), Set.of(), false);
  }

  public BesuSettings withSending(SendSettings other) {
    return new BesuSettings(
        rpc, other, confirmations, staleAfter, custodian, validators, followAnew);
  }

  public BesuSettings withConfirmations(int blocks) {
    return new BesuSettings(rpc, sending, blocks, staleAfter, custodian, validators, followAnew);
  }

  public BesuSettings withStaleAfter(Duration age) {
    return new BesuSettings(rpc, sending, confirmations, age, custodian, validators, followAnew);
  }

  public BesuSettings withCustodian(HospitalId id) {
    return new BesuSettings(
        rpc, sending, confirmations, staleAfter, Optional.of(id), validators, followAnew);
  }

  public BesuSettings withValidators(Set<Address> trusted) {
    return new BesuSettings(
        rpc, sending, confirmations, staleAfter, custodian, trusted, followAnew);
  }

  public BesuSettings withFollowAnew(boolean drop) {
    return new BesuSettings(rpc, sending, confirmations, staleAfter, custodian, validators, drop);
  }
}
