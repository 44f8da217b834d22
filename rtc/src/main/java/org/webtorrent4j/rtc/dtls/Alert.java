package org.webtorrent4j.rtc.dtls;

/** Numbers of alerts, RFC 5246 7.2. */
final class Alert {
  static final int WARNING = 1;
  static final int FATAL = 2;

  static final int CLOSE_NOTIFY = 0;
  static final int UNEXPECTED_MESSAGE = 10;
  static final int HANDSHAKE_FAILURE = 40;
  static final int BAD_CERTIFICATE = 42;
  static final int ILLEGAL_PARAMETER = 47;
  static final int DECODE_ERROR = 50;
  static final int DECRYPT_ERROR = 51;
  static final int PROTOCOL_VERSION = 70;
  static final int INTERNAL_ERROR = 80;

  private Alert() {}
}
