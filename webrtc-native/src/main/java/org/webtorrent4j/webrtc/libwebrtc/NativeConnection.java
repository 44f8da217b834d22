package org.webtorrent4j.webrtc.libwebrtc;

import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelInit;
import dev.onvoid.webrtc.RTCDataChannelState;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.webrtc.sdp.LocalSdp;
import org.webtorrent4j.webrtc.sdp.RemoteSdp;

/**
 * The native half of a peer: makes its connection, walks it through the exchange of descriptions,
 * watches it and takes it down in the one order that is safe. Tells the other half by tasks on the
 * loop. Confined to the thread of its shard but for what says otherwise.
 */
final class NativeConnection {
  private static final Logger logger = LoggerFactory.getLogger(NativeConnection.class);

  /**
   * Silence is reported after 5 to 8 s; so a peer that was killed is noticed within 16, and one
   * that changes networks has this long to come back.
   */
  private static final long DISCONNECTED_NANOS = TimeUnit.SECONDS.toNanos(8);

  /** How long libwebrtc may take for what is a matter of milliseconds. */
  private static final long DESCRIPTION_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final long ADDRESS_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Candidates come in bursts; each costs a look at the whole description. */
  private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final int MAX_EXTRA_CHANNELS = 8;

  private final FactoryShard shard;
  private final LibWebRtcEngine engine;
  private final LibWebRtcPeer peer;
  private final Callbacks callbacks = new Callbacks(this);
  private final ChannelReceiver receiver;
  private volatile @Nullable Factory factory; // read by callbacks, after it was set
  private @Nullable RTCPeerConnection connection;
  private @Nullable RTCDataChannel channel;
  private @Nullable ChannelSender sender;
  private EventLoop.@Nullable Timer timer; // of whatever is waited for at the time
  private int maxMessage; // of the other end
  private int extraChannels;
  private boolean isClosed;
  private @Nullable Gathering gathering;
  private boolean isDescribed;
  private boolean isPublished;
  private boolean isRenewalDue;
  private boolean isAgreed; // what is found from now on comes too late
  private boolean isOpen;
  private boolean isToldOpen;

  NativeConnection(FactoryShard shard, LibWebRtcEngine engine, LibWebRtcPeer peer) {
    this.shard = shard;
    this.engine = engine;
    this.peer = peer;
    receiver = new ChannelReceiver(peer, engine);
  }

  /** Runs a task on the owner's thread; any thread. */
  void post(Runnable task) {
    shard.thread().execute(task);
  }

  /** Runs a step of the negotiation, unless the end has come; what it throws is the end. */
  void step(Runnable step) {
    if (!isClosed) {
      try {
        step.run();
      } catch (Throwable e) {
        // Among them java.lang.Error, for a description that libwebrtc cannot read.
        end(new IOException("libwebrtc: " + e.getMessage(), e));
      }
    }
  }

  /** Makes an offer. */
  void offer(String label) {
    step(
        () -> {
          RTCPeerConnection made = open(engine.settings().offerGatherTimeout());
          // By default ordered and reliable, as WebTorrent wants it.
          useChannel(made.createDataChannel(label, new RTCDataChannelInit()));
          made.createOffer(new RTCOfferOptions(), callbacks.onCreated(this::describe));
        });
  }

  /** Makes an answer. */
  void answer(RemoteSdp offer) {
    step(
        () -> {
          maxMessage = offer.maxMessageSize();
          isAgreed = true;
          RTCPeerConnection made = open(engine.settings().answerGatherTimeout());
          made.setRemoteDescription(
              new RTCSessionDescription(RTCSdpType.OFFER, offer.text()),
              callbacks.onSet(
                  () ->
                      made.createAnswer(
                          new RTCAnswerOptions(), callbacks.onCreated(this::describe))));
        });
  }

  /** Takes the answer to our offer. */
  void accept(RemoteSdp answer) {
    step(
        () -> {
          maxMessage = answer.maxMessageSize();
          isAgreed = true;
          opened()
              .setRemoteDescription(
                  new RTCSessionDescription(RTCSdpType.ANSWER, answer.text()),
                  callbacks.onSet(() -> {}));
        });
  }

  private RTCPeerConnection open(Duration gatherTimeout) {
    Factory used = shard.factory();
    factory = used;
    RTCPeerConnection made = used.open(this, engine.configuration(), callbacks);
    connection = made;
    shard.counters().created.incrementAndGet();
    Gathering begun = new Gathering(shard.patience(), shard.thread().nanoTime());
    gathering = begun;
    await(
        shard.patience().nanos(gatherTimeout.toNanos()),
        () -> {
          begun.onTimeUp();
          publishSoon();
        });
    return made;
  }

  private RTCPeerConnection opened() {
    if (connection == null) {
      throw new IllegalStateException("not open");
    }
    return connection;
  }

  private void describe(RTCSessionDescription description) {
    opened()
        .setLocalDescription(
            description,
            callbacks.onSet(
                () -> {
                  isDescribed = true;
                  publish();
                }));
  }

  /** All candidates are found. */
  void onGathered() {
    if (!isClosed && gathering != null) {
      gathering.onComplete(shard.thread().nanoTime());
      publishSoon();
    }
  }

  /** A candidate was found. */
  void onCandidate() {
    if (isClosed || gathering == null) {
      return;
    }
    gathering.onCandidate(shard.thread().nanoTime());
    if (!isPublished) {
      step(this::publish);
    } else if (!isAgreed && !isRenewalDue) {
      isRenewalDue = true;
      shard.thread().schedule(BURST_NANOS, () -> step(this::renew));
    }
  }

