package org.sillok.consortium;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sillok.ledger.besu.rpc.RpcSettings;
import org.sillok.ledger.besu.rpc.TlsFiles;
import picocli.CommandLine.Option;

/** Where the chain is. */
final class ChainOptions {

  @Option(
      names = "--rpc",
      paramLabel = "URL",
      required = true,
      description = "JSON-RPC of a node; may be given several times, the first that is fit is used")
  List<URI> urls = new ArrayList<>();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Bearer token, for nodes that want one")
  @Nullable Path token;

  @Option(
      names = "--trust-store",
      paramLabel = "FILE",
      description = "Certificates that nodes may show (PKCS #12); default: Java's")
  @Nullable Path trustStore;

  @Option(names = "--trust-store-password-file", paramLabel = "FILE", description = "Its password")
  @Nullable Path trustStorePassword;

  @Option(
      names = "--client-key-store",
      paramLabel = "FILE",
      description = "This client's certificate and key (PKCS #12)")
  @Nullable Path clientKeys;

  @Option(
      names = "--client-key-store-password-file",
      paramLabel = "FILE",
      description = "Its password")
  @Nullable Path clientPassword;

  /**
   * @throws IllegalArgumentException if they do not go together
   */
  RpcSettings settings() {
    RpcSettings settings =
        RpcSettings.of(urls)
            .withTls(
                new TlsFiles(
                    store("--trust-store", trustStore, trustStorePassword),
                    store("--client-key-store", clientKeys, clientPassword)));
    return token == null ? settings : settings.withToken(token);
  }

  private static TlsFiles.@Nullable Store store(
      String option, @Nullable Path file, @Nullable Path password) {
    if (file == null && password == null) {
      return null;
    }
    if (file == null || password == null) {
      throw new IllegalArgumentException(option + " and " + option + "-password-file go together");
    }
    return new TlsFiles.Store(file, password);
  }
}
