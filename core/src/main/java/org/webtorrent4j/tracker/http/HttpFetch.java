package org.webtorrent4j.tracker.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.tracker.net.AddressRules;
import org.webtorrent4j.tracker.net.Connector;
import org.webtorrent4j.tracker.net.Network;

/**
 * Fetches a URL by HTTP/1.1, redirects included, on the worker that calls it.
 *
 * <p>It has its own few lines of HTTP because the JDK's clients cannot do what is asked here. The
 * threads of {@code java.net.http.HttpClient} cannot be ended on Java 17. {@code HttpURLConnection}
 * resolves names itself, so the address that was checked need not be the one that is connected to,
 * and its {@code disconnect} waits for a read that is under way, which would block the event loop.
 * A plain socket may be closed at any time by anybody. Immutable.
 */
final class HttpFetch {
  private static final int MAX_REDIRECTS = 5;
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(15);

  /** The event loop closes the socket before this; so a worker ends even if the loop has. */
  private static final int READ_MILLIS = 30_000;

  private final Connector connector;
  private final String userAgent;

  HttpFetch(Network network, LongSupplier nanoClock, String userAgent) {
    this.connector = new Connector(network, nanoClock, CONNECT_LIMIT);
    this.userAgent = userAgent;
  }

  /**
   * Fetches; blocks.
   *
   * @param opened shown every socket before it connects, so that somebody may close it
   * @throws IOException if there is no answer, or none that is allowed; the message is for a user
   */
  HttpReply fetch(URI first, Consumer<Socket> opened) throws IOException {
    URI uri = first;
    boolean fromGlobal = false;
    for (int redirects = 0; ; redirects++) {
      HttpReply reply;
      try (Connector.Wire wire = connector.connect(uri, port(uri), fromGlobal, opened)) {
        fromGlobal |= AddressRules.isGlobal(wire.address());
        String credentials = isSameOrigin(first, uri) ? first.getRawUserInfo() : null;
        reply = exchange(wire.socket(), uri, credentials);
      }
      if (reply.redirect().isEmpty()) {
        return reply;
      }
      if (redirects == MAX_REDIRECTS) {
        throw new ProtocolException("more than " + MAX_REDIRECTS + " redirects");
      }
      uri = resolve(uri, reply.redirect().get());
    }
  }

  private HttpReply exchange(Socket plain, URI uri, @Nullable String credentials)
      throws IOException {
    plain.setSoTimeout(READ_MILLIS);
    Socket socket = isSecure(uri) ? connector.secure(plain, uri, port(uri)) : plain;
    OutputStream out = socket.getOutputStream();
    out.write(request(uri, credentials).getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    return new HttpReplyReader(new BufferedInputStream(socket.getInputStream())).read();
  }

  private String request(URI uri, @Nullable String credentials) {
    URI ascii = URI.create(uri.toASCIIString());
    String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
    String query = ascii.getRawQuery() == null ? "" : "?" + ascii.getRawQuery();
    StringBuilder text = new StringBuilder("GET " + path + query + " HTTP/1.1\r\n");
    text.append("Host: ").append(uri.getHost());
    text.append(uri.getPort() < 0 ? "" : ":" + uri.getPort()).append("\r\n");
    text.append("User-Agent: ").append(userAgent).append("\r\n");
    text.append("Accept-Encoding: gzip\r\nConnection: close\r\n");
    if (credentials != null) {
      byte[] decoded =
          URLDecoder.decode(credentials.replace("+", "%2B"), StandardCharsets.UTF_8)
              .getBytes(StandardCharsets.UTF_8);
      String encoded = Base64.getEncoder().encodeToString(decoded);
      text.append("Authorization: Basic ").append(encoded).append("\r\n");
    }
    return text.append("\r\n").toString();
  }

  /** The target of a redirect; {@code ..} is folded as in RFC 3986. */
  static URI resolve(URI base, String location) throws ProtocolException {
    try {
      // The JDK forgets the slash between a host without a path and a relative target.
      URI directory = base.getRawPath().isEmpty() ? base.resolve("/") : base;
      URI target = directory.resolve(new URI(location));
      TrackerUrl.checkServer(target);
      return target;
    } catch (URISyntaxException | IllegalArgumentException e) {
      ProtocolException failure = new ProtocolException("redirected to nowhere: " + e.getMessage());
      failure.initCause(e);
      throw failure;
    }
  }

  /** Whether both name the same scheme, host and port; user names do not count. */
  static boolean isSameOrigin(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(other.getScheme())
        && one.getHost().equalsIgnoreCase(other.getHost())
        && port(one) == port(other);
  }

  private static boolean isSecure(URI uri) {
    return uri.getScheme().equalsIgnoreCase("https");
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return isSecure(uri) ? 443 : 80;
  }
}
