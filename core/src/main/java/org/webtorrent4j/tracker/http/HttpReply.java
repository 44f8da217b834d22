package org.webtorrent4j.tracker.http;

import java.util.Map;
import java.util.Optional;

/** A whole answer: headers by name in lower case, and the body with its encodings undone. */
final class HttpReply {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  HttpReply(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  int status() {
    return status;
  }

  byte[] body() {
    return body;
  }

  /** Where to look instead, if it is a redirect. */
  Optional<String> redirect() {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> Optional.ofNullable(headers.get("location"));
      default -> Optional.empty();
    };
  }
}
