package org.webtorrent4j.webrtc.socket;

/** Why an end of a WebSocket closes it (RFC 6455 7.4.1). */
final class CloseCode {
  static final int NORMAL = 1000;
  static final int PROTOCOL_ERROR = 1002;
  static final int INVALID_TEXT = 1007;
  static final int TOO_LONG = 1009;

  private CloseCode() {}

  /** Whether it may stand in a frame. */
  static boolean isValid(int code) {
    return (code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006)
        || (code >= 3000 && code <= 4999);
  }
}
