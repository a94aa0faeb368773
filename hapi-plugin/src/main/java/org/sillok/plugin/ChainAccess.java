package org.sillok.plugin;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sillok.ledger.Address;
import org.sillok.ledger.besu.BesuSettings;
import org.sillok.ledger.besu.rpc.HttpTransport;
import org.sillok.ledger.besu.rpc.JsonRpc;
import org.sillok.ledger.besu.rpc.LedgerFile;
import org.sillok.ledger.besu.rpc.RpcSettings;
import org.sillok.ledger.besu.rpc.TlsFiles;
import org.sillok.ledger.besu.sign.Keystore;
import org.sillok.ledger.besu.sign.PublicKeys;
import org.sillok.ledger.besu.sign.SigningException;
import org.sillok.ledger.besu.sign.TransactionSigner;
import org.sillok.ledger.besu.sign.Web3Signer;
import org.sillok.plugin.SillokProperties.LedgerChoice;

/**
 * What the settings for a ledger on a chain come to. Files are read and keys opened; no node is
 * asked, so that a server starts while the chain is away.
 *
 * @param signer has the publisher's key
 */
record ChainAccess(LedgerFile file, BesuSettings settings, TransactionSigner signer) {

  /**
   * @throws InvalidSettingException naming the property that is missing or does not fit
   */
  static ChainAccess of(SillokProperties properties) {
    if (properties.hospital().id() == null) {
      throw wrong("hospital.id", "this hospital's id on the ledger", null);
    }
    LedgerChoice choice = properties.ledger();
    LedgerFile file = file(choice.file());
    RpcSettings rpc = rpc(choice);
    BesuSettings settings =
        BesuSettings.of(rpc)
            .withConfirmations(choice.confirmations())
            .withStaleAfter(choice.staleAfter())
            .withCustodian(LedgerConfiguration.hospitalId(properties))
            .withValidators(validators(choice.validators()))
            .withFollowAnew(choice.followAnew());
    return new ChainAccess(file, settings, signer(choice, rpc, file.chainId()));
  }

  private static LedgerFile file(@Nullable Path file) {
    String property = "ledger.file";
    if (file == null) {
      throw wrong(property, "the members' ledger.json", null);
    }
    try {
      return LedgerFile.parse(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw wrong(property, "a file that this server's user can read", file);
    } catch (IllegalArgumentException e) {
      throw wrong(property, "the members' ledger.json (" + e.getMessage() + ")", file);
    }
  }

  private static RpcSettings rpc(LedgerChoice choice) {
    if (choice.rpcUrls().isEmpty()) {
      throw wrong("ledger.rpc-urls", "at least one URL of a node of the chain", null);
    }
    RpcSettings settings;
    try {
      settings = RpcSettings.of(choice.rpcUrls());
    } catch (IllegalArgumentException e) {
      throw wrong("ledger.rpc-urls", "URLs (" + e.getMessage() + ")", choice.rpcUrls());
    }
    TlsFiles tls =
        new TlsFiles(
            store("ledger.trust-store", choice.trustStore(), choice.trustStorePasswordFile()),
            store(
                "ledger.client-key-store",
                choice.clientKeyStore(),
                choice.clientKeyStorePasswordFile()));
    Path token = choice.tokenFile();
    if (token != null && !Files.isReadable(token)) {
      throw wrong("ledger.token-file", "a file that this server's user can read", token);
    }
    settings = settings.withTls(tls);
    try {
      return token == null ? settings : settings.withToken(token);
    } catch (IllegalArgumentException e) {
      throw wrong("ledger.rpc-urls", "https (" + e.getMessage() + ")", choice.rpcUrls());
    }
  }

  private static Set<Address> validators(List<String> addresses) {
    try {
      return addresses.stream().map(Address::parse).collect(Collectors.toSet());
    } catch (IllegalArgumentException e) {
      throw wrong("ledger.validators", "addresses (" + e.getMessage() + ")", addresses);
    }
  }

  private static TlsFiles.@Nullable Store store(
      String property, @Nullable Path file, @Nullable Path password) {
    if (file == null && password == null) {
      return null;
    }
    if (file == null || !Files.isReadable(file)) {
      throw wrong(property, "a file that this server's user can read", file);
    }
    if (password == null || !Files.isReadable(password)) {
      throw wrong(property + "-password-file", "a file with the store's password", password);
    }
    return new TlsFiles.Store(file, password);
  }

  private static TransactionSigner signer(LedgerChoice choice, RpcSettings rpc, long chainId) {
    URI url = choice.signerUrl();
    boolean remote = url != null;
    if (url != null && choice.keystore() != null) {
      throw wrong(
          "ledger.signer-url",
          "no keystore beside it: one of them has the key",
          choice.signerUrl());
    }
    TransactionSigner signer =
        url == null ? local(choice) : remote(url, choice.signerAccount(), rpc);
    try {
      PublicKeys.refuse(signer.account(), chainId);
    } catch (IllegalArgumentException e) {
      throw wrong(
          remote ? "ledger.signer-account" : "ledger.keystore",
          "a key that nobody else has (" + e.getMessage() + ")",
          signer.account());
    }
    return signer;
  }

  private static TransactionSigner local(LedgerChoice choice) {
    Path keystore = choice.keystore();
    Path password = choice.keystorePasswordFile();
    if (keystore == null) {
      throw wrong("ledger.keystore", "the publisher's key (or ledger.signer-url its signer)", null);
    }
    if (password == null) {
      throw wrong("ledger.keystore-password-file", "a file with the keystore's password", null);
    }
    try {
      return Keystore.open(keystore, password);
    } catch (SigningException e) {
      throw wrong(
          "ledger.keystore", "a keystore and its password (" + e.getMessage() + ")", keystore);
    }
  }

  private static TransactionSigner remote(URI url, @Nullable String account, RpcSettings rpc) {
    if (account == null) {
      throw wrong("ledger.signer-account", "the address of the publisher's key", null);
    }
    try {
      RpcSettings settings = RpcSettings.of(List.of(url)).withTls(rpc.tls());
      return new Web3Signer(new JsonRpc(new HttpTransport(settings), url), Address.parse(account));
    } catch (IllegalArgumentException e) {
      throw wrong(
          "ledger.signer-url",
          "a Web3Signer, with ledger.signer-account (" + e.getMessage() + ")",
          url);
    }
  }

  private static InvalidSettingException wrong(
      String property, String wanted, @Nullable Object got) {
    return SillokProperties.wrong(property, wanted, got == null ? "nothing" : got);
  }
}
