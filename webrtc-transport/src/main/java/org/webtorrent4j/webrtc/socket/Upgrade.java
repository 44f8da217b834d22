package org.webtorrent4j.webrtc.socket;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.webtorrent4j.net.Url;

/** The HTTP request that turns a connection into a WebSocket, and its answer (RFC 6455 4). */
final class Upgrade {
  private static final int MAX_HEAD = 16 * 1024;
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final Url url;
  private final String key;

  /**
   * An upgrade for one connection.
   *
   * @param random one that cannot be guessed
   */
  Upgrade(Url url, RandomGenerator random) {
    byte[] nonce = new byte[16];
    random.nextBytes(nonce);
    this.url = url;
    this.key = Base64.getEncoder().encodeToString(nonce);
  }

  /**
   * Asks and waits for the answer. Of {@code in} nothing is taken that follows the answer.
   *
   * @throws IOException if the server does not agree; the message is for a user
   */
  void exchange(InputStream in, OutputStream out) throws IOException {
    out.write(request().getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    Head head = new Head(in);
    String[] status = head.readLine().split(" +", 3);
    if (status.length < 2 || !status[0].startsWith("HTTP/1.")) {
      throw new ProtocolException("the tracker does not speak HTTP");
    }
    if (!status[1].equals("101")) {
      String code = status[1].matches("[0-9]{3}") ? status[1] : "nonsense";
      throw new ProtocolException("the tracker answered HTTP " + code + ", no WebSocket");
    }
    check(head.readHeaders());
  }

  private String request() {
    return "GET "
        + url.target()
        + " HTTP/1.1\r\nHost: "
        + url.server()
        + url.authorization().map(user -> "\r\nAuthorization: " + user).orElse("")
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: "
        + key
        + "\r\nSec-WebSocket-Version: 13\r\nUser-Agent: webtorrent4j\r\n\r\n";
  }

  private void check(Map<String, String> headers) throws ProtocolException {
    if (!headers.getOrDefault("upgrade", "").equalsIgnoreCase("websocket")
        || !hasToken(headers.getOrDefault("connection", ""), "upgrade")
        || !headers.getOrDefault("sec-websocket-accept", "").equals(accept(key))) {
      throw new ProtocolException("the tracker does not speak WebSocket");
    }
    if (headers.containsKey("sec-websocket-extensions")
        || headers.containsKey("sec-websocket-protocol")) {
      throw new ProtocolException("the tracker wants an extension that was not offered");
    }
  }

  private static boolean hasToken(String list, String token) {
    for (String word : list.split(",", -1)) {
      if (word.strip().equalsIgnoreCase(token)) {
        return true;
      }
    }
    return false;
  }

  /** What a server proves with that it has read our key. */
  static String accept(String key) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] hash = sha1.digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has SHA-1
    }
  }

  /** The lines before the first frame. */
  private static final class Head {
    private final InputStream in;
    private int bytes;

    Head(InputStream in) {
      this.in = in;
    }

    Map<String, String> readHeaders() throws IOException {
      Map<String, String> headers = new HashMap<>();
      for (String line = readLine(); !line.isEmpty(); line = readLine()) {
        int colon = line.indexOf(':');
        if (colon > 0) {
          String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
          headers.merge(name, line.substring(colon + 1).strip(), (one, two) -> one + ", " + two);
        }
      }
      return headers;
    }

    /** A line without its end, be that CR LF or LF alone. */
    String readLine() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int b = in.read(); b != '\n'; b = in.read()) {
        if (b < 0) {
          throw new EOFException("the tracker closed the connection");
        }
        if (++bytes > MAX_HEAD) {
          throw new ProtocolException("headers of more than " + MAX_HEAD + " bytes");
        }
        line.append((char) b);
      }
      int end = line.length() - 1;
      if (end >= 0 && line.charAt(end) == '\r') {
        line.setLength(end);
      }
      return line.toString();
    }
  }
}
