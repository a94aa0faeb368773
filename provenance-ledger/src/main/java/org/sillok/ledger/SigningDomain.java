package org.sillok.ledger;

/** The EIP-712 domain that patients sign for: a signature counts on this ledger and on no other. */
public record SigningDomain(String name, String version, long chainId, Address verifyingContract) {

  /** The domain of the consent registry at {@code contract} on chain {@code chainId}. */
  public static SigningDomain of(long chainId, Address contract) {
    return new SigningDomain("Sillok", "1", chainId, contract);
  }
}
