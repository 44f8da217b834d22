package org.webtorrent4j.tcp;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.tcp.mse.MseOutcome;
import org.webtorrent4j.tcp.mse.Rc4;
import org.webtorrent4j.transport.Connection;
import org.webtorrent4j.transport.ConnectionHandler;

/**
 * A connection whose payload is RC4, on top of another. What is encrypted cannot be given back, so
 * it keeps what the other did not take, up to one buffer, and takes nothing more until that is
 * gone. Confined to the event loop.
 */
final class EncryptedConnection implements Connection, ConnectionHandler {
  private final Connection wire;
  private final Sockets sockets;
  private final Rc4 receiving;
  private final Rc4 sending;
  private final ByteBuffer[] gather = new ByteBuffer[1];
  private int clearBytes;
  private @Nullable ByteBuffer cipherText; // encrypted and not sent; null if there is none
  private @Nullable ConnectionHandler handler;
  private boolean isShort;
  private boolean isEnded;

  /**
   * Wraps a connection after its handshake, of which the initial payload is the first that it will
   * deliver.
   */
  EncryptedConnection(Connection wire, Sockets sockets, MseOutcome outcome) {
    this.wire = wire;
    this.sockets = sockets;
    this.receiving = outcome.receiving();
    this.sending = outcome.sending();
    this.clearBytes = outcome.initialPayload().length;
  }

  @Override
  public String transport() {
    return wire.transport();
  }

  @Override
  public SocketAddress remoteAddress() {
    return wire.remoteAddress();
  }

  @Override
  public boolean isIncoming() {
    return wire.isIncoming();
  }

  @Override
  public boolean isEncrypted() {
    return true;
  }

  @Override
  public void start(ConnectionHandler newHandler) {
    handler = newHandler;
    wire.start(this);
  }

  @Override
  public long write(ByteBuffer[] buffers, int offset, int count) {
    if (isEnded) {
      return TcpConnection.takeAll(buffers, offset, count);
    }
    long taken = 0;
    int next = offset;
    while (next < offset + count && cipherText == null) {
      ByteBuffer room = sockets.takeCipherBuffer();
      int before = next;
      while (next < offset + count && room.hasRemaining()) {
        taken += encrypt(buffers[next], room);
        next += buffers[next].hasRemaining() ? 0 : 1;
      }
      assert next > before || room.position() > 0;
      cipherText = room.flip();
      flush();
    }
    isShort = next < offset + count;
    return taken;
  }

  private int encrypt(ByteBuffer from, ByteBuffer to) {
    int length = Math.min(from.remaining(), to.remaining());
    int limit = from.limit();
    sending.crypt(from.limit(from.position() + length), to, sockets.scratch());
    from.limit(limit);
    return length;
  }

  /** Sends what is encrypted, as far as there is room; the wire tells when there is more. */
  private void flush() {
    ByteBuffer bytes = cipherText;
    if (bytes != null) {
      gather[0] = bytes;
      wire.write(gather, 0, 1);
      if (!bytes.hasRemaining()) {
        dropCipherText();
      }
    }
  }

  private void dropCipherText() {
    if (cipherText != null) {
      sockets.giveCipherBuffer(cipherText);
      cipherText = null;
    }
  }

  @Override
  public void close() {
    isEnded = true;
    dropCipherText();
    wire.close();
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    int clear = Math.min(clearBytes, bytes.remaining());
    clearBytes -= clear;
    ByteBuffer encrypted = bytes.duplicate();
    encrypted.position(bytes.position() + clear);
    // In place: the bytes are ours, lent to the handler afterwards.
    receiving.crypt(encrypted, encrypted.duplicate(), sockets.scratch());
    if (handler != null) {
      handler.onBytes(bytes);
    }
  }

  @Override
  public void onWritable() {
    flush();
    if (isShort && cipherText == null && !isEnded && handler != null) {
      isShort = false;
      handler.onWritable();
    }
  }

  @Override
  public void onClosed(@Nullable IOException cause) {
    isEnded = true;
    dropCipherText();
    if (handler != null) {
      handler.onClosed(cause);
    }
  }
}
