package org.webtorrent4j.webrtc.signal;

import java.io.IOException;
import java.net.URI;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.net.ForeignText;
import org.webtorrent4j.webrtc.socket.WebSocket;

/**
 * The way to one tracker: a socket, and after its end the next one, in seconds at first and then
 * less and less often. Confined to the event loop.
 */
final class Link {
  private static final Logger LOG = LoggerFactory.getLogger(Link.class);
  private static final long SECOND = 1_000_000_000L;

  /** Time for the name, the connection, TLS and the upgrade together. */
  private static final long OPEN_NANOS = 20 * SECOND;

  /** Proxies in between drop what was silent for a minute, some for 50 s, some for 30. */
  private static final long PING_NANOS = 25 * SECOND;

  private static final int MAX_SILENT_PINGS = 4;
  private static final int MAX_BACK_OFF_SHIFT = 6; // 64 to 128 s

  /** A socket that lasts so long has worked, whatever was said on it. */
  private static final long WORKING_NANOS = 60 * SECOND;

  /** One on which the tracker has answered, too: there are proxies that cut after half a minute. */
  private static final long ANSWERED_NANOS = 10 * SECOND;

  /** What the tracker of sockets that do not last is spared: 4 to 8 s. */
  private static final int MAX_ANSWERED_SHIFT = 2;

  /** Told how the link does; never from inside of a call to it. */
  interface Owner {
    /** There is a new socket, to which nothing was sent yet. */
    void onUp();

    void onMessage(String text);

    /** There is no socket any more, or it could not be opened; the next one is tried later. */
    void onDown(String reason);
  }

  private enum State {
    IDLE,
    OPENING,
    UP,
    WAITING,
    CLOSED
  }

  private final EventLoop loop;
  private final RandomGenerator random;
  private final WebSocket.Opener opener;
  private final SocketSlots slots;
  private final URI uri;
  private final Owner owner;
  private State state = State.IDLE;
  private @Nullable WebSocket socket;
  private EventLoop.@Nullable Timer timer;
  private String reason = "not connected yet";
  private int generation;
  private int failures;
  private int silentPings;
  private long upNanos;
  private boolean hasAnswered;

  Link(
      EventLoop loop,
      RandomGenerator random,
      WebSocket.Opener opener,
      SocketSlots slots,
      URI uri,
      Owner owner) {
    this.loop = loop;
    this.random = random;
    this.opener = opener;
    this.slots = slots;
    this.uri = uri;
    this.owner = owner;
  }

  /** Opens the first socket, if that was not done yet. */
  void start() {
    if (state == State.IDLE) {
      open();
    }
  }

  boolean isUp() {
    return state == State.UP;
  }

  /** Whether the next socket is waited for. */
  boolean isWaiting() {
    return state == State.WAITING;
  }

  /** Counts the sockets: what was sent to one is unknown on the next. */
  int generation() {
    return generation;
  }

  /** Why there is no socket, in words fit for a user. */
  String reason() {
    return reason;
  }

  /** The tracker has done what it is there for. */
  void onWorked() {
    hasAnswered = true;
  }

  int queuedBytes() {
    return socket == null ? 0 : socket.queuedBytes();
  }

  /** Sends a message; only while the link is up. */
  void send(String text) {
    if (socket != null) {
      LOG.trace(">> {} {}", uri, text);
      socket.send(text);
    }
  }

  /** Ends for good; what was sent still goes out. Idempotent. */
  void close() {
    closeSocket();
    cancelTimer();
    state = State.CLOSED;
  }

  private void open() {
    cancelTimer();
    if (!slots.tryTake()) {
      // Not from inside of the call that wanted it.
      state = State.OPENING;
      timer = loop.schedule(0, () -> down("too many WebSocket trackers are in use already"));
      return;
    }
    state = State.OPENING;
    generation++;
    timer = loop.schedule(OPEN_NANOS, () -> lose("no connection within 20 s"));
    socket = opener.open(uri, new Events(generation));
  }

  private void onOpen() {
    LOG.debug("tracker {} is connected", uri);
    state = State.UP;
    upNanos = loop.nanoTime();
    hasAnswered = false;
    silentPings = 0;
    cancelTimer();
    timer = loop.schedule(PING_NANOS, this::ping);
    owner.onUp();
  }

  private void ping() {
    WebSocket asked = socket;
    if (asked == null) {
      return;
    }
    silentPings = asked.hasHeard() ? 0 : silentPings + 1;
    if (silentPings == MAX_SILENT_PINGS) {
      lose("no sign of life for 100 s");
      return;
    }
    asked.ping();
    timer = loop.schedule(PING_NANOS, this::ping);
  }

  private void lose(String why) {
    closeSocket();
    down(why);
  }

  private void down(String why) {
    cancelTimer();
    long base = nextPause();
    socket = null;
    state = State.WAITING;
    reason = why;
    long delay = base + (long) (base * random.nextDouble());
    LOG.debug("tracker {}: {}; next try in {} ms", uri, why, delay / 1_000_000);
    timer = loop.schedule(delay, this::open);
    owner.onDown(why);
  }

  /** The least time until the next try: a socket that has worked is not held against anybody. */
  private long nextPause() {
    long age = state == State.UP ? loop.nanoTime() - upNanos : 0;
    if (age >= WORKING_NANOS) {
      failures = 0;
    } else if (hasAnswered && age >= ANSWERED_NANOS) {
      failures = Math.min(failures, MAX_ANSWERED_SHIFT);
    }
    return SECOND << Math.min(failures++, MAX_BACK_OFF_SHIFT);
  }

  private void closeSocket() {
    if (socket != null) {
      socket.close();
      socket = null;
      slots.release();
    }
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  /** What happens to one socket; nothing of an old one counts. */
  private final class Events implements WebSocket.Handler {
    private final int number;

    Events(int number) {
      this.number = number;
    }

    private boolean isCurrent() {
      return number == generation && socket != null;
    }

    @Override
    public void onOpen() {
      if (isCurrent()) {
        Link.this.onOpen();
      }
    }

    @Override
    public void onMessage(String text) {
      if (isCurrent()) {
        if (LOG.isTraceEnabled()) {
          LOG.trace("<< {} {}", uri, ForeignText.clean(text));
        }
        owner.onMessage(text);
      }
    }

    @Override
    public void onClosed(IOException cause) {
      if (isCurrent()) {
        slots.release();
        String message = cause.getMessage();
        down(message == null ? cause.getClass().getSimpleName() : message);
      }
    }
  }
}
