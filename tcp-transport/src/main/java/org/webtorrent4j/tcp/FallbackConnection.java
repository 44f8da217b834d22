package org.webtorrent4j.tcp;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.transport.Connection;
import org.webtorrent4j.transport.ConnectionHandler;
import org.webtorrent4j.transport.DialHandler;
import org.webtorrent4j.transport.Dialer;

/**
 * An outgoing connection in plaintext that is opened again, once and unseen by its owner, if the
 * peer answers what we sent by ending it without a word: so do those that insist on encryption, and
 * there is no other sign. What was sent until then, a handshake, is kept and sent again. Confined
 * to the event loop.
 */
final class FallbackConnection implements Connection, ConnectionHandler, DialHandler {
  private enum State {
    UNANSWERED,
    REDIALING,
    SETTLED
  }

  /** An owner that sends more than this before it has heard anything has no second try. */
  private static final int MAX_KEPT = 4096;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final EventLoop loop;
  private final Function<DialHandler, Dialer.Attempt> redial;
  private final ByteBuffer[] gather = new ByteBuffer[1];
  private Connection wire;
  private State state = State.UNANSWERED;
  private ByteBuffer kept = ByteBuffer.allocate(MAX_KEPT);
  private ByteBuffer resent = NOTHING;
  private @Nullable ConnectionHandler handler;
  private Dialer.@Nullable Attempt attempt;
  private @Nullable IOException firstCause;
  private boolean isShort; // while there is no connection that would remember it

  /**
   * Wraps a connection that is not started.
   *
   * @param redial opens the second one
   */
  FallbackConnection(
      EventLoop loop, Connection wire, Function<DialHandler, Dialer.Attempt> redial) {
    this.loop = loop;
    this.wire = wire;
    this.redial = redial;
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
    return false;
  }

  @Override
  public boolean isEncrypted() {
    return wire.isEncrypted();
  }

  @Override
  public void start(ConnectionHandler newHandler) {
    handler = newHandler;
    wire.start(this);
  }

  @Override
  public long write(ByteBuffer[] buffers, int offset, int count) {
    if (state == State.REDIALING || resent.hasRemaining()) {
      isShort = true;
      return 0;
    }
    return state == State.SETTLED
        ? wire.write(buffers, offset, count)
        : writeAndKeep(buffers, offset, count);
  }

  private long writeAndKeep(ByteBuffer[] buffers, int offset, int count) {
    ByteBuffer[] views = new ByteBuffer[count];
    for (int i = 0; i < count; i++) {
      views[i] = buffers[offset + i].duplicate();
    }
    long taken = wire.write(buffers, offset, count);
    if (taken > kept.remaining()) {
      settle();
      return taken;
    }
    for (int i = 0; i < count; i++) {
      kept.put(views[i].limit(buffers[offset + i].position()));
    }
    return taken;
  }

  private void settle() {
    state = State.SETTLED;
    kept = NOTHING;
    attempt = null;
  }

  @Override
  public void close() {
    if (attempt == null) {
      settle();
      wire.close();
      return;
    }
    attempt.cancel();
    settle();
    loop.execute(() -> tellClosed(null));
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    settle();
    if (handler != null) {
      handler.onBytes(bytes);
    }
  }

  @Override
  public void onWritable() {
    if (resent.hasRemaining()) {
      resend();
    } else if (handler != null) {
      handler.onWritable();
    }
  }

  @Override
  public void onClosed(@Nullable IOException cause) {
    if (state == State.UNANSWERED && kept.position() > 0) {
      state = State.REDIALING;
      firstCause = cause;
      attempt = redial.apply(this);
    } else {
      settle();
      resent = NOTHING;
      tellClosed(cause);
    }
  }

  private void tellClosed(@Nullable IOException cause) {
    if (handler != null) {
      handler.onClosed(cause);
    }
  }

  @Override
  public void onConnected(Connection connection) {
    wire = connection;
    resent = kept.flip();
    settle();
    wire.start(this);
    resend();
  }

  private void resend() {
    gather[0] = resent;
    wire.write(gather, 0, 1);
    if (!resent.hasRemaining() && isShort && handler != null) {
      isShort = false;
      handler.onWritable();
    }
  }

  @Override
  public void onFailed(IOException cause) {
    settle();
    tellClosed(firstCause);
  }
}
