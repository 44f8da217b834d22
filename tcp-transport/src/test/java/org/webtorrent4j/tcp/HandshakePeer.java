package org.webtorrent4j.tcp;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.transport.Connection;
import org.webtorrent4j.transport.ConnectionHandler;

/** An owner that exchanges BitTorrent handshakes and closes on anything else. */
final class HandshakePeer implements ConnectionHandler {
  static final byte[] HANDSHAKE =
      ("\u0013BitTorrent protocol" + "\0".repeat(28) + "-XX0001-abcdefghijkl")
          .getBytes(StandardCharsets.US_ASCII);

  private final Connection connection;
  private final ByteBuffer received = ByteBuffer.allocate(HANDSHAKE.length);
  private final CompletableFuture<Connection> done = new CompletableFuture<>();

  private HandshakePeer(Connection connection) {
    this.connection = connection;
  }

  /** Sends a handshake and waits for one; gives the connection, or fails if it closes first. */
  static CompletableFuture<Connection> ask(Connection connection) {
    HandshakePeer peer = new HandshakePeer(connection);
    connection.start(peer);
    peer.send();
    return peer.done;
  }

  /** Waits for a handshake and answers it. */
  static void answer(Connection connection) {
    connection.start(new HandshakePeer(connection));
  }

  private void send() {
    connection.write(new ByteBuffer[] {ByteBuffer.wrap(HANDSHAKE)}, 0, 1);
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      byte next = bytes.get();
      if (!received.hasRemaining() || next != HANDSHAKE[received.position()]) {
        connection.close();
        bytes.position(bytes.limit());
        return;
      }
      received.put(next);
    }
    if (!received.hasRemaining()) {
      if (connection.isIncoming()) {
        send();
      }
      done.complete(connection);
    }
  }

  @Override
  public void onWritable() {}

  @Override
  public void onClosed(@Nullable IOException cause) {
    done.completeExceptionally(cause != null ? cause : new EOFException("closed"));
  }
}
