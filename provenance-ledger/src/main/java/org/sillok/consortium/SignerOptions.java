package org.sillok.consortium;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sillok.ledger.Address;
import org.sillok.ledger.besu.rpc.HttpTransport;
import org.sillok.ledger.besu.rpc.JsonRpc;
import org.sillok.ledger.besu.rpc.RpcSettings;
import org.sillok.ledger.besu.sign.Keystore;
import org.sillok.ledger.besu.sign.PublicKeys;
import org.sillok.ledger.besu.sign.TransactionSigner;
import org.sillok.ledger.besu.sign.Web3Signer;
import picocli.CommandLine.Option;

/** Whose key signs. */
final class SignerOptions {

  @Option(
      names = "--keystore",
      paramLabel = "FILE",
      description = "Keystore with the owner's key (keygen makes one)")
  @Nullable Path keystore;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "File with its password in the first line")
  @Nullable Path password;

  @Option(
      names = "--signer-url",
      paramLabel = "URL",
      description = "Web3Signer (eth1) that has the key instead")
  @Nullable URI signer;

  @Option(
      names = "--account",
      paramLabel = "ADDRESS",
      description = "The key's address, with --signer-url")
  @Nullable Address account;

  /**
   * @param rpc settings whose trust and client certificate hold for the signer too
   * @throws IllegalArgumentException if it is not said whose key, or if everybody has it
   */
  TransactionSigner signer(RpcSettings rpc, long chainId) {
    TransactionSigner chosen = chosen(rpc);
    PublicKeys.refuse(chosen.account(), chainId);
    return chosen;
  }

  private TransactionSigner chosen(RpcSettings rpc) {
    if (keystore != null && password != null && signer == null && account == null) {
      return Keystore.open(keystore, password);
    }
    if (signer != null && account != null && keystore == null && password == null) {
      RpcSettings settings = RpcSettings.of(List.of(signer)).withTls(rpc.tls());
      return new Web3Signer(new JsonRpc(new HttpTransport(settings), signer), account);
    }
    throw new IllegalArgumentException(
        "say whose key signs: --keystore and --password-file, or --signer-url and --account");
  }
}
