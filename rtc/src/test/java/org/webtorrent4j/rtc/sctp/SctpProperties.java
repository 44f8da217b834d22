package org.webtorrent4j.rtc.sctp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.webtorrent4j.rtc.sctp.packet.Chunks;
import org.webtorrent4j.rtc.sctp.packet.PacketBuffer;

class SctpProperties {
  @Property(tries = 200)
  void rangesAreThoseOfASet(@ForAll @Size(max = 200) List<@IntRange(max = 120) Integer> offsets) {
    long first = 0xffff_ffc0L;
    ReceivedTsns received = new ReceivedTsns();
    received.start(first - 1);
    TreeSet<Long> model = new TreeSet<>();
    for (int offset : offsets) {
      long tsn = first + offset;
      boolean isNew = tsn > received.cumulative() && !received.contains(tsn);
      assertEquals(model.add(tsn), isNew);
      if (isNew) {
        assertTrue(received.mayAdd(tsn));
        received.add(tsn);
      }
    }

    long cumulative = first - 1;
    while (model.contains(cumulative + 1)) {
      cumulative++;
    }
    assertEquals(cumulative, received.cumulative());
    assertEquals(blocks(model, cumulative), written(received));
  }

  private static List<Integer> blocks(NavigableSet<Long> model, long cumulative) {
    List<Integer> blocks = new ArrayList<>();
    for (long tsn : model.tailSet(cumulative + 1)) {
      if (!model.contains(tsn - 1)) {
        blocks.add((int) (tsn - cumulative));
      }
      if (!model.contains(tsn + 1)) {
        blocks.add((int) (tsn - cumulative));
      }
    }
    return blocks;
  }

  private static List<Integer> written(ReceivedTsns received) {
    PacketBuffer out = new PacketBuffer();
    out.begin(0, 0, 0);
    received.writeBlocks(out);
    List<Integer> blocks = new ArrayList<>();
    for (int at = Chunks.COMMON_HEADER; at < out.length(); at += 2) {
      blocks.add(Chunks.u16(out.bytes(), at));
    }
    return blocks;
  }

  @Property(tries = 200)
  void queueGivesBackWhatWasPutInHoweverItIsCut(
      @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 40_000) Integer> sizes,
      @ForAll @IntRange(min = 1, max = 1160) int max) {
    SendQueue queue = new SendQueue(4 << 20);
    Random random = new Random(max);
    ByteBuffer all = ByteBuffer.allocate(sizes.stream().mapToInt(Integer::intValue).sum());
    for (int size : sizes) {
      byte[] message = new byte[size];
      random.nextBytes(message);
      all.put(message);
      queue.add(1, false, 53, ByteBuffer.wrap(message), size);
    }

    ByteBuffer out = ByteBuffer.allocate(all.capacity());
    int ends = 0;
    while (queue.hasUnsent()) {
      long offset = queue.cut(max);
      PacketBuffer packet = new PacketBuffer();
      packet.begin(0, 0, 0);
      queue.copy(offset, queue.length(), packet);
      out.put(packet.bytes(), Chunks.COMMON_HEADER, queue.length());
      ends += queue.flags() & Chunks.END;
      queue.release(offset + queue.length());
    }
    assertEquals(all.flip(), out.flip());
    assertEquals(sizes.size(), ends);
    assertEquals(0, queue.size());
  }

  @Property(tries = 100)
  void messagesComeOutInWhateverOrderTheirPacketsArrive(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 5) Integer> fragments,
      @ForAll long seed) {
    ScriptedPeer peer = ScriptedPeer.established(SctpSettings.ofMessages());
    List<int[]> chunks = new ArrayList<>();
    List<String> expected = new ArrayList<>(List.of("established"));
    int ssn = 0;
    for (int count : fragments) {
      for (int i = 0; i < count; i++) {
        int flags = (i == 0 ? Chunks.BEGIN : 0) | (i == count - 1 ? Chunks.END : 0);
        chunks.add(new int[] {chunks.size(), flags, ssn});
      }
      expected.add("data 1 53 " + 10 * count);
      ssn++;
    }
    Random random = new Random(seed);
    List<int[]> twice = new ArrayList<>(chunks);
    twice.addAll(chunks);
    Collections.shuffle(twice, random);
    for (int[] chunk : twice) {
      peer.sendData(chunk[0], chunk[1], 1, chunk[2], 53, 10);
    }

    assertEquals(expected, peer.events);
  }

  @Property(tries = 50)
  void packetsOfOursThatComeBackChangedDoNoMoreThanEndIt(@ForAll long seed) {
    ScriptedPeer peer = ScriptedPeer.established(SctpSettings.ofStream());
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      peer.association.write(1, 53, true, ByteBuffer.allocate(random.nextInt(5000)));
      peer.flush();
      for (byte[] packet : List.copyOf(peer.sent)) {
        byte[] changed = packet.clone();
        for (int flips = random.nextInt(4); flips >= 0; flips--) {
          changed[12 + random.nextInt(changed.length - 12)] = (byte) random.nextInt();
        }
        peer.sendRaw(changed);
      }
      peer.sent.clear();
      peer.now += random.nextInt(400) * ScriptedPeer.MS;
      peer.association.onTime(peer.now);
      assertTrue(peer.association.memory() < 3 << 20);
      assertTrue(peer.association.sender().outstanding().isConsistent());
    }
  }
}
