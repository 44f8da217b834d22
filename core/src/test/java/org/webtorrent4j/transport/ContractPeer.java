package org.webtorrent4j.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;

/**
 * An owner of a connection that checks what every transport promises to it, and sends and expects a
 * stream in which every byte tells its place. Its public methods are called by the test's thread;
 * everything else is confined to the loop.
 */
final class ContractPeer implements ConnectionHandler {
  private static final long TIMEOUT_SECONDS = 100;

  private final EventLoop loop;
  private final Connection connection;
  private final CompletableFuture<Boolean> closed = new CompletableFuture<>();
  private final CompletableFuture<Throwable> broken = new CompletableFuture<>();
  private final CompletableFuture<Boolean> becameShort = new CompletableFuture<>();
  private CompletableFuture<Long> enough = new CompletableFuture<>();
  private long wanted = Long.MAX_VALUE;
  private boolean isStarted;
  private boolean inCall;
  private boolean isClosed;
  private boolean isShort;
  private long received;
  private long sent;
  private long toSend;
  private int chunk;
  private Runnable onEveryRead = () -> {};

  ContractPeer(EventLoop loop, Connection connection) {
    this.loop = loop;
    this.connection = connection;
  }

  Connection connection() {
    return connection;
  }

  void start() throws Exception {
    call(
        () -> {
          isStarted = true;
          owned(() -> connection.start(this));
          return null;
        });
  }

  /** Sends more of the stream, in writes of a size, as there is room. */
  void send(long bytes, int chunkSize) throws Exception {
    call(
        () -> {
          toSend += bytes;
          chunk = chunkSize;
          pump();
          return null;
        });
  }

  void close() throws Exception {
    call(
        () -> {
          owned(connection::close);
          return null;
        });
  }

  /** What to do on the loop whenever bytes have come. */
  void onEveryRead(Runnable action) throws Exception {
    call(
        () -> {
          onEveryRead = action;
          return null;
        });
  }

  /** Closes the connection; on the loop. */
  void closeNow() {
    owned(connection::close);
  }

  /** Sends more of the stream; on the loop. */
  void sendNow(long bytes) {
    toSend += bytes;
    pump();
  }

  /** Waits until so many bytes of the stream have come in all. */
  void awaitReceived(long bytes) throws Exception {
    CompletableFuture<Long> future =
        call(
            () -> {
              wanted = bytes;
              enough = new CompletableFuture<>();
              checkEnough();
              return enough;
            });
    await(future);
  }

  /** Waits until a write was not taken whole. */
  void awaitShortWrite() throws Exception {
    await(becameShort);
  }

  /** Waits for the end; whether it was orderly. */
  boolean awaitClosed() throws Exception {
    return await(closed);
  }

  long received() throws Exception {
    return call(() -> received);
  }

  /** Lets the loop turn some times, in which nothing wrong may happen. */
  void settle() throws Exception {
    for (int i = 0; i < 5; i++) {
      call(() -> null);
    }
    if (broken.isDone()) {
      throw new AssertionError("a promise of the transport was broken", broken.join());
    }
  }

  <T extends @Nullable Object> T call(Callable<T> task) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            result.complete(task.call());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        });
    return await(result);
  }

  private <T extends @Nullable Object> T await(CompletableFuture<T> future) throws Exception {
    CompletableFuture.anyOf(future, broken).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    if (broken.isDone()) {
      throw new AssertionError("a promise of the transport was broken", broken.join());
    }
    return future.get();
  }

  private void owned(Runnable action) {
    boolean before = inCall;
    inCall = true;
    action.run();
    inCall = before;
  }

  private void pump() {
    while (sent < toSend && !isShort) {
      int length = (int) Math.min(chunk, toSend - sent);
      ByteBuffer[] buffers = {pattern(sent, length)};
      long[] taken = new long[1];
      owned(() -> taken[0] = connection.write(buffers, 0, 1));
      assertEquals(buffers[0].position(), taken[0]);
      sent += taken[0];
      if (buffers[0].hasRemaining()) {
        isShort = true;
        becameShort.complete(true);
      }
    }
  }

  static ByteBuffer pattern(long position, int length) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(length);
    for (int i = 0; i < length; i++) {
      bytes.put(i, at(position + i));
    }
    return bytes;
  }

  private static byte at(long position) {
    return (byte) (position * 31 + (position >>> 8) * 7 + (position >>> 16) * 13);
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    check(
        () -> {
          assertTrue(bytes.hasRemaining(), "no bytes");
          while (bytes.hasRemaining()) {
            byte expected = at(received);
            byte actual = bytes.get();
            if (expected != actual) {
              assertEquals(expected, actual, "byte " + received);
            }
            received++;
          }
          onEveryRead.run();
          checkEnough();
        });
  }

  private void checkEnough() {
    if (received >= wanted) {
      enough.complete(received);
    }
  }

  @Override
  public void onWritable() {
    check(
        () -> {
          assertTrue(isShort, "onWritable without a short write");
          isShort = false;
          pump();
        });
  }

  @Override
  public void onClosed(@Nullable IOException cause) {
    check(
        () -> {
          isClosed = true;
          closed.complete(cause == null);
        });
  }

  private void check(Runnable event) {
    try {
      assertTrue(loop.inLoop(), "not on the loop");
      assertTrue(isStarted, "before start");
      assertFalse(inCall, "inside a call of the owner");
      assertFalse(isClosed, "after onClosed");
      event.run();
    } catch (Throwable e) {
      broken.complete(e);
    }
  }
}
