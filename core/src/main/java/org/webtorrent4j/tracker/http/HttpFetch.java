package org.webtorrent4j.tracker.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.webtorrent4j.net.Url;
import org.webtorrent4j.tracker.net.AddressRules;
import org.webtorrent4j.tracker.net.AddressRules.Sender;
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
public final class HttpFetch {
  private static final int MAX_REDIRECTS = 5;
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(15);

  /** The event loop closes the socket before this; so a worker ends even if the loop has. */
  private static final int READ_MILLIS = 30_000;

  private final Connector connector;
  private final String userAgent;

  /**
   * What is asked for.
   *
   * @param sender who sends us there
   * @param maxBytes how long the answer may be, as it comes and unpacked
   */
  public record Question(Url url, Sender sender, int maxBytes) {}

  /**
   * A fetch.
   *
   * @param userAgent how we introduce ourselves: printable ASCII
   */
  public HttpFetch(Network network, LongSupplier nanoClock, String userAgent) {
    if (!userAgent.chars().allMatch(c -> c >= ' ' && c < 127)) {
      throw new IllegalArgumentException("a user agent of printable ASCII only: " + userAgent);
    }
    this.connector = new Connector(network, nanoClock, CONNECT_LIMIT);
    this.userAgent = userAgent;
  }

  /**
   * Fetches; blocks. A redirect to a magnet link is not followed but is the answer.
   *
   * @param opened shown every socket before it connects, so that somebody may close it
   * @throws IOException if there is no answer, or none that is allowed; the message is for a user
   */
  HttpReply fetch(Question question, Consumer<Socket> opened) throws IOException {
    Url url = question.url();
    Sender sender = question.sender();
    for (int redirects = 0; ; redirects++) {
      HttpReply reply;
      try (Connector.Wire wire = connector.connect(url, sender, opened)) {
        sender = AddressRules.isGlobal(wire.address()) ? Sender.INTERNET : sender;
        Optional<String> authorization =
            mayKnowUser(question.url(), url) ? question.url().authorization() : Optional.empty();
        reply = exchange(wire.socket(), request(url, authorization), url, question.maxBytes());
        reply = reply.from(sender);
      }
      Optional<String> location = reply.redirect();
      if (location.isEmpty() || HttpReply.isMagnet(location.get())) {
        return reply;
      }
      if (redirects == MAX_REDIRECTS) {
        throw new ProtocolException("more than " + MAX_REDIRECTS + " redirects");
      }
      url = resolve(url, location.get());
    }
  }

  private HttpReply exchange(Socket plain, String request, Url url, int maxBytes)
      throws IOException {
    plain.setSoTimeout(READ_MILLIS);
    Socket socket = url.scheme().equals("https") ? connector.secure(plain, url) : plain;
    OutputStream out = socket.getOutputStream();
    out.write(request.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    return new HttpReplyReader(new BufferedInputStream(socket.getInputStream()), maxBytes).read();
  }

  private String request(Url url, Optional<String> authorization) {
    StringBuilder text = new StringBuilder("GET " + url.target() + " HTTP/1.1\r\n");
    text.append("Host: ").append(url.server()).append("\r\n");
    text.append("User-Agent: ").append(userAgent).append("\r\n");
    text.append("Accept-Encoding: gzip\r\nConnection: close\r\n");
    authorization.ifPresent(a -> text.append("Authorization: ").append(a).append("\r\n"));
    return text.append("\r\n").toString();
  }

  /** The target of a redirect; {@code ..} is folded as in RFC 3986. */
  static Url resolve(Url base, String location) throws ProtocolException {
    try {
      Url target = base.resolve(location);
      if (!HttpTrackerUrl.isHttp(target)) {
        throw new IllegalArgumentException("not an HTTP URL");
      }
      return target;
    } catch (IllegalArgumentException e) {
      ProtocolException failure = new ProtocolException("redirected to nowhere: " + e.getMessage());
      failure.initCause(e);
      throw failure;
    }
  }

  /** A user's name and password are for one server; it may move to a safer scheme. */
  static boolean mayKnowUser(Url first, Url other) {
    return first.isSameOrigin(other) || first.isUpgradedBy(other);
  }
}
