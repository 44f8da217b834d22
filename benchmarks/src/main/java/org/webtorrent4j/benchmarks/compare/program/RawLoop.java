package org.webtorrent4j.benchmarks.compare.program;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import dev.onvoid.webrtc.RTCDataChannelInit;
import dev.onvoid.webrtc.RTCDataChannelObserver;
import dev.onvoid.webrtc.RTCDataChannelState;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCIceGatheringState;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.onvoid.webrtc.media.audio.AudioLayer;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The limit: webrtc-java in the plainest loop that sends messages of 64 KiB as fast as it can, one
 * factory for each end, nothing verified and nothing written. Says {@code RESULT seconds}.
 */
public final class RawLoop {
  private static final int MESSAGE = 64 * 1024;
  private static final long HIGH = 1024 * 1024;
  private static final long LOW = 256 * 1024;

  private final PeerConnectionFactory factory =
      new PeerConnectionFactory(new AudioDeviceModule(AudioLayer.kDummyAudio));
  private final CountDownLatch open = new CountDownLatch(1);
  private final CompletableFuture<RTCSessionDescription> description = new CompletableFuture<>();
  private final AtomicLong received = new AtomicLong();
  private final RTCPeerConnection connection;
  private volatile @Nullable RTCDataChannel channel;

  private RawLoop() {
    connection =
        factory.createPeerConnection(
            new RTCConfiguration(),
            new PeerConnectionObserver() {
              @Override
              public void onIceCandidate(RTCIceCandidate candidate) {}

              @Override
              public void onIceGatheringChange(RTCIceGatheringState state) {
                if (state == RTCIceGatheringState.COMPLETE) {
                  description.completeAsync(() -> RawLoop.this.connection.getLocalDescription());
                }
              }

              @Override
              public void onDataChannel(RTCDataChannel incoming) {
                use(incoming);
              }
            });
  }

  private void use(RTCDataChannel used) {
    channel = used;
    used.registerObserver(
        new RTCDataChannelObserver() {
          @Override
          public void onBufferedAmountChange(long previousAmount) {}

          @Override
          public void onStateChange() {
            checkOpen();
          }

          @Override
          public void onMessage(RTCDataChannelBuffer buffer) {
            received.addAndGet(buffer.data.remaining());
          }
        });
    checkOpen();
  }

  private void checkOpen() {
    RTCDataChannel used = channel;
    if (used != null && used.getState() == RTCDataChannelState.OPEN) {
      open.countDown();
    }
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    long total = Long.parseLong(args[0]) << 20;
    RawLoop sender = new RawLoop();
    RawLoop receiver = new RawLoop();
    RTCDataChannel channel = sender.connection.createDataChannel("raw", new RTCDataChannelInit());
    sender.use(channel);
    sender.connection.createOffer(new RTCOfferOptions(), sender.setLocal());
    receiver.connection.setRemoteDescription(sender.description.get(), receiver.answerWhenSet());
    sender.connection.setRemoteDescription(receiver.description.get(), new Set());
    sender.open.await();
    receiver.open.await();

    long start = System.nanoTime();
    ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE);
    long estimate = 0;
    for (long sent = 0; sent < total; sent += MESSAGE) {
      if (estimate + MESSAGE > HIGH) {
        estimate = channel.getBufferedAmount();
        while (estimate > LOW) {
          Thread.sleep(1);
          estimate = channel.getBufferedAmount();
        }
      }
      channel.send(new RTCDataChannelBuffer(message.clear(), true));
      estimate += MESSAGE;
    }
    while (receiver.received.get() < total) {
      Thread.sleep(1);
    }
    System.out.printf("RESULT %.3f%n", (System.nanoTime() - start) / 1e9);
    Standby.serve(Standby.input()); // until the benchmark has read our CPU time
    Runtime.getRuntime().halt(0);
  }

  private CreateSessionDescriptionObserver setLocal() {
    return new CreateSessionDescriptionObserver() {
      @Override
      public void onSuccess(RTCSessionDescription made) {
        connection.setLocalDescription(made, new Set());
      }

      @Override
      public void onFailure(String error) {
        description.completeExceptionally(new IllegalStateException(error));
      }
    };
  }

  private SetSessionDescriptionObserver answerWhenSet() {
    return new Set() {
      @Override
      public void onSuccess() {
        connection.createAnswer(new RTCAnswerOptions(), setLocal());
      }
    };
  }

  private static class Set implements SetSessionDescriptionObserver {
    @Override
    public void onSuccess() {}

    @Override
    public void onFailure(String error) {
      System.err.println("a description was refused: " + error);
    }
  }
}
