package org.webtorrent4j.webrtc.socket;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.net.ForeignText;
import org.webtorrent4j.net.Url;
import org.webtorrent4j.tracker.net.AddressRules;
import org.webtorrent4j.tracker.net.Connector;

/**
 * A WebSocket over a plain or a TLS socket. One thread connects and reads, another writes; both
 * post to the loop, to which everything else is confined.
 */
final class TcpWebSocket implements WebSocket {
  /** Characters that may be on their way to the loop; then the reader waits for it. */
  private static final int MAX_IN_FLIGHT = 2 * FrameReader.MAX_MESSAGE;

  /** What every message counts for besides its length. */
  private static final int MESSAGE_OVERHEAD = 256;

  private static final long WRITER_GRACE_MILLIS = 500;
  private static final long READER_GRACE_MILLIS = 200;

  private final EventLoop loop;
  private final Connector connector;
  private final Url url;
  private final AddressRules.Sender sender;
  private final SecureRandom random;
  private final Outbox outbox = new Outbox();
  private final Semaphore inFlight = new Semaphore(MAX_IN_FLIGHT);
  private final ThreadMaker threads;
  private final Thread reader;
  private @Nullable Handler handler; // null after the end; confined to the loop
  private boolean isOpen; // confined to the loop
  private volatile boolean hasHeard;
  private volatile int closeCode = CloseCode.NORMAL; // for our goodbye

  private final Object lock = new Object();
  private @Nullable Socket plain; // guarded by the lock
  private boolean isEnded; // guarded by the lock; no socket may be opened any more
  private @Nullable Thread writer; // guarded by the lock; null before the socket is open
  private @Nullable IOException writeFailure; // guarded by the lock

  /** A socket whose threads have not begun. */
  TcpWebSocket(
      EventLoop loop,
      Connector connector,
      Url url,
      AddressRules.Sender sender,
      SecureRandom random,
      ThreadMaker threads,
      Handler handler) {
    this.loop = loop;
    this.connector = connector;
    this.url = url;
    this.sender = sender;
    this.random = random;
    this.handler = handler;
    this.threads = threads;
    this.reader = threads.make("in", this::runReader);
  }

  /** Makes daemon threads that somebody waits for at the end. */
  interface ThreadMaker {
    Thread make(String name, Runnable task);
  }

  void start() {
    reader.start();
  }

  // ---- on the loop

  @Override
  public void send(String text) {
    assert loop.inLoop();
    if (handler != null && !outbox.text(text)) {
      // Its thread hangs in a write: only this wakes it.
      abort(new IOException("the tracker does not read what it is sent"));
    }
  }

  @Override
  public int queuedBytes() {
    return outbox.bytes();
  }

  @Override
  public void ping() {
    assert loop.inLoop();
    outbox.ping();
  }

  @Override
  public boolean hasHeard() {
    assert loop.inLoop();
    boolean heard = hasHeard;
    hasHeard = false;
    return heard;
  }

  @Override
  public void close() {
    assert loop.inLoop();
    if (handler == null) {
      return;
    }
    handler = null;
    outbox.end();
    if (isOpen) {
      threads.make("close", this::runCloser).start();
    } else {
      closeSocket();
      reader.interrupt();
    }
  }

  private void onOpen() {
    isOpen = true;
    if (handler != null) {
      handler.onOpen();
    }
  }

  private void onMessage(String text, int credits) {
    inFlight.release(credits);
    if (handler != null) {
      handler.onMessage(text);
    }
  }

  private void onClosed(IOException cause) {
    Handler told = handler;
    handler = null;
    if (told != null) {
      told.onClosed(cause);
    }
  }

  private void abort(IOException cause) {
    loop.execute(() -> onClosed(cause)); // before the threads tell of what this does to them
    outbox.end();
    closeSocket();
    reader.interrupt();
  }

  // ---- on threads of its own

  private void runReader() {
    IOException cause;
    try {
      cause = connectAndRead();
    } catch (IOException e) {
      cause = e;
    } catch (InterruptedException e) {
      cause = new IOException("closed", e);
    } catch (RuntimeException e) {
      // The platform's resolver and TLS throw what they please for strange input.
      cause = new IOException("the connection failed: " + e.getMessage(), e);
    }
    if (cause instanceof FrameException broken) {
      closeCode = broken.closeCode();
    }
    outbox.end();
    if (cause instanceof ProtocolException) {
      joinQuietly(writer(), WRITER_GRACE_MILLIS); // it says goodbye
    }
    closeSocket();
    IOException told = firstFailure(cause);
    loop.execute(() -> onClosed(told));
  }

