package org.webtorrent4j.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.transport.Connection;
import org.webtorrent4j.transport.ConnectionHandler;
import org.webtorrent4j.transport.Encryption;

/**
 * A connection that came to us, until it is known whether and how it is encrypted. The first 20
 * bytes tell: they are those of a BitTorrent handshake (BEP 3), or they begin a random key.
 * Confined to the event loop.
 */
final class Incoming implements ConnectionHandler, MseNegotiation.Result {
  private static final Logger logger = LoggerFactory.getLogger(Incoming.class);
  private static final byte[] PLAINTEXT =
      "\u0013BitTorrent protocol".getBytes(StandardCharsets.US_ASCII);

  private final TcpTransport transport;
  private final TcpConnection wire;
  private final EventLoop.Timer timeout;
  private final ByteBuffer head = ByteBuffer.allocate(PLAINTEXT.length);
  private @Nullable MseNegotiation negotiation;
  private boolean isOver;

  /** Begins with a connection that is not started. */
  Incoming(TcpTransport transport, TcpConnection wire) {
    this.transport = transport;
    this.wire = wire;
    long nanos = transport.settings().handshakeTimeout().toNanos();
    timeout = transport.loop().schedule(nanos, () -> close("said nothing useful in time"));
    wire.start(this, MseNegotiation.READ_SIZE);
  }

  /** Closes the connection; does nothing if it has been handed on. */
  void close(String why) {
    if (!isOver) {
      logger.debug("{} closed: {}", wire.remoteAddress(), why);
      finish();
      if (negotiation != null) {
        negotiation.cancel();
      } else {
        wire.close();
      }
    }
  }

  private void finish() {
    isOver = true;
    timeout.cancel();
    transport.onIncomingOver(this);
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    while (head.hasRemaining() && bytes.hasRemaining()) {
      head.put(bytes.get());
    }
    if (head.hasRemaining()) {
      return;
    }
    boolean isPlaintext = Arrays.equals(head.array(), PLAINTEXT);
    if (isPlaintext && transport.settings().encryption() == Encryption.REQUIRED) {
      close("is not encrypted");
      return;
    }
    wire.holdBack(bytes);
    wire.handBack(head.array());
    if (isPlaintext) {
      onNegotiated(wire);
    } else {
      negotiation = transport.negotiateIncoming(wire, this);
    }
  }

  @Override
  public void onNegotiated(Connection connection) {
    finish();
    transport.onAccepted(connection);
  }

  @Override
  public void onFailed(IOException cause) {
    logger.debug("{} closed: {}", wire.remoteAddress(), cause.getMessage());
    finish();
  }

  @Override
  public void onWritable() {
    // Nothing is written before the negotiation.
  }

  @Override
  public void onClosed(@Nullable IOException cause) {
    if (!isOver) {
      finish();
    }
  }
}
