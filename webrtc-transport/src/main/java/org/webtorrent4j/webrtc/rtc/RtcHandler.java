package org.webtorrent4j.webrtc.rtc;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Told what happens to a {@link RtcPeer}. Called on the event loop, never from inside a call to the
 * peer or its engine.
 */
public interface RtcHandler {
  /**
   * Our description can be sent. Called again with more candidates, as long as some are found;
   * whoever has sent one already need not care.
   */
  void onDescription(String sdp);

  /** The data channel is open; called once at most, after the descriptions were exchanged. */
  void onOpen();

  /**
   * Bytes arrived, after {@link #onOpen}. Messages have no meaning; they are a stream.
   *
   * @param bytes on loan until this returns
   */
  void onBytes(ByteBuffer bytes);

  /** There is room again, after a write that was not taken whole. */
  void onWritable();

  /**
   * The peer has ended, or could not be opened; called exactly once, as the last call.
   *
   * @param cause why; null if it was closed in an orderly way, by us or by the other end
   */
  void onClosed(@Nullable IOException cause);
}
