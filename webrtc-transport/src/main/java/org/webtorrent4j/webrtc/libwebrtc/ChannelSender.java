package org.webtorrent4j.webrtc.libwebrtc;

import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.webrtc.flow.DrainPace;

/**
 * Hands what the loop has queued to a data channel, and asks the channel how much of it has gone as
 * long as something has not. The loop takes no more than the window allows, so nothing has to be
 * held back here. Confined to the thread of its shard.
 */
final class ChannelSender {
  /** After these, other peers have their turn. */
  private static final int MESSAGES_PER_TURN = 4;

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
   * Sends some messages.
   *
   * @return whether that was all there is
   */
  boolean pump() {
    for (int i = 0; i < MESSAGES_PER_TURN; i++) {
      ByteBuffer block = peer.outbox().take();
      if (block == null) {
        ask();
        return true;
      }
      if (sent == drained) {
        pace.resume(thread.nanoTime());
      }
      sent += block.remaining();
      try {
        // A slice, because webrtc-java sends a buffer from its first byte to its last.
        channel.send(new RTCDataChannelBuffer(block.slice(), true));
      } catch (Exception e) {
        throw new IllegalStateException("the channel takes nothing: " + e.getMessage(), e);
      } finally {
        engine.pool().give(block);
      }
    }
    ask();
    return false;
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
