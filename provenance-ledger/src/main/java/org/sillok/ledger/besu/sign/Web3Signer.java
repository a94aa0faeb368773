package org.sillok.ledger.besu.sign;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sillok.ledger.Address;
import org.sillok.ledger.besu.rpc.Hex;
import org.sillok.ledger.besu.rpc.JsonRpc;
import org.sillok.ledger.besu.rpc.JsonRpc.Request;
import org.sillok.ledger.besu.rpc.RpcException;

/**
 * Lets a Consensys Web3Signer in its eth1 mode sign ({@code eth_signTransaction}), so that the key
 * stays in a vault or an HSM. It has to be started for this chain's id.
 */
public final class Web3Signer implements TransactionSigner {

  private final JsonRpc server;
  private final Address account;

  public Web3Signer(JsonRpc server, Address account) {
    this.server = server;
    this.account = account;
  }

  @Override
  public Address account() {
    return account;
  }

  @Override
  public SignedTransaction sign(UnsignedTransaction transaction) {
    try {
      String raw =
          server
              .call(new Request("eth_signTransaction", java.util.List.of(json(transaction))))
              .asText();
      return SignedTransaction.of(HexFormat.of().parseHex(strip(raw)), transaction, account);
    } catch (RpcException | IllegalArgumentException e) {
      throw new SigningException("the signing server did not sign: " + e.getMessage(), e);
    }
  }

  private static String strip(String hex) {
    return hex.startsWith("0x") ? hex.substring(2) : hex;
  }

  private Map<String, String> json(UnsignedTransaction transaction) {
    Map<String, String> json = new LinkedHashMap<>();
    json.put("from", account.toString());
    if (transaction.to() != null) {
      json.put("to", transaction.to().toString());
    }
    json.put("nonce", Hex.of(transaction.nonce()));
    json.put("gasPrice", "0x0");
    json.put("gas", Hex.of(transaction.gas()));
    json.put("value", "0x0");
    json.put("data", transaction.data());
    return json;
  }
}
