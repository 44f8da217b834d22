package org.webtorrent4j.webrtc.libwebrtc;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.webrtc.libwebrtc.flow.ByteQueue;
import org.webtorrent4j.webrtc.libwebrtc.flow.SendWindow;
import org.webtorrent4j.webrtc.rtc.RtcHandler;
import org.webtorrent4j.webrtc.rtc.RtcPeer;
import org.webtorrent4j.webrtc.sdp.RemoteSdp;

/**
 * The half of a peer that its owner sees. The native half is on another thread, with a queue of
 * bytes each way between them. Confined to the event loop.
 */
final class LibWebRtcPeer implements RtcPeer {
  private static final Logger logger = LoggerFactory.getLogger(LibWebRtcPeer.class);

  /** What is delivered before others have their turn. */
  private static final long BYTES_PER_TURN = 256 * 1024;

  private final LibWebRtcEngine engine;
  private final RtcHandler handler;
  private final boolean isAnswerer;
  private final NativeConnection connection;
  private final ByteQueue inbox;
  private final ByteQueue outbox;
  private final SendWindow window;
  private State state = State.NEW;
  private boolean isShort; // a write was not taken whole
  private EventLoop.@Nullable Timer connectTimer;
  private SocketAddress remoteAddress = InetSocketAddress.createUnresolved("unknown", 0);

  LibWebRtcPeer(
      LibWebRtcEngine engine, FactoryShard shard, RtcHandler handler, boolean isAnswerer) {
    this.engine = engine;
    this.handler = handler;
    this.isAnswerer = isAnswerer;
    inbox = new ByteQueue(engine.pool());
    outbox = new ByteQueue(engine.pool());
    window = new SendWindow(engine.sending());
    connection = new NativeConnection(shard, engine, this);
  }

  private enum State {
    NEW,
    DESCRIBED,
    CONNECTING,
    OPEN,
    CLOSED
  }

  NativeConnection connection() {
    return connection;
  }

  /** What has come; callbacks fill it. Any thread. */
  ByteQueue inbox() {
    return inbox;
  }

  /** What is to be sent. Any thread. */
  ByteQueue outbox() {
    return outbox;
  }

  void offer() {
    String label = engine.newLabel();
    connection.post(() -> connection.offer(label));
  }

  void answer(String offer) {
    RemoteSdp remote = learn(offer);
    if (remote != null) {
      connection.post(() -> connection.answer(remote));
    }
  }

  @Override
  public void accept(String answer) {
    assert engine.loop().inLoop();
    if (isAnswerer || state == State.NEW) {
      throw new IllegalStateException("there is no offer to be answered");
    }
    if (state == State.DESCRIBED) {
      RemoteSdp remote = learn(answer);
      if (remote != null) {
        startConnecting();
        connection.post(() -> connection.accept(remote));
      }
    }
  }

  private @Nullable RemoteSdp learn(String sdp) {
    try {
      return RemoteSdp.parse(sdp, engine.settings().allowLoopback());
    } catch (ProtocolException e) {
      endLater(e);
      return null;
    }
  }

  private void startConnecting() {
    state = State.CONNECTING;
    long nanos = engine.settings().connectTimeout().toNanos();
    connectTimer =
        engine
            .loop()
            .schedule(
                nanos,
                () -> {
                  connection.post(connection::close);
                  ended(
                      new SocketTimeoutException(
                          "not connected within "
                              + engine.settings().connectTimeout().toMillis()
                              + " ms"));
                });
  }

  /** Our description can be sent, or has become better. */
  void described(String sdp) {
    if (state == State.NEW) {
      state = State.DESCRIBED;
      if (isAnswerer) {
        startConnecting();
      }
      tell(() -> handler.onDescription(sdp));
    } else if (state == State.DESCRIBED) {
      tell(() -> handler.onDescription(sdp));
    }
  }

  /** The channel is open, and perhaps the other end's address is known. */
  void opened(Optional<InetSocketAddress> address) {
    if (state != State.CLOSED && state != State.OPEN) {
      state = State.OPEN;
      cancelTimer();
      address.ifPresent(known -> remoteAddress = known);
      tell(handler::onOpen);
      deliver();
    }
  }

