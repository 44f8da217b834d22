package org.webtorrent4j.webrtc.libwebrtc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.webrtc.rtc.RtcHandler;
import org.webtorrent4j.webrtc.rtc.RtcPeer;

/** An owner of a peer that records what it is told; its methods are called by the test's thread. */
final class TestPeer implements RtcHandler {
  final CompletableFuture<String> description = new CompletableFuture<>();
  final CompletableFuture<Boolean> opened = new CompletableFuture<>();
  final CompletableFuture<Optional<IOException>> closed = new CompletableFuture<>();
  final AtomicLong received = new AtomicLong();
  final AtomicInteger writables = new AtomicInteger();
  final AtomicInteger closings = new AtomicInteger();
  volatile Consumer<ByteBuffer> onBytes = bytes -> {};
  volatile Runnable onWritable = () -> {};
  private final CompletableFuture<RtcPeer> peer = new CompletableFuture<>();
  private final RtcHost host;

  TestPeer(RtcHost host) {
    this.host = host;
  }

  record Pair(TestPeer offerer, TestPeer answerer) {}

  void use(RtcPeer newPeer) {
    peer.complete(newPeer);
  }

  RtcPeer peer() {
    return peer.join();
  }

  void accept(String answer) {
    host.call(
        () -> {
          peer().accept(answer);
          return null;
        });
  }

  long write(int length) {
    return host.call(() -> writeNow(length));
  }

  /** On the loop. */
  long writeNow(int length) {
    return peer().write(new ByteBuffer[] {ByteBuffer.allocate(length)}, 0, 1);
  }

  void close() {
    host.call(
        () -> {
          peer().close();
          return null;
        });
  }

  NativeConnection connection() {
    return ((LibWebRtcPeer) peer()).connection();
  }

  /** Why the peer was closed; the text of the failure, or nothing. */
  String closeReason() {
    return RtcHost.get(closed).map(Throwable::getMessage).orElse("");
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
    int length = bytes.remaining();
    onBytes.accept(bytes);
    received.addAndGet(length);
  }

  @Override
  public void onWritable() {
    writables.incrementAndGet();
    onWritable.run();
  }

  @Override
  public void onClosed(@Nullable IOException cause) {
    closings.incrementAndGet();
    closed.complete(Optional.ofNullable(cause));
  }
}
