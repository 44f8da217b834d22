package org.webtorrent4j.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One end of a connection in memory, with room for a limited number of bytes on their way. */
final class MemoryConnection implements Connection {
  private static final int ROOM = 256 * 1024;

  /** Where a handshake says that its sender speaks the fast extension: a byte, and its bit. */
  private static final int FAST_AT = 27;

  private static final int FAST = 0x04;

  private final MemoryNetwork network;
  private final MemoryTransport host;
  private final MemoryTransport remote;
  private final boolean isIncoming;
  private @Nullable MemoryConnection other;
  private @Nullable ConnectionHandler handler;
  private long lastArrivalNanos;
  private long written;
  private int underWay;
  private boolean isShort; // a write was not taken whole
  private boolean isClosed;

  MemoryConnection(
      MemoryNetwork network, MemoryTransport host, MemoryTransport remote, boolean isIncoming) {
    this.network = network;
    this.host = host;
    this.remote = remote;
    this.isIncoming = isIncoming;
    host.add(this);
  }

  void join(MemoryConnection otherEnd) {
    other = otherEnd;
  }

  @Override
  public String transport() {
    return "memory";
  }

  @Override
  public SocketAddress remoteAddress() {
    return remote.address();
  }

  @Override
  public boolean isIncoming() {
    return isIncoming;
  }

  @Override
  public boolean isEncrypted() {
    return false;
  }

  @Override
  public void start(ConnectionHandler newHandler) {
    handler = newHandler;
  }

  @Override
  public long write(ByteBuffer[] buffers, int offset, int count) {
    long taken = 0;
    for (int i = offset; i < offset + count; i++) {
      ByteBuffer source = buffers[i];
      while (source.hasRemaining()) {
        int room = isClosed ? Integer.MAX_VALUE : ROOM - underWay;
        if (room == 0) {
          isShort = true;
          return taken;
        }
        int length = network.slice(Math.min(room, source.remaining()));
        byte[] bytes = new byte[length];
        source.get(bytes);
        hideFast(bytes);
        written += length;
        taken += length;
        if (!isClosed) {
          send(bytes);
        }
      }
    }
    return taken;
  }

  private void hideFast(byte[] bytes) {
    boolean isHidden = host.isWithoutFast() || remote.isWithoutFast();
    if (isHidden && written <= FAST_AT && FAST_AT < written + bytes.length) {
      bytes[FAST_AT - (int) written] &= (byte) ~FAST;
    }
  }

  private void send(byte[] bytes) {
    underWay += bytes.length;
    long now = network.loop().nanoTime();
    long arrival = host.sendNanos(bytes.length) + network.latencyNanos();
    lastArrivalNanos = Math.max(lastArrivalNanos, arrival);
    network.loop().schedule(lastArrivalNanos - now, () -> arrive(bytes));
  }

  private void arrive(byte[] bytes) {
    if (remote.isDeaf()) {
      return; // they stay on their way, and there is less room
    }
    underWay -= bytes.length;
    MemoryConnection receiver = other;
    if (receiver != null
        && receiver.handler != null
        && !receiver.isClosed
        && !host.isDown()
        && !remote.isDown()) {
      receiver.handler.onBytes(ByteBuffer.wrap(bytes));
    }
    if (isShort && handler != null && !isClosed && !host.isDown()) {
      isShort = false;
      handler.onWritable();
    }
  }

  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    end(null);
    MemoryConnection receiver = other;
    if (receiver != null) {
      // after what was sent before, as a real connection would
      long delay = Math.max(lastArrivalNanos - network.loop().nanoTime(), network.latencyNanos());
      network
          .loop()
          .schedule(
              delay,
              () -> {
                if (!receiver.isClosed && !receiver.host.isDown() && !host.isDown()) {
                  receiver.end(null);
                }
              });
    }
  }

  void reset(IOException cause) {
    MemoryConnection receiver = other;
    end(cause);
    if (receiver != null && !receiver.isClosed) {
      receiver.end(cause);
    }
  }

  private void end(@Nullable IOException cause) {
    isClosed = true;
    host.remove(this);
    if (handler != null) {
      ConnectionHandler told = handler;
      network.loop().execute(() -> told.onClosed(cause));
    }
  }
}
