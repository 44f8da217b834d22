package org.webtorrent4j.webrtc.libwebrtc;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.PortAllocatorConfig;
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
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.onvoid.webrtc.media.audio.AudioLayer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** webrtc-java without anything of ours: offers, and then does what no client of ours would. */
final class RawPeer implements PeerConnectionObserver, AutoCloseable {
  final AtomicLong received = new AtomicLong();
  private final CompletableFuture<Channel> incoming = new CompletableFuture<>();
  private final CompletableFuture<Boolean> gathered = new CompletableFuture<>();
  private final AudioDeviceModule audio = new AudioDeviceModule(AudioLayer.kDummyAudio);
  private final PeerConnectionFactory factory = new PeerConnectionFactory(audio);
  private final RTCPeerConnection connection;
  private final Channel channel;

  RawPeer() {
    RTCConfiguration configuration = new RTCConfiguration();
    configuration.portAllocatorConfig = new PortAllocatorConfig(0, 0, 8);
    connection = factory.createPeerConnection(configuration, this);
    channel = new Channel(connection.createDataChannel("raw", new RTCDataChannelInit()));
  }

  String offer() {
    Created created = new Created();
    connection.createOffer(new RTCOfferOptions(), created);
    return describe(created);
  }

  private String describe(Created created) {
    Done done = new Done();
    connection.setLocalDescription(RtcHost.get(created.future), done);
    RtcHost.get(done.future);
    RtcHost.get(gathered);
    return connection.getLocalDescription().sdp;
  }

  void accept(String answer) {
    setRemote(RTCSdpType.ANSWER, answer);
    RtcHost.get(channel.opened);
  }

  /** Connects to another of this kind; bytes go from the one that offers to this one. */
  void acceptOffer(RawPeer offerer) {
    setRemote(RTCSdpType.OFFER, offerer.offer());
    Created created = new Created();
    connection.createAnswer(new RTCAnswerOptions(), created);
    offerer.accept(describe(created));
    RtcHost.get(incoming);
  }

  private void setRemote(RTCSdpType type, String sdp) {
    Done done = new Done();
    connection.setRemoteDescription(new RTCSessionDescription(type, sdp), done);
    RtcHost.get(done.future);
  }

  @Override
  public void onDataChannel(RTCDataChannel opened) {
    incoming.complete(new Channel(opened));
  }

  /** An open connection with a peer of ours. */
  static TestPeer connect(RawPeer raw, RtcHost host) {
    TestPeer peer = host.answer(raw.offer());
    raw.accept(RtcHost.get(peer.description));
    RtcHost.get(peer.opened);
    return peer;
  }

  void send(int length) {
    send(ByteBuffer.allocateDirect(length), true);
  }

  /** Sends a message, or waits a moment for room. */
  void sendIfThereIsRoom(int length) throws InterruptedException {
    if (isOpen() && buffered() < 4 << 20) {
      send(length);
    } else {
      Thread.sleep(1);
    }
  }

  void sendText(String text) {
    send(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), false);
  }

  private void send(ByteBuffer bytes, boolean isBinary) {
    try {
      while (isOpen() && buffered() > 4 << 20) {
        Thread.sleep(1);
      }
      channel.channel.send(new RTCDataChannelBuffer(bytes, isBinary));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Without a look at what is buffered. */
  void sendNow(ByteBuffer bytes) throws Exception {
    channel.channel.send(new RTCDataChannelBuffer(bytes, true));
  }

  long buffered() {
    return channel.channel.getBufferedAmount();
  }

  void openAnotherChannel() {
    connection.createDataChannel("another", new RTCDataChannelInit()).dispose();
  }

  boolean isOpen() {
    return channel.channel.getState() == RTCDataChannelState.OPEN;
  }

  @Override
  public void onIceCandidate(RTCIceCandidate candidate) {}

  @Override
  public void onIceGatheringChange(RTCIceGatheringState state) {
    if (state == RTCIceGatheringState.COMPLETE) {
      gathered.complete(true);
    }
  }

  @Override
  public void close() {
    channel.close();
    if (incoming.isDone()) {
      incoming.join().close();
    }
    connection.close();
    factory.dispose();
    audio.dispose();
  }

  private final class Channel implements RTCDataChannelObserver {
    private final CompletableFuture<Boolean> opened = new CompletableFuture<>();
    private final RTCDataChannel channel;

    Channel(RTCDataChannel channel) {
      this.channel = channel;
      channel.registerObserver(this);
    }

    void close() {
      channel.unregisterObserver();
      channel.dispose();
    }

    @Override
    public void onBufferedAmountChange(long previousAmount) {}

    @Override
    public void onStateChange() {
      if (channel.getState() == RTCDataChannelState.OPEN) {
        opened.complete(true);
      }
    }

    @Override
    public void onMessage(RTCDataChannelBuffer message) {
      received.addAndGet(message.data.remaining());
    }
  }

  private static final class Created implements CreateSessionDescriptionObserver {
    private final CompletableFuture<RTCSessionDescription> future = new CompletableFuture<>();

    @Override
    public void onSuccess(RTCSessionDescription description) {
      future.complete(description);
    }

    @Override
    public void onFailure(String error) {
      future.completeExceptionally(new AssertionError(error));
    }
  }

  private static final class Done implements SetSessionDescriptionObserver {
    private final CompletableFuture<Boolean> future = new CompletableFuture<>();

    @Override
    public void onSuccess() {
      future.complete(true);
    }

    @Override
    public void onFailure(String error) {
      future.completeExceptionally(new AssertionError(error));
    }
  }
}
