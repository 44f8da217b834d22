package org.webtorrent4j.tcp;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.webtorrent4j.loop.EventLoop;

/**
 * What all connections of one transport share: the loop, the buffers of which only one is in use at
 * a time, and the list of those that are open. Confined to the event loop.
 */
final class Sockets {
  /**
   * Most bytes that one read takes; also what one socket gets of a turn before the next has its.
   */
  static final int READ_SIZE = 256 * 1024;

  private static final int CIPHER_BUFFER_SIZE = 128 * 1024;
  private static final int SCRATCH_SIZE = 16 * 1024;
  private static final int MAX_SPARE = 8;

  private final EventLoop loop;
  private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_SIZE);
  private final byte[] scratch = new byte[SCRATCH_SIZE];
  private final ArrayDeque<ByteBuffer> spareCipherBuffers = new ArrayDeque<>();
  private final Set<TcpConnection> open = new LinkedHashSet<>();

  Sockets(EventLoop loop) {
    this.loop = loop;
  }

  EventLoop loop() {
    return loop;
  }

  /** The buffer that every read goes to; what was read must be used up before the next. */
  ByteBuffer readBuffer() {
    return readBuffer;
  }

  /** A heap array for the length of a call. */
  byte[] scratch() {
    return scratch;
  }

  /**
   * An empty direct buffer for bytes that are encrypted and not sent yet. Most connections need one
   * only within a write, so they share a few.
   */
  ByteBuffer takeCipherBuffer() {
    ByteBuffer spare = spareCipherBuffers.poll();
    return spare != null ? spare : ByteBuffer.allocateDirect(CIPHER_BUFFER_SIZE);
  }

  /** Gives a buffer back, whatever it holds. */
  void giveCipherBuffer(ByteBuffer buffer) {
    if (spareCipherBuffers.size() < MAX_SPARE) {
      spareCipherBuffers.push(buffer.clear());
    }
  }

  void add(TcpConnection connection) {
    open.add(connection);
  }

  void remove(TcpConnection connection) {
    open.remove(connection);
  }

  /** Closes every open connection. */
  void closeAll() {
    List.copyOf(open).forEach(TcpConnection::close);
  }
}
