package org.webtorrent4j.tracker.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.webtorrent4j.tracker.net.AddressRules;

/** A whole answer: headers by name in lower case, and the body with its encodings undone. */
public final class HttpReply {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;
  private final boolean isFromInternet;

  HttpReply(int status, Map<String, String> headers, byte[] body, boolean isFromInternet) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.isFromInternet = isFromInternet;
  }

  /** The same with where it comes from. */
  HttpReply from(AddressRules.Sender sender) {
    return new HttpReply(status, headers, body, sender == AddressRules.Sender.INTERNET);
  }

  /** The status code, of three digits. */
  public int status() {
    return status;
  }

  /** The body, not copied. */
  public byte[] body() {
    return body;
  }

  /** Whether a server on the internet has a part in it, as opposed to those of local networks. */
  boolean isFromInternet() {
    return isFromInternet;
  }

  /** Where to look instead, if it is a redirect. */
  public Optional<String> redirect() {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> Optional.ofNullable(headers.get("location"));
      default -> Optional.empty();
    };
  }

  /** Whether the target of a redirect is a magnet link. */
  public static boolean isMagnet(String location) {
    return location.toLowerCase(Locale.ROOT).startsWith("magnet:");
  }
}