  private void publishSoon() {
    if (!isPublished) {
      await(DESCRIPTION_NANOS, () -> fail("libwebrtc gave no description"));
      step(this::publish);
    }
  }

  private void publish() {
    boolean isEnough = gathering != null && gathering.isEnough();
    if (isEnough && isDescribed && !isPublished) {
      isPublished = true;
      awaitNothing();
      tellDescription();
    }
  }

  private void renew() {
    isRenewalDue = false;
    if (!isAgreed) {
      tellDescription();
    }
  }

  private void tellDescription() {
    String sdp = LocalSdp.complete(opened().getLocalDescription().sdp);
    engine.loop().execute(() -> peer.described(sdp));
  }

  /** The peer has opened a channel. */
  void onChannel(RTCDataChannel opened) {
    if (isClosed || channel != null) {
      attempt(opened::close);
      attempt(opened::dispose);
      if (++extraChannels > MAX_EXTRA_CHANNELS) {
        fail("the peer opens more and more channels");
      }
    } else {
      step(
          () -> {
            useChannel(opened);
            // It is open already, and will not say so.
            onChannelState();
          });
    }
  }

  private void useChannel(RTCDataChannel used) {
    channel = used;
    sender = new ChannelSender(used, shard.thread(), peer, engine);
    used.registerObserver(callbacks);
  }

  void onChannelState() {
    step(
        () -> {
          RTCDataChannelState state =
              channel == null ? RTCDataChannelState.CONNECTING : channel.getState();
          if (state == RTCDataChannelState.OPEN && !isOpen) {
            isOpen = true;
            opened().getStats(callbacks::onStats);
            await(ADDRESS_NANOS, () -> onAddress(Optional.empty()));
          } else if (state == RTCDataChannelState.CLOSING || state == RTCDataChannelState.CLOSED) {
            end(isOpen ? null : new IOException("the data channel closed before it was open"));
          }
        });
  }

  /** The channel is open, and this is known of the other end. */
  void onAddress(Optional<InetSocketAddress> address) {
    if (!isClosed && !isToldOpen) {
      isToldOpen = true;
      awaitNothing();
      engine.loop().execute(() -> peer.opened(address));
    }
  }

  /** The state of ICE and DTLS; a channel does not notice if they fail. */
  void onState(RTCPeerConnectionState state) {
    if (isToldOpen) {
      awaitNothing(); // it was disconnected, perhaps
    }
    if (state == RTCPeerConnectionState.FAILED) {
      fail(isOpen ? "the peer does not answer any more" : "no way to the peer was found");
    } else if (state == RTCPeerConnectionState.DISCONNECTED && isToldOpen && !isClosed) {
      await(DISCONNECTED_NANOS, () -> fail("the peer does not answer any more"));
    }
  }

  private void await(long nanos, Runnable end) {
    awaitNothing();
    timer = shard.thread().schedule(nanos, end);
  }

  private void awaitNothing() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  /** Something calls back; on the callback thread. */
  void onCallback() {
    Factory called = factory;
    if (called != null) {
      called.onCallback();
    }
  }

  /** A message; on the callback thread. */
  void onMessage(ByteBuffer message, boolean isBinary) {
    Factory called = factory;
    if (called != null && called.countMessage()) {
      shard.relieve(called);
    }
    IOException refusal = receiver.receive(message, isBinary);
    if (refusal != null) {
      callbacks.detach();
      post(() -> end(refusal));
    }
  }

  /** The messages received so far; any thread. */
  long messages() {
    return receiver.messages();
  }

  /** There is something to send. */
  void pump() {
    step(
        () -> {
          if (sender != null && !sender.pump(shard.message(), maxMessage)) {
            post(this::pump);
          }
        });
  }

  /** The loop waits until so many of all bytes are with the network. */
  void wantDrained(long bytes) {
    step(
        () -> {
          if (sender != null) {
            sender.wantDrained(bytes);
          }
        });
  }

  /** Ends the connection with a failure in words. */
  void fail(String reason) {
    end(new IOException(reason));
  }

  /** Ends the connection and tells the loop. */
  void end(@Nullable IOException cause) {
    if (!isClosed) {
      close();
      engine.loop().execute(() -> peer.ended(cause));
    }
  }

  /** Takes everything down; nothing that comes later does anything. */
  void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    awaitNothing();
    if (sender != null) {
      sender.close();
    }
    RTCDataChannel closing = channel;
    if (closing != null) {
      attempt(closing::unregisterObserver);
      attempt(closing::dispose);
    }
    RTCPeerConnection open = connection;
    if (open != null) {
      attempt(() -> closeConnection(open));
    }
    callbacks.detach();
    Factory used = factory;
    if (used != null) {
      shard.remove(used, this);
    }
  }

  private void closeConnection(RTCPeerConnection closing) throws ReflectiveOperationException {
    ReleaseShim shim = shard.shim();
    long address = shim == null ? 0 : shim.handleOf(closing);
    closing.close();
    shard.counters().closed.incrementAndGet();
    if (shim != null) {
      shim.release(address);
      shard.counters().released.incrementAndGet();
    }
  }

  private static void attempt(Teardown teardown) {
    try {
      teardown.run();
    } catch (Throwable e) {
      logger.debug("libwebrtc does not let go", e);
    }
  }

  private interface Teardown {
    void run() throws ReflectiveOperationException;
  }
}
