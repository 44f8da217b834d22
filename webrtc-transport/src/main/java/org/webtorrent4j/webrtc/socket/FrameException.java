package org.webtorrent4j.webrtc.socket;

import java.net.ProtocolException;

/** The other end broke a rule of WebSockets. */
final class FrameException extends ProtocolException {
  private static final long serialVersionUID = 1L;

  private final int closeCode;

  /**
   * A broken rule.
   *
   * @param closeCode what the other end is told
   */
  FrameException(int closeCode, String message) {
    super(message);
    this.closeCode = closeCode;
  }

  int closeCode() {
    return closeCode;
  }
}
