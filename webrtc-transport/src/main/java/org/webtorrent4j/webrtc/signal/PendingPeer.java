package org.webtorrent4j.webrtc.signal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.webrtc.rtc.RtcHandler;
import org.webtorrent4j.webrtc.rtc.RtcPeer;

/**
 * A WebRTC peer from its first moment until its channel is open; from then on all events go to
 * whoever took it over. Confined to the event loop.
 */
final class PendingPeer implements RtcHandler {
  /** Looks after a peer for a part of its way. Called on the loop. */
  interface Owner {
    /** Our description is ready. */
    void onDescription(PendingPeer pending);

    /** The channel is open; to be handed over or closed. */
    void onOpen(PendingPeer pending);

    /** It has ended by itself, before or after it was handed over. */
    void onClosed(PendingPeer pending, @Nullable IOException cause);
  }

  private final RtcPeer peer;
  private @Nullable Owner owner; // null after the end
  private @Nullable RtcHandler successor;
  private @Nullable String sdp;
  private long readyNanos;

  /**
   * Makes a peer.
   *
   * @param engine makes it with this handler
   */
  PendingPeer(Owner owner, Function<RtcHandler, RtcPeer> engine) {
    this.owner = owner;
    this.peer = engine.apply(this);
  }

  RtcPeer peer() {
    return peer;
  }

  /** Our description; only once it is ready. */
  String sdp() {
    if (sdp == null) {
      throw new IllegalStateException("no description yet");
    }
    return sdp;
  }

  /** When the description was ready. */
  long readyNanos() {
    return readyNanos;
  }

  void readyNanos(long nanoTime) {
    readyNanos = nanoTime;
  }

  /** Passes the care for it on. */
  void owner(Owner newOwner) {
    owner = newOwner;
  }

  /** Hands it over: what happens on its channel is for the successor. */
  void handOver(RtcHandler newSuccessor) {
    successor = newSuccessor;
  }

  /** Closes it without telling the owner; not for one that was handed over. */
  void discard() {
    owner = null;
    peer.close();
  }

  @Override
  public void onDescription(String description) {
    sdp = description;
    if (owner != null) {
      owner.onDescription(this);
    }
  }

  @Override
  public void onOpen() {
    if (owner != null) {
      owner.onOpen(this);
    }
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    if (successor != null) {
      successor.onBytes(bytes);
    }
  }

  @Override
  public void onWritable() {
    if (successor != null) {
      successor.onWritable();
    }
  }

  @Override
  public void onClosed(@Nullable IOException cause) {
    Owner told = owner;
    owner = null;
    if (told != null) {
      told.onClosed(this, cause);
    }
    if (successor != null) {
      successor.onClosed(cause);
    }
  }
}
