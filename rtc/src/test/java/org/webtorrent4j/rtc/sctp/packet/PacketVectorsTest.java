package org.webtorrent4j.rtc.sctp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ProtocolException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketVectorsTest {
  private static final String USRSCTP_INIT =
      "1388138800000000aa019d330100005a0eddca080002000003e803e85508363780000004c000000480080009c00f"
          + "c1808200000080020024c5a86155090e6f420050634cc8d6b908dfd53e17c99cb143284eaf64682ac29780"
          + "040006000100008003000680c10000";
  private static final String INIT =
      "13881388000000008b6262cb0100001e1122334400100000ffffffff000003e8c000000480080006c0820000";
  private static final String SACK =
      "13881388112233444c9f69730300001c000003ea000ff000000200010002000300050005000003e9";

  private final PacketBuffer packet = new PacketBuffer();

  @ParameterizedTest
  @ValueSource(
      strings = {
        USRSCTP_INIT,
        INIT,
        "138813880000000059e3d78a010000201122334400100000ffffffff000003e8c000000480080006c0820000",
        "1388138855667788de4859400a00001000112233445566778899aabb",
        "138813881122334477cda9450b000004",
        "13881388556677887e8724620003001e000003e8000100000000003203000000000000000002000061620000",
        "1388138855667788a6fc0a0800020014000003ea0001000200000035aabbccdd00010011000003eb00010002000"
            + "00035ee000000",
        SACK,
        "13881388556677888777960082000016000d0012000003e8000007cf000003f000010000",
        "1388138855667788316d773a040000100001000c0102030405060708",
        "13881388556677888fb909eec000000c000003f400010005",
        "1388138855667788e59fec3c0600000b000c000762796500",
        "138813885566778855bf11c407000008000007d0"
      })
  void packetsOfOthersAreSoundAndNoBitOfThemMayBeWrong(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);

    assertTrue(PacketCheck.isSound(packet, bytes, 0, bytes.length, false));
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      assertFalse(PacketCheck.isSound(packet, bytes, 0, bytes.length, false), "bit " + bit);
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  @Test
  void initIsReadWithAllThatUsrsctpPutsInIt() throws ProtocolException {
    Init init = Init.read(HexFormat.of().parseHex(USRSCTP_INIT), 12);

    assertEquals(new Init(0x0eddca08, 0x20000, 1000, 1000, 0x55083637, true, false), init);
  }

  @Test
  void initIsWrittenAsOthersReadIt() {
    packet.begin(5000, 5000, 0);
    new Init(0x11223344, 1 << 20, 65535, 65535, 1000, true, false).write(packet, new byte[0]);
    packet.seal(true);

    assertEquals(INIT, written());
  }

  @Test
  void initAckIsWrittenAsOthersReadIt() {
    packet.begin(5000, 5000, 0x11223344);
    new Init(0x55667788, 1 << 20, 65535, 65535, 2000, true, false)
        .write(packet, HexFormat.of().parseHex("00112233445566778899aabb"));
    packet.seal(true);

    assertEquals(
        "1388138811223344a218153d0200002e5566778800100000ffffffff000007d00007001000112233445566778"
            + "899aabbc000000480080006c0820000",
        written());
  }

  @Test
  void initThatTakesZeroChecksumsSaysSo() {
    packet.begin(5000, 5000, 0);
    new Init(0x11223344, 1 << 20, 65535, 65535, 1000, true, true).write(packet, new byte[0]);
    packet.seal(true);

    assertEquals(
        "138813880000000079d55a9a010000261122334400100000ffffffff000003e88001000800000001c00000048"
            + "0080006c0820000",
        written());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100001e0000000000100000ffffffff000003e8c000000480080006c0820000",
        "0100001400000001000005dbffffffff000003e8",
        "010000140000000100100000ffff0000000003e8",
        "0100001400000001001000000000ffff000003e8"
      })
  void initThatMayNotBeIsRefused(String chunk) {
    byte[] bytes = HexFormat.of().parseHex("000000000000000000000000" + chunk);

    assertThrows(ProtocolException.class, () -> Init.read(bytes, 12));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00030000", // a chunk of no length
        "00030003", // less than its header
        "00030010000000010001000000000035", // promises a byte more than there is, see below
        "0300001000000001000100000001000000", // gaps that are not there
        "04000008000100030000", // a parameter shorter than its header
        "0400000c0001ffff00000000", // a parameter longer than the chunk
        "8200000800000000", // a parameter of no length
        "c000000a000000010000", // half an entry
        "0b00000400", // a byte that is no chunk
        "0b00000401000014000000010010000000010001000003e8" // INIT that does not stand alone
      })
  void packetsThatDoNotHangTogetherAreDroppedWhole(String chunks) {
    byte[] bytes = packetOf(chunks);
    if (chunks.startsWith("00030010")) {
      bytes = Arrays.copyOf(bytes, bytes.length - 1);
    }
    assertFalse(PacketCheck.isSound(packet, seal(bytes), 0, bytes.length, false));
  }

  @Test
  void packetWithoutChecksumIsTakenOnlyByAgreementAndNeverToSetUp() {
    byte[] data = packetOf("0003001100000001000100000000003561000000");
    byte[] init = packetOf("010000140000000100100000ffffffff000003e8");

    assertFalse(PacketCheck.isSound(packet, data, 0, data.length, false));
    assertTrue(PacketCheck.isSound(packet, data, 0, data.length, true));
    assertFalse(PacketCheck.isSound(packet, init, 0, init.length, true));
  }

  private String written() {
    return HexFormat.of().formatHex(packet.bytes(), 0, packet.length());
  }

  private static byte[] packetOf(String chunks) {
    return HexFormat.of().parseHex("138813880000000100000000" + chunks);
  }

  private byte[] seal(byte[] bytes) {
    packet.begin(5000, 5000, 1);
    packet.put(bytes, 12, bytes.length - 12);
    packet.seal(true);
    System.arraycopy(packet.bytes(), 8, bytes, 8, 4);
    return bytes;
  }
}
