package org.webtorrent4j.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Told what happens on a {@link Connection}. Called on the event loop, never from inside a call of
 * the connection's owner.
 */
public interface ConnectionHandler {
  /**
   * Bytes arrived.
   *
   * @param bytes on loan until this returns; must be used up
   */
  void onBytes(ByteBuffer bytes);

  /** There is room again, after a write that was not taken whole. */
  void onWritable();

  /**
   * The connection has ended; called exactly once, as the last call.
   *
   * @param cause why; null if it was closed in an orderly way, by us or by the other end
   */
  void onClosed(@Nullable IOException cause);
}
