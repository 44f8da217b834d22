package org.webtorrent4j.transport;

import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * An ordered, reliable stream of bytes to and from one peer, with limited room for what we send.
 * Confined to the event loop.
 *
 * <p>There is no pause of reading: BitTorrent is a pull protocol, what flows in was asked for.
 */
public interface Connection {
  /** The name of the transport: {@code tcp}, {@code webrtc}. */
  String transport();

  /** The other end, as far as the transport knows it. */
  SocketAddress remoteAddress();

  /** Whether the other end opened this connection. */
  boolean isIncoming();

  /** Whether the payload is encrypted, by whatever means. */
  boolean isEncrypted();

  /**
   * Starts the delivery of events to {@code handler}; called once. Nothing is delivered before, and
   * nothing from inside this call.
   */
  void start(ConnectionHandler handler);

  /**
   * Sends as many bytes as there is room for, in the order of the buffers, and moves their
   * positions accordingly. If less than all was taken, {@link ConnectionHandler#onWritable} will be
   * called. The buffers are the caller's again after the call. After the end of the connection it
   * takes everything and sends nothing; the handler learns of the end through its own call.
   *
   * @return the number of bytes taken
   */
  long write(ByteBuffer[] buffers, int offset, int count);

  /**
   * Closes the connection without waiting; what was written may be lost. Idempotent. If started,
   * the handler's {@code onClosed(null)} follows, not from inside this call.
   */
  void close();
}