  @Override
  public SocketAddress remoteAddress() {
    return remoteAddress;
  }

  /** Something waits in the queue of what has come. */
  void deliver() {
    if (deliver(BYTES_PER_TURN)) {
      engine.loop().execute(this::deliver);
    }
  }

  /** Delivers about so many bytes; whether there may be more. */
  private boolean deliver(long limit) {
    long delivered = 0;
    while (state == State.OPEN && delivered < limit) {
      ByteBuffer block = inbox.take();
      if (block == null) {
        return false;
      }
      delivered += block.remaining();
      tell(() -> handler.onBytes(block));
      engine.pool().give(block);
    }
    return state == State.OPEN;
  }

  @Override
  public long write(ByteBuffer[] buffers, int offset, int count) {
    assert engine.loop().inLoop();
    if (state == State.CLOSED) {
      return takeAll(buffers, offset, count);
    }
    if (state != State.OPEN) {
      throw new IllegalStateException("the channel is not open yet");
    }
    if (isShort) {
      return 0;
    }
    long taken = take(buffers, offset, count);
    if (isShort) {
      long wanted = window.drainedForRoom();
      connection.post(() -> connection.wantDrained(wanted));
    }
    return taken;
  }

  private long take(ByteBuffer[] buffers, int offset, int count) {
    int room = window.room();
    long taken = 0;
    boolean wakes = false;
    for (int i = offset; i < offset + count && !isShort; i++) {
      ByteBuffer bytes = buffers[i];
      int end = bytes.limit();
      int length = (int) Math.min(bytes.remaining(), room - taken);
      wakes |= outbox.append(bytes.limit(bytes.position() + length));
      bytes.limit(end);
      taken += length;
      isShort = bytes.hasRemaining();
    }
    window.took(taken);
    if (wakes) {
      connection.post(connection::pump);
    }
    return taken;
  }

  private static long takeAll(ByteBuffer[] buffers, int offset, int count) {
    long taken = 0;
    for (int i = offset; i < offset + count; i++) {
      taken += buffers[i].remaining();
      buffers[i].position(buffers[i].limit());
    }
    return taken;
  }

  /** So many of the bytes that were ever written are with the network. */
  void drained(long bytes) {
    if (state != State.OPEN) {
      return;
    }
    window.drainedTo(bytes);
    if (isShort && window.room() > 0) {
      isShort = false;
      tell(handler::onWritable);
    }
  }

  @Override
  public void close() {
    assert engine.loop().inLoop();
    endLater(null);
  }

  /** Ends it now and says so in a later task, as from inside a call of the owner. */
  private void endLater(@Nullable IOException cause) {
    if (state != State.CLOSED) {
      end();
      connection.post(connection::close);
      engine.loop().execute(() -> tellClosed(cause));
    }
  }

  /** The native half has ended. */
  void ended(@Nullable IOException cause) {
    if (cause == null) {
      // The other end has closed in order, and may have said something before.
      deliver(Long.MAX_VALUE);
    }
    if (state != State.CLOSED) {
      end();
      tellClosed(cause);
    }
  }

  private void end() {
    state = State.CLOSED;
    cancelTimer();
    window.close();
    inbox.close();
    outbox.close();
    engine.remove(this);
  }

  private void cancelTimer() {
    if (connectTimer != null) {
      connectTimer.cancel();
      connectTimer = null;
    }
  }

  private void tellClosed(@Nullable IOException cause) {
    logger.debug("{} closed: {}", remoteAddress, cause == null ? "in order" : cause.getMessage());
    try {
      handler.onClosed(cause);
    } catch (Throwable e) {
      logger.error("a handler of {} failed at the end", remoteAddress, e);
    }
  }

  /** A bug in serving one peer costs that peer, and is seen by its owner. */
  private void tell(Runnable event) {
    try {
      event.run();
    } catch (Throwable e) {
      logger.error("a handler of {} failed", remoteAddress, e);
      endLater(new IOException("internal error", e));
    }
  }
}
