package org.webtorrent4j.webrtc;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.transport.Connection;
import org.webtorrent4j.transport.ConnectionHandler;
import org.webtorrent4j.webrtc.rtc.RtcHandler;
import org.webtorrent4j.webrtc.rtc.RtcPeer;

/** A WebRTC peer, whose channel is open, as a connection. Confined to the event loop. */
final class RtcConnection implements Connection, RtcHandler {
  private final EventLoop loop;
  private final RtcPeer peer;
  private final boolean isIncoming;
  private final List<Runnable> held = new ArrayList<>(); // what happened before the start
  private @Nullable ConnectionHandler handler;

  RtcConnection(EventLoop loop, RtcPeer peer, boolean isIncoming) {
    this.loop = loop;
    this.peer = peer;
    this.isIncoming = isIncoming;
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

  @Override
  public boolean isEncrypted() {
    return true;
  }

  @Override
  public void start(ConnectionHandler newHandler) {
    handler = newHandler;
    held.forEach(loop::execute);
    held.clear();
  }

  @Override
  public long write(ByteBuffer[] buffers, int offset, int count) {
    return peer.write(buffers, offset, count);
  }

  @Override
  public void close() {
    peer.close();
  }

  @Override
  public void onDescription(String sdp) {}

  @Override
  public void onOpen() {}

  @Override
  public void onBytes(ByteBuffer bytes) {
    if (handler != null) {
      handler.onBytes(bytes);
    } else {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      held.add(() -> onBytes(ByteBuffer.wrap(copy)));
    }
  }

  @Override
  public void onWritable() {
    if (handler != null) {
      handler.onWritable();
    }
  }

  @Override
  public void onClosed(@Nullable IOException cause) {
    if (handler != null) {
      handler.onClosed(cause);
    } else {
      held.add(() -> onClosed(cause));
    }
  }
}
