package org.webtorrent4j.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WireOutputTest {
  private final WireBuffers buffers = new WireBuffers();
  private final WireOutput output = new WireOutput(buffers);

  @Test
  void nothingLeavesBeforeTheFlush() {
    TricklingConnection connection = new TricklingConnection();

    output.have(1);

    assertEquals(9, output.queuedBytes());
    assertFalse(output.isEmpty());

    assertTrue(output.flush(connection));

    assertTrue(output.isEmpty());
    assertEquals(9, output.writtenBytes());
    assertEquals("000000050400000001", connection.takenHex());
  }

  @Test
  void messagesAfterABlockStayBehindIt() {
    TricklingConnection connection = new TricklingConnection();

    output.unchoke();
    output.piece(1, 0, ByteBuffer.wrap(new byte[] {1, 2}), () -> {});
    output.choke();
    output.flush(connection);

    assertEquals(
        "0000000101" + "0000000b0700000001000000000102" + "0000000100", connection.takenHex());
  }

  @Test
  void blockIsReleasedWhenItsLastByteIsTaken() {
    int[] released = {0};
    int[] room = {16};
    TricklingConnection connection = new TricklingConnection(() -> room[0]);
    ByteBuffer block = ByteBuffer.allocateDirect(10);

    output.piece(0, 0, block.limit(8).position(4), () -> released[0]++);
    output.flush(connection);

    assertEquals(0, released[0]);
    assertEquals(1, output.queuedBlockBytes());
    assertEquals(3, output.writtenBlockBytes());

    output.flush(connection);

    assertEquals(1, released[0]);
    assertEquals(0, output.queuedBlockBytes());
    assertEquals(4, output.writtenBlockBytes());
    assertEquals(17, output.writtenBytes());
  }

  @Test
  void discardReleasesEveryBlockOnce() {
    int[] released = {0};
    for (int i = 0; i < 100; i++) {
      output.piece(i, 0, ByteBuffer.allocate(10), () -> released[0]++);
      output.have(i);
    }
    output.flush(new TricklingConnection(() -> 5));

    output.discard();
    output.discard();

    assertEquals(100, released[0]);
    assertTrue(output.isEmpty());
    assertEquals(0, output.queuedBlockBytes());
    assertEquals(5, output.writtenBytes());
  }

  @Test
  void tenThousandHavesLeaveFewBuffersBehind() {
    TricklingConnection connection = new TricklingConnection();

    for (int i = 0; i < 10_000; i++) {
      output.have(i);
    }

    assertEquals(90_000, output.queuedBytes());
    assertTrue(output.flush(connection));
    assertEquals(90_000, connection.taken().length);
    int smallOnes = WireBuffers.CHUNK / WireBuffers.SMALL;
    assertTrue(buffers.spare() <= WireBuffers.MAX_SPARE_CHUNKS + smallOnes);
  }

  @Test
  void buffersAreUsedAgain() {
    for (int i = 0; i < 1000; i++) {
      output.keepAlive();
      output.piece(i, 0, ByteBuffer.allocate(1), () -> {});
      output.extended(1, new byte[500]);
      output.flush(new TricklingConnection());
    }

    assertEquals(WireBuffers.CHUNK / WireBuffers.SMALL + 1, buffers.spare());
  }

  @Property(tries = 300)
  void whateverTheConnectionTakesTheBytesAreTheSame(@ForAll long seed) {
    Random random = new Random(seed);
    WireOutput output = new WireOutput(new WireBuffers());
    List<int[]> released = new ArrayList<>();
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    int most = random.nextBoolean() ? 50 : 20_000;
    TricklingConnection connection = new TricklingConnection(() -> random.nextInt(most));

    for (int i = 0; i < 200; i++) {
      queueOne(random, output, expected, released);
      if (random.nextInt(4) == 0) {
        output.flush(connection);
      }
    }
    assertEquals(
        expected.size(), output.queuedBytes() + output.writtenBytes(), "nothing is forgotten");
    while (!output.flush(connection)) {
      assertEquals(connection.taken().length, output.writtenBytes());
    }

    assertArrayEquals(expected.toByteArray(), connection.taken());
    assertTrue(released.stream().allMatch(count -> count[0] == 1), "each block is released once");
    assertEquals(0, output.queuedBytes());
    assertEquals(0, output.queuedBlockBytes());
  }

  /** Queues the same message twice: in the output under test, and alone, for its bytes. */
  private static void queueOne(
      Random random, WireOutput output, ByteArrayOutputStream expected, List<int[]> released) {
    int number = random.nextInt(Integer.MAX_VALUE);
    byte[] bytes = new byte[random.nextInt(10) == 0 ? 9000 : 30];
    random.nextBytes(bytes);
    int[] count = {-1};
    released.add(count);
    Consumer<WireOutput> message =
        switch (random.nextInt(5)) {
          case 0 -> out -> out.have(number);
          case 1 -> out -> out.request(number, number, number);
          case 2 -> out -> out.extended(3, bytes);
          case 3 -> WireOutput::keepAlive;
          default -> out -> out.piece(number, 0, ByteBuffer.wrap(bytes), () -> count[0]++);
        };
    WireOutput alone = new WireOutput(new WireBuffers());
    TricklingConnection connection = new TricklingConnection();
    message.accept(alone);
    alone.flush(connection);
    expected.writeBytes(connection.taken());
    count[0] = count[0] == 0 ? 0 : 1; // a block was released by the lone output
    message.accept(output);
  }
}
