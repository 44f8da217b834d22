package org.webtorrent4j.tracker.server.websocket;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.tracker.server.swarm.Held;
import org.webtorrent4j.tracker.server.swarm.Link;

/**
 * One WebSocket. Each frame is asked for, so that a client which sends too fast, or does not read
 * what it is sent, has to wait. Frames come one after another; sending and {@link #tick} are for
 * any thread.
 */
final class SignalSocket extends Held<SignalSocket> implements FrameHandler {
  private static final Logger LOG = LoggerFactory.getLogger(SignalSocket.class);
  private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(45);

  /** A message or ping costs a token, and another one for every so many bytes. */
  private static final double BYTES_PER_TOKEN = 8 << 10;

  /** What a fragment costs before the message is whole: less, but not nothing. */
  private static final double FRAGMENT_COST = 0.1;

  /** After so many frames others get their turn, for the threads are few. */
  private static final int FRAMES_PER_TURN = 32;

  private final Sockets sockets;
  private final InetSocketAddress endpoint;
  private final Link link = new Link(this::send);
  private final TokenBucket tokens;
  private final MessageBytes message = new MessageBytes();
  private volatile @Nullable Outbox outbox;
  private volatile @Nullable CoreSession session;
  private volatile long lastMessage;
  private volatile long lastPing;
  private volatile boolean isClosing;
  private int framesOfTurn;

  /**
   * A socket that is about to open.
   *
   * @param endpoint where the client is
   */
  SignalSocket(Sockets sockets, InetSocketAddress endpoint) {
    this.sockets = sockets;
    this.endpoint = endpoint;
    this.lastMessage = sockets.nanoTime();
    this.lastPing = lastMessage;
    this.tokens = new TokenBucket(sockets.limits().messagesPerSecond(), lastMessage);
  }

  InetAddress address() {
    return endpoint.getAddress();
  }

  Link link() {
    return link;
  }

  @Override
  public void onOpen(CoreSession opened, Callback callback) {
    session = opened;
    outbox = new Outbox(opened);
    boolean hasRoom = sockets.add(this);
    callback.succeeded();
    if (hasRoom) {
      opened.demand();
    } else {
      opened.close(CloseStatus.TRY_AGAIN_LATER, "too many connections", Callback.NOOP);
    }
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    double cost = frame.isFin() ? 1 : FRAGMENT_COST;
    tokens.take(cost + Math.floor(frame.getPayloadLength() / BYTES_PER_TOKEN));
    if (isClosing && frame.getOpCode() != OpCode.CLOSE) {
      callback.succeeded();
      next(); // until the other end says goodbye too
      return;
    }
    switch (frame.getOpCode()) {
      case OpCode.TEXT, OpCode.BINARY, OpCode.CONTINUATION -> onData(frame, callback);
      case OpCode.PING -> {
        onPing(frame);
        callback.succeeded();
        next();
      }
      case OpCode.CLOSE -> callback.succeeded(); // which answers it; nothing follows
      default -> {
        callback.succeeded();
        next();
      }
    }
  }

  private void onData(Frame frame, Callback callback) {
    String text = null;
    try {
      if (!message.add(frame.getPayload())) {
        callback.succeeded();
        close(CloseStatus.MESSAGE_TOO_LARGE, "more than " + MessageBytes.MAX + " bytes");
        next();
        return;
      }
      text = frame.isFin() ? message.take() : null;
    } catch (CharacterCodingException e) {
      callback.succeeded();
      close(CloseStatus.BAD_PAYLOAD, "not UTF-8");
      next();
      return;
    }
    callback.succeeded();
    if (text != null) {
      lastMessage = sockets.nanoTime();
      sockets.signalling().receive(text, link, endpoint);
    }
    next();
  }

  private void onPing(Frame ping) {
    Outbox replies = outbox;
    if (replies != null) {
      ByteBuffer payload = ByteBuffer.allocate(ping.getPayloadLength());
      if (ping.getPayload() != null) {
        payload.put(ping.getPayload()).flip();
      }
      replies.pong(payload);
    }
  }

  /** Asks for the next frame as soon as the client may send one and has read its replies. */
  private void next() {
    long waitNanos = tokens.waitNanos(sockets.nanoTime());
    if (waitNanos > 0) {
      sockets.schedule(this::next, waitNanos);
      return;
    }
    Outbox replies = outbox;
    if (replies != null) {
      replies.whenLow(this::demand);
    }
  }

  private void demand() {
    CoreSession current = session;
    if (current == null) {
      return;
    }
    framesOfTurn = (framesOfTurn + 1) % FRAMES_PER_TURN;
    if (framesOfTurn == 0) {
      sockets.callSoon(current::demand);
    } else {
      current.demand();
    }
  }

  private void send(String text) {
    Outbox replies = outbox;
    if (replies != null) {
      replies.send(text);
    }
  }

  /**
   * To be called every ten seconds: closes a socket that says nothing or does not read what it is
   * sent; pings others, so that nobody between takes them for dead.
   */
  void tick(long nanoTime) {
    CoreSession current = session;
    Outbox replies = outbox;
    if (current != null && replies != null && replies.tick()) {
      LOG.debug("{}: does not read what it is sent", endpoint);
      current.abort();
    } else if (nanoTime - lastMessage > sockets.limits().silence().toNanos()) {
      close(CloseStatus.SHUTDOWN, "silent for too long");
    } else if (replies != null && nanoTime - lastPing > PING_NANOS) {
      lastPing = nanoTime;
      replies.ping();
    }
  }

  /** Says goodbye, and forgets the peers without waiting for the reply. */
  void close(int status, String reason) {
    LOG.debug("{}: closed: {}", endpoint, reason);
    isClosing = true;
    sockets.remove(this);
    CoreSession current = session;
    if (current != null) {
      // Whoever does not take part in closing is not waited for.
      sockets.schedule(current::abort, TimeUnit.SECONDS.toNanos(5));
      current.close(status, reason, Callback.NOOP);
    }
  }

  @Override
  public void onError(Throwable cause, Callback callback) {
    LOG.debug("{}: {}", endpoint, cause.toString());
    callback.succeeded();
  }

  @Override
  public void onClosed(CloseStatus status, Callback callback) {
    sockets.remove(this);
    callback.succeeded();
  }
}
