package org.webtorrent4j.webrtc.rtc;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.webtorrent4j.webrtc.sdp.RemoteSdp;

/** One peer connection with its data channel. Confined to the event loop; no method blocks. */
public interface RtcPeer {
  /**
   * Takes the answer to our offer; once, later ones are ignored. One that is of no use closes the
   * peer.
   *
   * @param answer a session description as {@link RemoteSdp} has left it of what an untrusted peer
   *     sent
   */
  void accept(String answer);

  /**
   * Sends what there is room for, in the order of the buffers, whose positions move accordingly;
   * {@link RtcHandler#onWritable} follows if that was less than all. The buffers are the caller's
   * again after the call. A closed peer takes everything and sends nothing. Only after {@link
   * RtcHandler#onOpen}.
   *
   * @return the number of bytes taken
   */
  long write(ByteBuffer[] buffers, int offset, int count);

  /**
   * The other end, where packets were seen to come from; an unresolved address if that is not
   * known. What a peer says of itself is no address.
   */
  SocketAddress remoteAddress();

  /**
   * Closes at once; what was written may be lost. Idempotent. {@link RtcHandler#onClosed} follows
   * with null, not from inside this call.
   */
  void close();
}
