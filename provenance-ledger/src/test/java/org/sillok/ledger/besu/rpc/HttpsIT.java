package org.sillok.ledger.besu.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node behind HTTPS that wants to see a client certificate. */
class HttpsIT {

  @TempDir private Path directory;
  private HttpsServer server;
  private TlsFiles.Store node;
  private TlsFiles.Store client;

  @BeforeEach
  void start() throws Exception {
    node = store("node", "CN=node", "san=ip:127.0.0.1");
    client = store("client", "CN=hospital", "san=dns:hospital.example");
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    SSLContext context = new TlsFiles(trusting("clients", client), node).context();
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = context.getDefaultSSLParameters();
            wanted.setNeedClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    server.createContext(
        "/",
        http -> {
          http.getRequestBody().readAllBytes();
          byte[] body =
              "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x539\"}"
                  .getBytes(StandardCharsets.UTF_8);
          http.sendResponseHeaders(200, body.length);
          http.getResponseBody().write(body);
          http.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private TlsFiles.Store store(String name, String subject, String extension) throws Exception {
    Path password = Files.writeString(directory.resolve(name + ".password"), "changeit\n");
    Path file = directory.resolve(name + ".p12");
    keytool(
        "-genkeypair",
        "-keyalg",
        "EC",
        "-alias",
        name,
        "-dname",
        subject,
        "-ext",
        extension,
        "-storetype",
        "PKCS12",
        "-storepass",
        "changeit",
        "-keystore",
        file.toString());
    return new TlsFiles.Store(file, password);
  }

  private TlsFiles.Store trusting(String name, TlsFiles.Store other) throws Exception {
    Path certificate = directory.resolve(name + ".pem");
    Path file = directory.resolve(name + ".p12");
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        alias(other),
        "-storepass",
        "changeit",
        "-keystore",
        other.file().toString(),
        "-file",
        certificate.toString());
    keytool(
        "-importcert",
        "-noprompt",
        "-alias",
        name,
        "-storetype",
        "PKCS12",
        "-storepass",
        "changeit",
        "-keystore",
        file.toString(),
        "-file",
        certificate.toString());
    return new TlsFiles.Store(file, other.passwordFile());
  }

  private static String alias(TlsFiles.Store store) {
    return store.file().getFileName().toString().replace(".p12", "");
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(said).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
  }

  private Node node(TlsFiles tls) {
    URI url = URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    RpcSettings settings =
        RpcSettings.of(List.of(url))
            .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(20))
            .withTls(tls);
    return new Node(new JsonRpc(new HttpTransport(settings), url));
  }

  @Test
  void asksWithItsCertificateANodeThatItTrusts() throws Exception {
    assertThat(node(new TlsFiles(trusting("nodes", node), client)).chainId()).isEqualTo(1337);
  }

  @Test
  void doesNotAskANodeThatItDoesNotTrust() {
    assertThatThrownBy(() -> node(new TlsFiles(null, client)).chainId())
        .isInstanceOf(NodeUnreachableException.class);
    assertThatThrownBy(() -> node(new TlsFiles(client, client)).chainId())
        .isInstanceOf(NodeUnreachableException.class);
  }

  @Test
  void isNotLetInWithoutACertificate() throws Exception {
    TlsFiles.Store trusted = trusting("nodes", node);
    assertThatThrownBy(() -> node(new TlsFiles(trusted, null)).chainId())
        .isInstanceOf(NodeUnreachableException.class);
  }

  @Test
  void aWrongPasswordIsNotQuoted() throws Exception {
    Path wrong = Files.writeString(directory.resolve("wrong"), "wrong-and-secret");
    TlsFiles tls = new TlsFiles(new TlsFiles.Store(node.file(), wrong), null);
    assertThatThrownBy(() -> node(tls))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("wrong-and-secret");
  }
}
