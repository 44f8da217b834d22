package org.webtorrent4j.wire;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.function.IntSupplier;
import org.webtorrent4j.transport.Connection;
import org.webtorrent4j.transport.ConnectionHandler;

/** A connection that keeps what it is given, and takes at each write as much as it is told to. */
final class TricklingConnection implements Connection {
  private final IntSupplier room;
  private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

  /** One that takes everything. */
  TricklingConnection() {
    this(() -> Integer.MAX_VALUE);
  }

  TricklingConnection(IntSupplier room) {
    this.room = room;
  }

  byte[] taken() {
    return taken.toByteArray();
  }

  String takenHex() {
    return HexFormat.of().formatHex(taken());
  }

  @Override
  public long write(ByteBuffer[] buffers, int offset, int count) {
    int left = room.getAsInt();
    long before = taken.size();
    for (int i = offset; i < offset + count; i++) {
      while (left > 0 && buffers[i].hasRemaining()) {
        taken.write(buffers[i].get());
        left--;
      }
    }
    return taken.size() - before;
  }

  @Override
  public String transport() {
    return "test";
  }

  @Override
  public SocketAddress remoteAddress() {
    return new InetSocketAddress(0);
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
