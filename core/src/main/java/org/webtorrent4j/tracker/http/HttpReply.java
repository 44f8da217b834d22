package org.webtorrent4j.tracker.http;

import java.util.Map;

/**
 * A whole answer.
 *
 * @param headers by name in lower case; of repeated ones the last
 * @param body with transfer and content encodings undone
 */
record HttpReply(int status, Map<String, String> headers, byte[] body) {
  boolean isRedirect() {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> headers.containsKey("location");
      default -> false;
    };
  }
}
