package org.webtorrent4j.rtc.sctp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.rtc.sctp.packet.PacketBuffer;
import org.webtorrent4j.rtc.sim.Path;

class IdleMemoryTest {
  private static final int PAIRS = 1000;
  private static final SctpSettings SETTINGS = SctpSettings.ofStream();

  @Test
  void idleAssociationGivesItsBuffersBack() {
    SimPair pair = new SimPair(1, Path.ofDelay(20).withLoss(0.02)).connect();
    pair.a.send(3_000_000);
    assertTrue(pair.transfer(100));
    assertTrue(pair.a.maxMemory > 100_000);

    pair.net.run(25 * SimPair.SECOND);

    assertEquals(0, pair.a.association.memory());
    assertEquals(0, pair.b.association.memory());
    assertEquals(Long.MAX_VALUE, pair.a.association.nextTime());
  }

  @Test
  void idleAssociationTakesNoMoreThan1600Bytes() {
    PacketBuffer packet = new PacketBuffer();
    List<SctpAssociation> all = new ArrayList<>(2 * PAIRS);
    connect(packet, all);
    all.clear();
    long before = used();

    for (int i = 0; i < PAIRS; i++) {
      connect(packet, all);
    }
    long each = (used() - before) / all.size();

    System.out.println("idle association: " + each + " bytes");
    assertTrue(each <= 1600, each + " bytes");
    assertTrue(all.stream().allMatch(SctpAssociation::isEstablished));
  }

  private static void connect(PacketBuffer packet, List<SctpAssociation> all) {
    long now = 1_000_000_000;
    Random random = new Random(all.size());
    ToOther fromA = new ToOther();
    ToOther fromB = new ToOther();
    SctpAssociation a = new SctpAssociation(SETTINGS, packet, random, fromA);
    SctpAssociation b = new SctpAssociation(SETTINGS, packet, random, fromB);
    a.open(1);
    b.open(1);
    a.connect(now);
    for (int i = 0; i < 4; i++) {
      fromA.pass(b, now);
      fromB.pass(a, now);
    }
    fromA.packets = List.of();
    fromB.packets = List.of();
    all.add(a);
    all.add(b);
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static final class ToOther implements SctpAssociation.Output {
    private List<byte[]> packets = new ArrayList<>();

    void pass(SctpAssociation other, long now) {
      List<byte[]> arriving = packets;
      packets = new ArrayList<>(0);
      for (byte[] packet : arriving) {
        other.receive(packet, 0, packet.length, now);
      }
    }

    @Override
    public void send(byte[] bytes, int offset, int length) {
      packets.add(java.util.Arrays.copyOfRange(bytes, offset, offset + length));
    }

    @Override
    public void onEstablished() {}

    @Override
    public void onData(
        int stream, int type, boolean isOrdered, boolean isEnd, byte[] b, int offset, int length) {}

    @Override
    public void onPeerReset(int stream) {}

    @Override
    public void onOwnReset(int stream) {}

    @Override
    public void onWritable() {}

    @Override
    public void onClosed(SctpEnd end, String reason) {}
  }
}
