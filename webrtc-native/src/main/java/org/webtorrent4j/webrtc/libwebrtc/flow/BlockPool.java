package org.webtorrent4j.webrtc.libwebrtc.flow;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Direct buffers of one size, of which some are kept to be used again. Any thread. */
public final class BlockPool {
  static final int BLOCK_SIZE = 64 * 1024;

  private static final int MAX_KEPT = 64;

  /** 64 MiB. */
  private static final int MANY = 1024;

  private final ArrayBlockingQueue<ByteBuffer> kept = new ArrayBlockingQueue<>(MAX_KEPT);
  private final AtomicInteger lent = new AtomicInteger();

  /** An empty block. */
  public ByteBuffer take() {
    ByteBuffer block = kept.poll();
    if (block == null) {
      block = ByteBuffer.allocateDirect(BLOCK_SIZE);
    }
    lent.incrementAndGet();
    return block;
  }

  /** Takes a block back. */
  public void give(ByteBuffer block) {
    lent.decrementAndGet();
    // If there are enough, the garbage collector has it.
    boolean ignored = kept.offer(block.clear());
  }

  /** Whether so much is out that nobody should queue much more. */
  public boolean isScarce() {
    return lent.get() > MANY;
  }

  public int lent() {
    return lent.get();
  }
}
