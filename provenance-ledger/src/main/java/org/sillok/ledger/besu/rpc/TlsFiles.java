package org.sillok.ledger.besu.rpc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Stores for HTTPS, PKCS #12 or JKS, each with its password in a file of its own.
 *
 * @param trust certificates that nodes may show; null for the JDK's
 * @param client this client's certificate and key; null for none
 */
public record TlsFiles(@Nullable Store trust, @Nullable Store client) {

  /** The JDK's certificates, no client certificate. */
  public static final TlsFiles NONE = new TlsFiles(null, null);

  /** A key store file and the file that has its password in the first line. */
  public record Store(Path file, Path passwordFile) {

    private KeyStore load(char[] password) throws IOException, GeneralSecurityException {
      try (InputStream in = Files.newInputStream(file)) {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(in, password);
        return store;
      }
    }

    private char[] password() throws IOException {
      return Files.readString(passwordFile, StandardCharsets.UTF_8).strip().toCharArray();
    }
  }

  /**
   * @throws IllegalArgumentException if a store cannot be read with its password
   */
  SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(), trusted(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "the stores for HTTPS cannot be used: " + e.getMessage(), e);
    }
  }

  private javax.net.ssl.KeyManager @Nullable [] keys()
      throws IOException, GeneralSecurityException {
    if (client == null) {
      return null;
    }
    char[] password = client.password();
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(client.load(password), password);
      return keys.getKeyManagers();
    } finally {
      Arrays.fill(password, ' ');
    }
  }

  private javax.net.ssl.TrustManager @Nullable [] trusted()
      throws IOException, GeneralSecurityException {
    if (trust == null) {
      return null;
    }
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(trust.load(trust.password()));
    return trusted.getTrustManagers();
  }
}
