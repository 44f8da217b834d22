package org.webtorrent4j.tracker.udp;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.webtorrent4j.net.ForeignText;
import org.webtorrent4j.tracker.TrackerException;

/**
 * A packet that came from a tracker. Its body is on loan: whoever wants to keep something copies it
 * before returning.
 *
 * <pre>
 * action (4) | transaction id (4) | body
 * error:   3 | transaction id     | text
 * </pre>
 */
record UdpReply(int action, int transactionId, ByteBuffer body) {
  static final int CONNECT = 0;
  static final int ANNOUNCE = 1;
  static final int SCRAPE = 2;
  static final int ERROR = 3;

  private static final int HEAD = 8;
  private static final int MAX_ERROR = 2000; // bytes; it is cut further as text

  /**
   * Cuts a datagram.
   *
   * @throws ProtocolException if it is too short for any reply
   */
  static UdpReply of(ByteBuffer datagram) throws ProtocolException {
    if (datagram.remaining() < HEAD) {
      throw new ProtocolException("a datagram of " + datagram.remaining() + " bytes");
    }
    return new UdpReply(datagram.getInt(), datagram.getInt(), datagram.slice());
  }

  /**
   * The body of an answer; longer ones are as good, since BEP 15 may be extended.
   *
   * @param expected the action that was asked for
   * @param minLength bytes that the body must have
   * @throws ProtocolException if it is an answer to something else, or too short
   * @throws TrackerException if the tracker refused; the message is the tracker's
   */
  ByteBuffer body(int expected, int minLength) throws ProtocolException, TrackerException {
    if (action == ERROR) {
      throw new TrackerException(error());
    }
    if (action != expected) {
      throw new ProtocolException("action " + action + " instead of " + expected);
    }
    if (body.remaining() < minLength) {
      throw new ProtocolException(
          "a body of " + body.remaining() + " bytes for action " + action + ", not " + minLength);
    }
    return body.duplicate();
  }

  private String error() {
    byte[] bytes = new byte[Math.min(body.remaining(), MAX_ERROR)];
    body.duplicate().get(bytes);
    String text = ForeignText.clean(new String(bytes, StandardCharsets.UTF_8));
    return text.isEmpty() ? "the tracker refused without a reason" : text;
  }
}
