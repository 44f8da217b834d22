package org.webtorrent4j.webrtc.libwebrtc.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ByteQueueTest {
  private final BlockPool pool = new BlockPool();
  private final ByteQueue queue = new ByteQueue(pool);

  private ByteBuffer take() {
    ByteBuffer block = queue.take();
    assertNotNull(block);
    return block;
  }

  @Test
  void readerIsToldOnceUntilItHasFoundNothing() {
    assertFalse(queue.append(ByteBuffer.allocate(0)));
    assertTrue(queue.append(ByteBuffer.allocate(10)));
    assertFalse(queue.append(ByteBuffer.allocate(10)));
    pool.give(take());
    assertFalse(queue.append(ByteBuffer.allocate(10)));
    pool.give(take());

    assertNull(queue.take());

    assertTrue(queue.append(ByteBuffer.allocate(10)));
    queue.close();
    assertEquals(0, pool.lent());
  }

  @Test
  void smallPiecesShareABlockAndLargeOnesAreCut() {
    queue.append(ByteBuffer.allocate(100));
    queue.append(ByteBuffer.allocate(100));
    queue.append(ByteBuffer.allocate(BlockPool.BLOCK_SIZE));

    assertEquals(BlockPool.BLOCK_SIZE + 200, queue.size());
    assertEquals(BlockPool.BLOCK_SIZE, take().remaining());
    assertEquals(200, take().remaining());
    assertNull(queue.take());
    assertEquals(0, queue.size());
  }

  @Test
  void messagesAreFilledFromManyBlocksAndOneBlockFillsMany() {
    byte[] bytes = new byte[3 * BlockPool.BLOCK_SIZE];
    new Random(5).nextBytes(bytes);
    queue.append(ByteBuffer.wrap(bytes));
    ByteBuffer message = ByteBuffer.allocate(bytes.length + 1);

    assertFalse(queue.moveTo(message.limit(1000)));
    assertFalse(queue.moveTo(message.limit(2 * BlockPool.BLOCK_SIZE + 7)));
    assertEquals(BlockPool.BLOCK_SIZE - 7, queue.size());
    assertTrue(queue.moveTo(message.limit(message.capacity())));

    assertEquals(ByteBuffer.wrap(bytes), message.flip());
    assertTrue(queue.append(ByteBuffer.allocate(1)), "the reader waits");
    queue.close();
    assertEquals(0, pool.lent());
  }

  @Test
  void aBlockIsTakenWithoutWhatWasMovedOfIt() {
    queue.append(ByteBuffer.wrap(new byte[] {1, 2, 3}));

    assertFalse(queue.moveTo(ByteBuffer.allocate(2)));

    assertEquals(ByteBuffer.wrap(new byte[] {3}), take());
    assertEquals(0, queue.size());
  }

  @Test
  void closedQueueTakesAndKeepsNothing() {
    queue.append(ByteBuffer.allocate(100_000));
    queue.close();
    ByteBuffer late = ByteBuffer.allocate(10);

    assertFalse(queue.append(late));

    assertFalse(late.hasRemaining());
    assertNull(queue.take());
    assertEquals(0, pool.lent());
  }

  @Test
  void streamPassesFromThreadToThread() throws Exception {
    int total = 20_000_000;
    CompletableFuture<Boolean> written =
        CompletableFuture.supplyAsync(
            () -> {
              Random random = new Random(3);
              for (int position = 0; position < total; ) {
                byte[] piece = new byte[Math.min(total - position, random.nextInt(100_000))];
                for (int i = 0; i < piece.length; i++) {
                  piece[i] = (byte) ((position + i) * 31);
                }
                queue.append(ByteBuffer.wrap(piece));
                position += piece.length;
              }
              return true;
            });
    List<Integer> wrong = new ArrayList<>();
    for (int position = 0; position < total; ) {
      ByteBuffer block = queue.take();
      if (block == null) {
        Thread.onSpinWait();
        continue;
      }
      while (block.hasRemaining()) {
        if (block.get() != (byte) (position * 31)) {
          wrong.add(position);
        }
        position++;
      }
      pool.give(block);
    }

    assertEquals(List.of(), wrong);
    assertTrue(written.get());
    assertEquals(0, pool.lent());
  }
}