  /** Returns why the other end closed. */
  private IOException connectAndRead() throws IOException, InterruptedException {
    Socket connected = connector.connect(url, sender, this::opened).socket();
    connected.setTcpNoDelay(true);
    Socket socket = url.scheme().equals("wss") ? connector.secure(connected, url) : connected;
    InputStream in = new BufferedInputStream(socket.getInputStream());
    OutputStream toServer = socket.getOutputStream();
    new Upgrade(url, random).exchange(in, toServer);
    startWriter(toServer);
    loop.execute(this::onOpen);
    FrameReader frames = new FrameReader(in, new Incoming());
    try {
      while (frames.readFrame()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    } catch (Interruption e) {
      throw e.cause;
    }
    closeCode = frames.closeCode();
    // A ProtocolException, too, so that the goodbye is answered.
    String reason = ForeignText.clean(frames.closeReason());
    return new ProtocolException(
        "the tracker closed the connection" + (reason.isEmpty() ? "" : " (" + reason + ")"));
  }

  private void opened(Socket socket) {
    synchronized (lock) {
      plain = socket;
      if (isEnded) {
        closeQuietly(socket);
      }
    }
  }

  /** Closing the plain socket never waits, unlike that of TLS. */
  private void closeSocket() {
    synchronized (lock) {
      isEnded = true;
      if (plain != null) {
        closeQuietly(plain);
      }
    }
  }

  private void startWriter(OutputStream out) {
    Thread thread = threads.make("out", () -> runWriter(new FrameWriter(out, random)));
    synchronized (lock) {
      writer = thread;
    }
    thread.start();
  }

  private @Nullable Thread writer() {
    synchronized (lock) {
      return writer;
    }
  }

  private void runWriter(FrameWriter frames) {
    try {
      for (Outbox.Item item = outbox.take(); item != null; item = outbox.take()) {
        if (item instanceof Outbox.Item.Text message) {
          frames.text(message.text().getBytes(StandardCharsets.UTF_8));
        } else if (item instanceof Outbox.Item.Control control) {
          frames.control(control.opcode(), control.payload());
        }
      }
      int code = closeCode;
      frames.control(Opcode.CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
    } catch (IOException e) {
      synchronized (lock) {
        writeFailure = isEnded ? null : e;
      }
      closeSocket(); // wakes the reader, which tells of it
    } catch (InterruptedException e) {
      closeSocket();
    }
  }

  /** What the reader met with may be only that the writer closed the socket. */
  private IOException firstFailure(IOException cause) {
    synchronized (lock) {
      return writeFailure != null ? writeFailure : cause;
    }
  }

  /** Gives the last messages and the goodbyes some time; then ends both threads. */
  private void runCloser() {
    joinQuietly(writer(), WRITER_GRACE_MILLIS);
    joinQuietly(reader, READER_GRACE_MILLIS);
    closeSocket();
    reader.interrupt();
  }

  private static void joinQuietly(@Nullable Thread thread, long millis) {
    try {
      if (thread != null) {
        thread.join(millis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Whatever it is, nobody waits for this socket any more.
    }
  }

  private final class Incoming implements FrameReader.Handler {
    @Override
    public void onMessage(String text) throws IOException {
      int credits = Math.min(text.length() + MESSAGE_OVERHEAD, MAX_IN_FLIGHT);
      try {
        inFlight.acquire(credits);
      } catch (InterruptedException e) {
        throw new Interruption(e);
      }
      loop.execute(() -> TcpWebSocket.this.onMessage(text, credits));
    }

    @Override
    public void onPing(byte[] payload) {
      outbox.pong(payload);
    }

    @Override
    public void onFrame() {
      hasHeard = true;
    }
  }

  /** Carries an interrupt through code that knows only of input and output. */
  private static final class Interruption extends IOException {
    private static final long serialVersionUID = 1L;

    final transient InterruptedException cause;

    Interruption(InterruptedException cause) {
      this.cause = cause;
    }
  }
}
