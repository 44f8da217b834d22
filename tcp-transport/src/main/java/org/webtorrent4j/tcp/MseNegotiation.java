package org.webtorrent4j.tcp;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.tcp.mse.MseHandshake;
import org.webtorrent4j.tcp.mse.MseOutcome;
import org.webtorrent4j.transport.Connection;
import org.webtorrent4j.transport.ConnectionHandler;

/**
 * Drives an {@link MseHandshake} over a connection: what is slow runs on the crypto thread, and
 * nothing is read meanwhile, so a peer cannot make us hold more than one small read. Its time limit
 * is the affair of its owner. Confined to the event loop.
 */
final class MseNegotiation implements ConnectionHandler {
  /** As much as we read at a time: no peer has more to say in a step. */
  static final int READ_SIZE = 8 * 1024;

  /** Told how it ended; one call, unless it was cancelled. */
  interface Result {
    /** The connection to use from now on, not started. */
    void onNegotiated(Connection connection);

    /** The connection has ended. */
    void onFailed(IOException cause);
  }

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Sockets sockets;
  private final TcpConnection wire;
  private final MseHandshake handshake;
  private final ExecutorService crypto;
  private final Result result;
  private final ByteBuffer[] gather = new ByteBuffer[1];
  private @Nullable Future<?> computation;
  private boolean isOver;

  /**
   * A negotiation over a connection that is not started.
   *
   * @param crypto computes the keys
   */
  MseNegotiation(
      Sockets sockets,
      TcpConnection wire,
      MseHandshake handshake,
      ExecutorService crypto,
      Result result) {
    this.sockets = sockets;
    this.wire = wire;
    this.handshake = handshake;
    this.crypto = crypto;
    this.result = result;
  }

  /** Begins; the result is not told from inside this call. */
  void start() {
    wire.start(this, READ_SIZE);
    if (handshake.isComputing()) {
      compute(NOTHING);
    }
  }

  /** Gives up and closes the connection. */
  void cancel() {
    isOver = true;
    if (computation != null) {
      computation.cancel(false);
    }
    wire.close();
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    try {
      handshake.receive(bytes);
    } catch (ProtocolException e) {
      cancel();
      result.onFailed(e);
      return;
    }
    send();
    if (handshake.isComputing()) {
      compute(bytes);
    } else if (handshake.outcome() != null) {
      wire.holdBack(bytes);
      finishIfSent();
    }
  }

  private void compute(ByteBuffer unread) {
    wire.holdBack(unread);
    computation =
        crypto.submit(
            () -> {
              handshake.compute();
              sockets.loop().execute(this::onComputed);
            });
  }

  private void onComputed() {
    if (!isOver) {
      handshake.resume();
      send();
      wire.resumeReading();
    }
  }

  @Override
  public void onWritable() {
    send();
    finishIfSent();
  }

  private void send() {
    if (handshake.output().hasRemaining()) {
      gather[0] = handshake.output();
      wire.write(gather, 0, 1);
    }
  }

  private void finishIfSent() {
    MseOutcome outcome = handshake.outcome();
    if (outcome == null || handshake.output().hasRemaining() || isOver) {
      return;
    }
    isOver = true;
    wire.handBack(outcome.initialPayload());
    result.onNegotiated(
        outcome.isEncrypted() ? new EncryptedConnection(wire, sockets, outcome) : wire);
  }

  @Override
  public void onClosed(@Nullable IOException cause) {
    if (!isOver) {
      cancel();
      result.onFailed(cause != null ? cause : new EOFException("closed while negotiating"));
    }
  }
}
