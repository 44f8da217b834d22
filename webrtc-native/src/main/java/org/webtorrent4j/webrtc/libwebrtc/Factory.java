package org.webtorrent4j.webrtc.libwebrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.onvoid.webrtc.media.audio.AudioLayer;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A factory of libwebrtc: one set of its threads, with the peers that live on them. It wears out:
 * see {@link Limits#factoryMessages}. Confined to its shard's thread but for what says otherwise.
 */
final class Factory {
  private final Limits limits;
  private final AudioDeviceModule audio;
  private final PeerConnectionFactory factory;
  private final Set<NativeConnection> connections = new HashSet<>();
  private volatile long messages; // written by the callback thread only
  private volatile @Nullable Thread callbackThread;

  /** Starts its threads, in some milliseconds. */
  Factory(Limits limits) {
    this.limits = limits;
    // The default would open the machine's sound card.
    audio = new AudioDeviceModule(AudioLayer.kDummyAudio);
    try {
      factory = new PeerConnectionFactory(audio);
    } catch (Throwable e) {
      audio.dispose();
      throw e;
    }
  }

  RTCPeerConnection open(
      NativeConnection connection,
      RTCConfiguration configuration,
      PeerConnectionObserver observer) {
    RTCPeerConnection opened = factory.createPeerConnection(configuration, observer);
    connections.add(connection);
    return opened;
  }

  void remove(NativeConnection connection) {
    connections.remove(connection);
  }

  /** Those whose native part is open. */
  List<NativeConnection> connections() {
    return List.copyOf(connections);
  }

  boolean isEmpty() {
    return connections.isEmpty();
  }

  /** A callback runs; on the callback thread. */
  void onCallback() {
    if (callbackThread == null) {
      Thread thread = Thread.currentThread();
      callbackThread = thread;
      ExitWatch.add(thread);
    }
  }

  /**
   * A message was received; on the callback thread.
   *
   * @return whether it is time for {@link #worstConnections}
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // by one thread
  boolean countMessage() {
    long count = ++messages;
    return count == 2 * limits.factoryMessages() || count == 3 * limits.factoryMessages();
  }

  /** Whether it gets no new peers. */
  boolean isWorn() {
    return messages >= limits.factoryMessages();
  }

  /** Who has to go, so that the factory can end: first the noisiest, later all. */
  List<NativeConnection> worstConnections() {
    if (messages >= 3 * limits.factoryMessages()) {
      return connections();
    }
    return connections.stream()
        .max(Comparator.comparingLong(NativeConnection::messages))
        .map(List::of)
        .orElse(List.of());
  }

  /** Ends its threads; only when it is empty. Nothing else may be called afterwards. */
  void dispose() {
    factory.dispose();
    audio.dispose();
  }

  /** The thread that ends soon after {@link #dispose}; none if it never called back. Any thread. */
  Optional<Thread> callbackThread() {
    return Optional.ofNullable(callbackThread);
  }
}
