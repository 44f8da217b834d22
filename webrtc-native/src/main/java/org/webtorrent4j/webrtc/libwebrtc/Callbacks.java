package org.webtorrent4j.webrtc.libwebrtc;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import dev.onvoid.webrtc.RTCDataChannelObserver;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCIceGatheringState;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What libwebrtc calls about one connection, on the one callback thread of the factory, where
 * whoever is slow delays all peers. Whatever a callback threw would end the process, so nothing
 * leaves one. webrtc-java never lets go of these objects; so they let go of the connection.
 */
final class Callbacks implements PeerConnectionObserver, RTCDataChannelObserver {
  private static final Logger logger = LoggerFactory.getLogger(Callbacks.class);

  private volatile @Nullable NativeConnection target;

  Callbacks(NativeConnection target) {
    this.target = target;
  }

  /** Ends the relation; nothing of this object is called any more but by mistake. Any thread. */
  void detach() {
    target = null;
  }

  private void run(Consumer<NativeConnection> event) {
    try {
      NativeConnection connection = target;
      if (connection != null) {
        connection.onCallback();
        event.accept(connection);
      }
    } catch (Throwable e) {
      report(e);
    }
  }

  private void report(Throwable thrown) {
    try {
      NativeConnection connection = target;
      target = null;
      logger.error("a callback of libwebrtc failed", thrown);
      if (connection != null) {
        connection.post(() -> connection.fail("internal error: " + thrown));
      }
    } catch (Throwable e) {
      // Out of memory, most likely. Nothing may leave a callback, not even that.
    }
  }

  @Override
  public void onMessage(RTCDataChannelBuffer message) {
    try {
      NativeConnection connection = target;
      if (connection != null) {
        connection.onMessage(message.data, message.binary);
      }
    } catch (Throwable e) {
      report(e);
    }
  }

  @Override
  public void onStateChange() {
    run(connection -> connection.post(connection::onChannelState));
  }

  @Override
  public void onBufferedAmountChange(long previousAmount) {}

  @Override
  public void onDataChannel(RTCDataChannel channel) {
    run(connection -> connection.post(() -> connection.onChannel(channel)));
  }

  @Override
  public void onConnectionChange(RTCPeerConnectionState state) {
    run(connection -> connection.post(() -> connection.onState(state)));
  }

  @Override
  public void onIceGatheringChange(RTCIceGatheringState state) {
    if (state == RTCIceGatheringState.COMPLETE) {
      run(connection -> connection.post(connection::onGathered));
    }
  }

  @Override
  public void onIceCandidate(RTCIceCandidate candidate) {
    run(connection -> connection.post(connection::onCandidate));
  }

  /** What is to be done with a description that was asked for, on the owner's thread. */
  CreateSessionDescriptionObserver onCreated(Consumer<RTCSessionDescription> next) {
    return new CreateSessionDescriptionObserver() {
      @Override
      public void onSuccess(RTCSessionDescription description) {
        run(target -> target.post(() -> target.step(() -> next.accept(description))));
      }

      @Override
      public void onFailure(String error) {
        run(target -> target.post(() -> target.fail("no description: " + error)));
      }
    };
  }

  /** What is to be done when a description was taken, on the owner's thread. */
  SetSessionDescriptionObserver onSet(Runnable next) {
    return new SetSessionDescriptionObserver() {
      @Override
      public void onSuccess() {
        run(target -> target.post(() -> target.step(next)));
      }

      @Override
      public void onFailure(String error) {
        run(target -> target.post(() -> target.fail("description refused: " + error)));
      }
    };
  }

  /** The answer to the question for the other end's address. */
  void onStats(RTCStatsReport report) {
    run(
        connection -> {
          Optional<InetSocketAddress> address = SelectedPair.remoteAddress(report);
          connection.post(() -> connection.onAddress(address));
        });
  }
}
