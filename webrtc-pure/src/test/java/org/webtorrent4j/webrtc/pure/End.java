package org.webtorrent4j.webrtc.pure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.webrtc.rtc.RtcHandler;
import org.webtorrent4j.webrtc.rtc.RtcPeer;

/** An owner of a peer that sends a known row of bytes, and checks that it receives the same. */
final class End implements RtcHandler {
  private static final int CHUNK = 16 * 1024;

  final CompletableFuture<String> description = new CompletableFuture<>();
  final CompletableFuture<Boolean> opened = new CompletableFuture<>();
  final CompletableFuture<Optional<IOException>> closed = new CompletableFuture<>();
  private final CompletableFuture<RtcPeer> peer = new CompletableFuture<>();
  private final PureHost host;
  private CompletableFuture<Boolean> received = new CompletableFuture<>();
  private long toReceive = Long.MAX_VALUE;
  private long receivedBytes;
  private long toSend;
  private long sentBytes;

  End(PureHost host) {
    this.host = host;
  }

  boolean use(RtcPeer newPeer) {
    return peer.complete(newPeer);
  }

  RtcPeer peer() {
    return peer.join();
  }

  void accept(String answer) {
    host.call(
        () -> {
          peer().accept(answer);
          return true;
        });
  }

  void close() {
    host.call(
        () -> {
          peer().close();
          return true;
        });
  }

  /** Sends bytes of the row, as fast as they are taken. */
  void send(long bytes) {
    host.loop()
        .execute(
            () -> {
              toSend += bytes;
              pump();
            });
  }

  /** Done when so many bytes of the row have come; false if one was wrong. */
  CompletableFuture<Boolean> expect(long bytes) {
    return host.call(
        () -> {
          received = new CompletableFuture<>();
          toReceive = receivedBytes + bytes;
          return received;
        });
  }

  private void pump() {
    while (toSend > 0) {
      byte[] chunk = new byte[(int) Math.min(CHUNK, toSend)];
      for (int i = 0; i < chunk.length; i++) {
        chunk[i] = at(sentBytes + i);
      }
      long taken = peer().write(new ByteBuffer[] {ByteBuffer.wrap(chunk)}, 0, 1);
      sentBytes += taken;
      toSend -= taken;
      if (taken < chunk.length) {
        return;
      }
    }
  }

  private static byte at(long index) {
    return (byte) ((index * 0x9e3779b97f4a7c15L) >>> 56);
  }

  @Override
  public void onDescription(String sdp) {
    description.complete(sdp);
  }

  @Override
  public void onOpen() {
    opened.complete(true);
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      if (bytes.get() != at(receivedBytes++)) {
        received.complete(false);
      }
    }
    if (receivedBytes >= toReceive) {
      received.complete(true);
    }
  }

  @Override
  public void onWritable() {
    pump();
  }

  @Override
  public void onClosed(@Nullable IOException cause) {
    closed.complete(Optional.ofNullable(cause));
    opened.completeExceptionally(new IOException("closed", cause));
    received.completeExceptionally(new IOException("closed", cause));
  }
}
