package org.webtorrent4j.benchmarks;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.webtorrent4j.transport.Connection;
import org.webtorrent4j.transport.ConnectionHandler;

/** A connection that takes everything and does nothing with it. */
final class SinkConnection implements Connection {
  @Override
  public long write(ByteBuffer[] buffers, int offset, int count) {
    long taken = 0;
    for (int i = offset; i < offset + count; i++) {
      taken += buffers[i].remaining();
      buffers[i].position(buffers[i].limit());
    }
    return taken;
  }

  @Override
  public String transport() {
    return "sink";
  }

  @Override
  public SocketAddress remoteAddress() {
    return InetSocketAddress.createUnresolved("sink", 0);
  }

  @Override
  public boolean isIncoming() {
    return false;
  }

  @Override
  public boolean isEncrypted() {
    return false;
  }

  @Override
  public void start(ConnectionHandler handler) {}

  @Override
  public void close() {}
}
