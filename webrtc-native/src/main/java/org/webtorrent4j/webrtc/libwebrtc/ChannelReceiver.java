package org.webtorrent4j.webrtc.libwebrtc;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.webrtc.libwebrtc.flow.ByteQueue;

/**
 * Copies what arrives on a data channel to where the loop finds it. libwebrtc cannot be told to
 * wait, so too much is the end. Confined to the factory's callback thread but for what says
 * otherwise.
 */
final class ChannelReceiver {
  /**
   * While memory is scarce, what of one peer may wait for the loop: two of the longest messages.
   */
  private static final int MAX_WHEN_SCARCE = 512 * 1024;

  private final LibWebRtcPeer peer;
  private final LibWebRtcEngine engine;
  private volatile long messages; // written by the callback thread only

  ChannelReceiver(LibWebRtcPeer peer, LibWebRtcEngine engine) {
    this.peer = peer;
    this.engine = engine;
  }

  /**
   * Takes a message.
   *
   * @param message memory that is libwebrtc's again when this returns
   * @return why the peer has to be closed; null if it need not
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // by one thread
  @Nullable IOException receive(ByteBuffer message, boolean isBinary) {
    messages++;
    if (!isBinary) {
      return new ProtocolException("a text message");
    }
    ByteQueue inbox = peer.inbox();
    if (inbox.append(message)) {
      engine.loop().execute(peer::deliver);
    }
    long waiting = inbox.size();
    boolean isTooMuch =
        waiting > engine.limits().inboundBytes()
            || (waiting > MAX_WHEN_SCARCE && engine.pool().isScarce());
    return isTooMuch
        ? new IOException("more was received than can be kept: " + waiting + " bytes")
        : null;
  }

  /** The messages received so far; any thread. */
  long messages() {
    return messages;
  }
}
