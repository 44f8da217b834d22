package org.webtorrent4j.webrtc.socket;

import java.io.IOException;
import java.net.URI;

/** A client's end of a WebSocket for text. Confined to the event loop; no method blocks. */
public interface WebSocket {
  /**
   * Queues a message. If far too much waits already, because the other end does not read, the
   * socket ends with a failure. Does nothing after the end.
   */
  void send(String text);

  /** About how many bytes wait to be sent. */
  int queuedBytes();

  /** Asks the other end for a sign of life. Does nothing after the end. */
  void ping();

  /** Whether anything has arrived since the last call, of whatever kind. */
  boolean hasHeard();

  /**
   * Ends the socket; the handler is not called any more. What was queued is still sent, for less
   * than a second, in the background. Idempotent.
   */
  void close();

  /** Told what happens to a socket. Called on the event loop, never from inside a call to it. */
  interface Handler {
    /** Messages can be sent. */
    void onOpen();

    /**
     * A message arrived, as text or as bytes of text; in bytes, malformed UTF-8 shows as U+FFFD.
     */
    void onMessage(String text);

    /**
     * The socket has ended or could not be opened; called once, as the last call.
     *
     * @param cause why, in words fit for a user
     */
    void onClosed(IOException cause);
  }

  /** Opens sockets; tests have one without a network. */
  interface Opener {
    /** Begins to open a socket to a {@code ws} or {@code wss} URL. */
    WebSocket open(URI uri, Handler handler);
  }
}
