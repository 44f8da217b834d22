package org.webtorrent4j.webrtc.libwebrtc;

import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.webrtc.libwebrtc.flow.DrainPace;

/**
 * Hands what the loop has queued to a data channel, and asks the channel how much of it has gone as
 * long as something has not. The loop takes no more than the window allows, so nothing has to be
 * held back here. Confined to the thread of its shard.
 */
final class ChannelSender {
  /** What any line gets in one message. */
  private static final int MIN_MESSAGE = 64 * 1024;

  /** A message is seen when its last byte is there, so it is no longer than goes in this time. */
  private static final long MESSAGE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final RTCDataChannel channel;
  private final EventLoop thread;
  private final LibWebRtcPeer peer;
  private final LibWebRtcEngine engine;
  private final DrainPace pace;
  private long sent;
  private long drained;
  private long wanted; // the loop waits until so much is drained
  private EventLoop.@Nullable Timer question;
  private boolean isQuestionUrgent;
  private boolean isClosed;

  ChannelSender(
      RTCDataChannel channel, EventLoop thread, LibWebRtcPeer peer, LibWebRtcEngine engine) {
    this.channel = channel;
    this.thread = thread;
    this.peer = peer;
    this.engine = engine;
    pace = new DrainPace(thread.nanoTime());
  }

  /**
   * Sends a message of what waits; then other peers have their turn.
   *
   * @param message where it is put together
   * @param maxLength of a message that the other end takes
   * @return whether that was all there is
   */
  boolean pump(ByteBuffer message, int maxLength) {
    long fitting = Math.max(MIN_MESSAGE, pace.bytesIn(MESSAGE_NANOS));
    int length = (int) Math.min(fitting, Math.min(maxLength, message.capacity()));
    boolean isAll = peer.outbox().moveTo(message.clear().limit(length));
    if (message.flip().hasRemaining()) {
      send(message);
    }
    ask();
    return isAll;
  }

  private void send(ByteBuffer message) {
    if (sent == drained) {
      pace.resume(thread.nanoTime());
    }
    sent += message.remaining();
    try {
      // A slice, because webrtc-java sends a buffer from its first byte to its last.
      channel.send(new RTCDataChannelBuffer(message.slice(), true));
    } catch (Exception e) {
      throw new IllegalStateException("the channel takes nothing: " + e.getMessage(), e);
    }
  }

  /** The loop waits until so many of all bytes are drained. */
  void wantDrained(long bytes) {
    wanted = bytes;
    if (drained >= wanted) {
      tell();
    }
    ask();
  }

  private void ask() {
    boolean isUrgent = wanted > drained;
    if (isClosed || sent == drained || (question != null && isQuestionUrgent == isUrgent)) {
      return;
    }
    if (question != null) {
      question.cancel();
    }
    isQuestionUrgent = isUrgent;
    long nanos = isUrgent ? pace.nanosUntil(wanted) : DrainPace.lateNanos();
    question = thread.schedule(nanos, this::onQuestion);
  }

  private void onQuestion() {
    question = null;
    if (isClosed) {
      return;
    }
    peer.connection()
        .step(
            () -> {
              long before = drained;
              drained = Math.max(drained, sent - channel.getBufferedAmount());
              pace.onDrained(drained, thread.nanoTime());
              if (drained > before && drained >= wanted) {
                tell();
              }
              if (drained < sent && pace.isStalled(thread.nanoTime())) {
                peer.connection().end(new IOException("the peer takes nothing any more"));
              }
              ask();
            });
  }

  private void tell() {
    long told = drained;
    engine.loop().execute(() -> peer.drained(told));
  }

  void close() {
    isClosed = true;
    if (question != null) {
      question.cancel();
    }
  }
}
