package org.sillok.ledger.besu.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpTransportTest {

  @TempDir private Path directory;
  private StubNode stub;

  @BeforeEach
  void start() throws IOException {
    stub = new StubNode().result("eth_chainId", "0x539");
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  private static RpcSettings settings(URI url) {
    return RpcSettings.of(List.of(url))
        .withTimeouts(Duration.ofMillis(300), Duration.ofMillis(600));
  }

  private static Node node(RpcSettings settings) {
    return new Node(new JsonRpc(new HttpTransport(settings), settings.urls().get(0)));
  }

  @Test
  void asks() {
    assertThat(node(settings(stub.url())).chainId()).isEqualTo(1337);
    assertThat(stub.headers().get(0)).doesNotContainKey("origin").doesNotContainKey("upgrade");
  }

  @Test
  void readsTheTokenAgainWhenItChanges() throws IOException {
    Path token = Files.writeString(directory.resolve("token"), "first.token\n");
    Node node = node(settings(stub.url()).withToken(token));
    node.chainId();
    Files.writeString(token, "second.token");
    node.chainId();
    assertThat(stub.headers())
        .extracting(headers -> headers.get("authorization").get(0))
        .containsExactly("Bearer first.token", "Bearer second.token");
  }

  @Test
  void aTokenFileWithoutATokenIsNotSent() throws IOException {
    Path token = Files.writeString(directory.resolve("token"), "a token\r\nX-Injected: yes");
    assertThatThrownBy(() -> node(settings(stub.url()).withToken(token)).chainId())
        .isInstanceOf(NodeUnreachableException.class)
        .hasMessageNotContaining("Injected");
    assertThat(stub.headers()).isEmpty();
  }

  @Test
  void nobodyThere() throws IOException {
    URI gone;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      gone = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
    assertThatThrownBy(() -> node(settings(gone)).chainId())
        .isInstanceOf(NodeUnreachableException.class);
  }

  /** A hung process accepts connections and stays silent; others stop in the middle. */
  @Test
  void halfAnAnswerIsGivenUpInTime() throws IOException {
    for (String half :
        List.of(
            "",
            "HTTP/1.1 200 OK\r\nContent-Le",
            "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"jsonrpc\"",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"jso\r\n")) {
      try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
        Thread answering = answer(server, half);
        Node node = node(settings(URI.create("http://127.0.0.1:" + server.getLocalPort())));
        assertThatThrownBy(node::chainId).as(half).isInstanceOf(NodeUnreachableException.class);
        answering.interrupt();
      }
    }
  }

  private static Thread answer(ServerSocket server, String half) {
    Thread thread =
        new Thread(
            () -> {
              try (Socket client = server.accept()) {
                client.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
                client.getOutputStream().flush();
                Thread.sleep(5000);
              } catch (IOException | InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Test
  void anAnswerThatIsTooLargeIsCutOff() {
    RpcSettings small =
        new RpcSettings(
            List.of(stub.url()),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            1 << 16,
            null,
            TlsFiles.NONE);
    stub.replying(request -> new StubNode.Reply(200, "x".repeat(70_000)));
    assertThatThrownBy(() -> node(small).chainId())
        .isInstanceOf(NodeUnreachableException.class)
        .hasMessageContaining("more than 65536 bytes");
  }

  @Test
  void longAndRawMessagesAreCut() {
    stub.replying(request -> new StubNode.Reply(500, "at java.lang\n\tat\u0000 x".repeat(500)));
    assertThatThrownBy(() -> node(settings(stub.url())).chainId())
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400).doesNotContain("\n"));
  }

  @Test
  void urlsWithPasswordsAndOtherSchemesAreRefused() {
    for (String url : List.of("ftp://host", "http://user:secret@host", "file:///x", "http://h#f")) {
      assertThatThrownBy(() -> RpcSettings.of(List.of(URI.create(url))))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void storesThatCannotBeReadAreRefusedAtTheStart() {
    TlsFiles tls = new TlsFiles(new TlsFiles.Store(Path.of("none"), Path.of("none")), null);
    RpcSettings settings = settings(URI.create("https://127.0.0.1:1")).withTls(tls);
    assertThatThrownBy(() -> new HttpTransport(settings))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
