package org.sillok.ledger.besu.rpc;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the chain's nodes are reached.
 *
 * @param urls in order of preference; http only where nobody can listen
 * @param callTimeout from sending a request to the last byte of its answer
 * @param largestAnswer in bytes
 * @param token file with a bearer token for Besu's JWT authentication, read at each request; null
 *     for none. All nodes get it, so with one http goes to this machine only
 */
public record RpcSettings(
    List<URI> urls,
    Duration connectTimeout,
    Duration callTimeout,
    int largestAnswer,
    @Nullable Path token,
    TlsFiles tls) {

  private static final int SIXTEEN_MEGABYTES = 16 << 20;
  private static final Pattern THIS_MACHINE =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

  public RpcSettings {
    urls = List.copyOf(urls);
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("the chain is reached by at least one URL, got none");
    }
    urls.forEach(RpcSettings::checkUrl);
    if (token != null) {
      urls.forEach(RpcSettings::checkSecrecy);
    }
    if (connectTimeout.isNegative()
        || connectTimeout.isZero()
        || callTimeout.compareTo(connectTimeout) <= 0) {
      throw new IllegalArgumentException(
          "0 < connect timeout < call timeout, got " + connectTimeout + " and " + callTimeout);
    }
    if (largestAnswer < 1 << 16) {
      throw new IllegalArgumentException("answers may have 64 KiB at least, got " + largestAnswer);
    }
  }

  /** With timeouts of 2 and 10 seconds and answers of at most 16 MiB. */
  public static RpcSettings of(List<URI> urls) {
    return new RpcSettings(
        urls,
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        SIXTEEN_MEGABYTES,
        null,
        TlsFiles.NONE);
  }

  public RpcSettings withTimeouts(Duration connect, Duration call) {
    return new RpcSettings(urls, connect, call, largestAnswer, token, tls);
  }

  public RpcSettings withToken(Path file) {
    return new RpcSettings(urls, connectTimeout, callTimeout, largestAnswer, file, tls);
  }

  public RpcSettings withTls(TlsFiles files) {
    return new RpcSettings(urls, connectTimeout, callTimeout, largestAnswer, token, files);
  }

  private static void checkUrl(URI url) {
    boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
    if (!web
        || url.getHost() == null
        || url.getRawUserInfo() != null
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "a node's URL is http(s), with a host and without user, query and fragment, got "
              + url.getScheme()
              + " "
              + url.getHost());
    }
  }

  private static void checkSecrecy(URI url) {
    if (!"https".equals(url.getScheme()) && !THIS_MACHINE.matcher(url.getHost()).matches()) {
      throw new IllegalArgumentException(
          "a token does not go over the network in the clear: https, got " + url);
    }
  }
}
