package org.webtorrent4j.webrtc;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.transport.Connection;
import org.webtorrent4j.transport.ConnectionHandler;
import org.webtorrent4j.webrtc.rtc.RtcHandler;
import org.webtorrent4j.webrtc.rtc.RtcPeer;

/**
 * A peer, whose channel is open, as a connection: what happens is held back until the start.
 * Confined to the event loop.
 */
final class RtcConnection implements Connection, RtcHandler {
  /** Bytes that are kept for an owner that has not started; few are sent to one that is silent. */
  private static final long MAX_HELD = 4L * 1024 * 1024;

  private final EventLoop loop;
  private final RtcPeer peer;
  private final boolean isIncoming;
  private final long maxHeld;
  private final ArrayDeque<ByteBuffer> held = new ArrayDeque<>();
  private long heldBytes;
  private @Nullable ConnectionHandler handler;
  private boolean isDelivering; // started, and nothing is held back any more
  private boolean isWritable; // not told yet
  private boolean isClosed; // by the owner
  private boolean isEnded;
  private @Nullable IOException endCause;

  /**
   * Adapts an open peer.
   *
   * @param isIncoming whether the peer made the offer
   */
  RtcConnection(EventLoop loop, RtcPeer peer, boolean isIncoming) {
    this(loop, peer, isIncoming, MAX_HELD);
  }

  RtcConnection(EventLoop loop, RtcPeer peer, boolean isIncoming, long maxHeld) {
    this.loop = loop;
    this.peer = peer;
    this.isIncoming = isIncoming;
    this.maxHeld = maxHeld;
  }

  @Override
  public String transport() {
    return WebRtcTransport.NAME;
  }

  @Override
  public SocketAddress remoteAddress() {
    return peer.remoteAddress();
  }

  @Override
  public boolean isIncoming() {
    return isIncoming;
  }

  /** {@inheritDoc} DTLS always is. */
  @Override
  public boolean isEncrypted() {
    return true;
  }

  @Override
  public void start(ConnectionHandler newHandler) {
    assert loop.inLoop();
    if (handler != null) {
      throw new IllegalStateException("the connection was started already");
    }
    handler = newHandler;
    loop.execute(() -> deliverHeld(newHandler));
  }

  private void deliverHeld(ConnectionHandler told) {
    while (!held.isEmpty() && !isClosed) {
      told.onBytes(held.remove());
    }
    held.clear();
    isDelivering = true;
    if (isWritable && !isClosed && !isEnded) {
      isWritable = false;
      told.onWritable();
    }
    if (isEnded) {
      told.onClosed(endCause);
    }
  }

  @Override
  public long write(ByteBuffer[] buffers, int offset, int count) {
    return peer.write(buffers, offset, count);
  }

  @Override
  public void close() {
    assert loop.inLoop();
    isClosed = true;
    peer.close();
  }

  /** Done before there is a connection. */
  @Override
  public void onDescription(String sdp) {}

  /** Done before there is a connection. */
  @Override
  public void onOpen() {}

  @Override
  public void onBytes(ByteBuffer bytes) {
    ConnectionHandler told = handler;
    if (told != null && isDelivering) {
      told.onBytes(bytes);
      return;
    }
    heldBytes += bytes.remaining();
    if (heldBytes > maxHeld) {
      held.clear();
      endCause = new IOException(heldBytes + " bytes came before anybody wanted them");
      peer.close();
    } else {
      held.add(ByteBuffer.allocate(bytes.remaining()).put(bytes).flip());
    }
  }

  @Override
  public void onWritable() {
    ConnectionHandler told = handler;
    if (told != null && isDelivering) {
      told.onWritable();
    } else {
      isWritable = true;
    }
  }

  @Override
  public void onClosed(@Nullable IOException cause) {
    isEnded = true;
    endCause = endCause == null ? cause : endCause;
    ConnectionHandler told = handler;
    if (told != null && isDelivering) {
      told.onClosed(endCause);
    }
  }
}
