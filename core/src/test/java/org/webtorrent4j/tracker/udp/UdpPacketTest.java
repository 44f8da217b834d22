package org.webtorrent4j.tracker.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.net.Url;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.tracker.AnnounceRequest;
import org.webtorrent4j.tracker.AnnounceResponse;
import org.webtorrent4j.tracker.ScrapeCounts;
import org.webtorrent4j.tracker.TrackerException;

class UdpPacketTest {
  private static final InfoHash HASH = InfoHash.ofHex("08ada5a7a6183aae1e09d831df6748d566095a10");
  private static final InfoHash OTHER = InfoHash.ofHex("000102030405060708090a0b0c0d0e0f10111213");
  private static final PeerId ID = peerId("-XX0001-abcdefghijkl");
  private static final long CONNECTION_ID = 0x1122334455667788L;
  private static final int TRANSACTION_ID = 0x12345678;
  private static final InetAddress IPV4 = address("7f000001");
  private static final InetAddress IPV6 = address("00000000000000000000000000000001");
  private static final UdpTrackerUrl PLAIN = UdpTrackerUrl.of(Url.parse("udp://t:80"));
  private static final UdpAnnounce ANNOUNCE =
      new UdpAnnounce(request(AnnounceEvent.STARTED, 6881, -1), PLAIN);

  private static PeerId peerId(String text) {
    return PeerId.of(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static AnnounceRequest request(AnnounceEvent event, int port, int wanted) {
    return new AnnounceRequest(HASH, ID, port, 200, 100, 65537, event, wanted, 0xdeadbeef);
  }

  private static String hex(ByteBuffer packet) {
    byte[] bytes = new byte[packet.remaining()];
    packet.get(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static UdpReply reply(String hex) throws ProtocolException {
    return UdpReply.of(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
  }

  @Test
  void connectIsWrittenAsInTheVector() {
    assertEquals("00000417271019800000000012345678", hex(UdpConnect.packet(TRANSACTION_ID)));
  }

  @Test
  void announceIsWrittenAsInTheVector() {
    assertEquals(
        "1122334455667788000000011234567808ada5a7a6183aae1e09d831df6748d566095a10"
            + "2d5858303030312d6162636465666768696a6b6c"
            + "0000000000000064000000000001000100000000000000c8"
            + "0000000200000000deadbeefffffffff1ae1",
        hex(ANNOUNCE.packet(CONNECTION_ID, TRANSACTION_ID)));
  }

  @Test
  void announceOfLibtorrentIsWrittenByteForByte() {
    AnnounceRequest request =
        new AnnounceRequest(
            InfoHash.ofHex("87928721529980ee272f177be0526ff40d51121f"),
            peerId("-LT2080-6g~muQI29crf"),
            17393,
            0,
            0,
            65537,
            AnnounceEvent.STARTED,
            200,
            0xab29b70f);
    UdpTrackerUrl url = UdpTrackerUrl.of(Url.parse("udp://127.0.0.1:17402/dir?a=b&c=d"));

    assertEquals(
        "11223344556677880000000172f258cd87928721529980ee272f177be0526ff40d51121f"
            + "2d4c54323038302d36677e6d75514932396372660000000000000000000000000001000100000000"
            + "000000000000000200000000ab29b70f000000c843f1020c2f6469723f613d6226633d64",
        hex(new UdpAnnounce(request, url).packet(CONNECTION_ID, 0x72f258cd)));
  }

  @ParameterizedTest
  @CsvSource({"NONE, 00000000", "COMPLETED, 00000001", "STARTED, 00000002", "STOPPED, 00000003"})
  void eventHasItsCode(AnnounceEvent event, String code) {
    ByteBuffer packet = new UdpAnnounce(request(event, 1, 50), PLAIN).packet(0, 0);

    assertEquals(code, hex(packet).substring(2 * 80, 2 * 84));
  }

  @Test
  void torrentThatStopsWantsNobody() {
    ByteBuffer packet = new UdpAnnounce(request(AnnounceEvent.STOPPED, 1, 50), PLAIN).packet(0, 0);

    assertEquals(0, packet.getInt(92));
  }

  @Test
  void portIsUnsignedAndNeverZero() {
    assertEquals((short) 65535, packetWithPort(65535).getShort(96));
    assertEquals(1, packetWithPort(0).getShort(96));
  }

  private static ByteBuffer packetWithPort(int port) {
    return new UdpAnnounce(request(AnnounceEvent.NONE, port, 50), PLAIN).packet(0, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "udp://t:80, ''",
    "udp://t:80/, 02012f",
    "udp://t:80/dir?a=b&c=d, 020c2f6469723f613d6226633d64",
    "udp://t:80?x, 02023f78",
    "udp://t:80/%C3%A4, 02072f254333254134",
    "udp://t:80/\u00e4, 02072f254333254134",
  })
  void pathAndQueryAreTold(String url, String options) {
    byte[] told = UdpTrackerUrl.of(Url.parse(url)).options();

    assertEquals(options, HexFormat.of().formatHex(told));
  }

  @Test
  void longPathIsToldInChunks() {
    byte[] told = UdpTrackerUrl.of(Url.parse("udp://t:80/" + "a".repeat(299))).options();

    assertEquals(304, told.length);
    assertEquals("02ff2f61", HexFormat.of().formatHex(told, 0, 4));
    assertEquals("022d6161", HexFormat.of().formatHex(told, 257, 261));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "udp://t",
        "udp://t/announce",
        "udp://t:0/announce",
        "udp://t:65536",
        "udp://:80",
        "udp:t:80"
      })
  void urlThatCannotBeATrackersIsRefused(String url) {
    assertThrows(IllegalArgumentException.class, () -> UdpTrackerUrl.of(Url.parse(url)));
  }

  @Test
  void pathThatDoesNotFitIntoADatagramIsRefused() {
    Url url = Url.parse("udp://t:80/" + "a".repeat(1024));

    assertThrows(IllegalArgumentException.class, () -> UdpTrackerUrl.of(url));
  }

  @Test
  void scrapeIsWrittenAsInTheVector() {
    assertEquals(
        "1122334455667788000000021234567808ada5a7a6183aae1e09d831df6748d566095a10"
            + "000102030405060708090a0b0c0d0e0f10111213",
        hex(new UdpScrape(List.of(HASH, OTHER)).packet(CONNECTION_ID, TRANSACTION_ID)));
  }

  @Test
  void scrapeHasRoomForSeventyFour() {
    assertEquals(
        16 + 20 * 74,
        new UdpScrape(Collections.nCopies(74, HASH)).packet(CONNECTION_ID, 1).remaining());
    List<InfoHash> tooMany = Collections.nCopies(75, HASH);
    assertThrows(IllegalArgumentException.class, () -> new UdpScrape(tooMany));
    List<InfoHash> none = List.of();
    assertThrows(IllegalArgumentException.class, () -> new UdpScrape(none));
  }

  @Test
  void connectionIdIsRead() throws Exception {
    assertEquals(CONNECTION_ID, UdpConnect.answer(reply("00000000 12345678 1122334455667788")));
    assertEquals(
        CONNECTION_ID, UdpConnect.answer(reply("00000000 12345678 1122334455667788 ffffffff")));
  }

  @Test
  void announceReplyIsReadAsInTheVector() throws Exception {
    UdpReply reply =
        reply("00000001 12345678 00000708 00000003 00000002 0a0000011ae1 0a000002c8d5");

    AnnounceResponse response = ANNOUNCE.answer(reply, IPV4);

    assertEquals(TRANSACTION_ID, reply.transactionId());
    assertEquals(Duration.ofMinutes(30), response.interval());
    assertEquals(Duration.ofMinutes(30), response.minInterval());
    assertEquals(OptionalInt.of(3), response.leeches());
    assertEquals(OptionalInt.of(2), response.seeds());
    assertEquals(
        List.of(new InetSocketAddress("10.0.0.1", 6881), new InetSocketAddress("10.0.0.2", 51413)),
        response.peers());
  }

  @Test
  void peersOfAnIpv6SocketAreLonger() throws Exception {
    String head = "00000001 12345678 00000708 00000000 00000001";
    String peers = "20010db8000000000000000000000001 1ae1 00000000000000000000ffff0a000001 0050";

    assertEquals(
        List.of(new InetSocketAddress("2001:db8::1", 6881), new InetSocketAddress("10.0.0.1", 80)),
        ANNOUNCE.answer(reply(head + peers), IPV6).peers());
  }

  @Test
  void nobodyAndWhatIsCutOffAreNoPeers() throws Exception {
    String head = "00000001 12345678 00000708 00000000 00000001";
    String nobody = "000000001ae1 0a0000010000 e00000011ae1 ffffffff1ae1";

    assertEquals(
        List.of(new InetSocketAddress("10.0.0.1", 6881)),
        ANNOUNCE.answer(reply(head + nobody + "0a0000011ae1 0a000001 1a"), IPV4).peers());
  }

  @Test
  void trackerOnTheInternetKnowsNoPeersOfLocalNetworks() throws Exception {
    String head = "00000001 12345678 00000708 00000000 00000001";
    InetAddress internet = address("c6336401");

    assertEquals(
        List.of(new InetSocketAddress("1.2.3.4", 6881)),
        ANNOUNCE.answer(reply(head + "0a0000011ae1 010203041ae1 7f0000011ae1"), internet).peers());
  }

  @ParameterizedTest
  @CsvSource({"00000000, 0", "ffffffff, 0", "7fffffff, 86400", "0000003c, 60"})
  void intervalIsClamped(String interval, int seconds) throws Exception {
    UdpReply reply = reply("00000001 12345678" + interval + "ffffffff 80000000");

    AnnounceResponse response = ANNOUNCE.answer(reply, IPV4);

    assertEquals(Duration.ofSeconds(seconds), response.interval());
    assertEquals(OptionalInt.empty(), response.seeds());
    assertEquals(OptionalInt.empty(), response.leeches());
  }

  @Test
  void countsComeInAnotherOrderThanInAnnounces() throws Exception {
    UdpScrape scrape = new UdpScrape(List.of(HASH, OTHER));
    String one = "00000002 12345678 00000001 00000002 00000003";

    assertEquals(Map.of(HASH, new ScrapeCounts(1, 3, 2)), scrape.answer(reply(one), IPV4));
    assertEquals(
        Map.of(HASH, new ScrapeCounts(1, 3, 2), OTHER, new ScrapeCounts(4, 0, 5)),
        scrape.answer(reply(one + "00000004 00000005 ffffffff 00000009 0000"), IPV4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "00000001123456"})
  void shortDatagramIsNoReply(String hex) {
    assertThrows(ProtocolException.class, () -> reply(hex));
  }

  @Test
  void replyMustBeTheAnswerAndLongEnough() throws Exception {
    UdpReply connect = reply("00000000 12345678 1122334455667788 0000000000000000");
    UdpReply shortConnect = reply("00000000 12345678 11223344556677");
    UdpReply shortAnnounce = reply("00000001 12345678 00000708 00000003 000000");
    UdpReply shortScrape = reply("00000002 12345678 00000001 00000002 000000");
    UdpScrape scrape = new UdpScrape(List.of(HASH));

    assertThrows(ProtocolException.class, () -> ANNOUNCE.answer(connect, IPV4));
    assertThrows(ProtocolException.class, () -> scrape.answer(connect, IPV4));
    assertThrows(ProtocolException.class, () -> UdpConnect.answer(shortAnnounce));
    assertThrows(ProtocolException.class, () -> UdpConnect.answer(shortConnect));
    assertThrows(ProtocolException.class, () -> ANNOUNCE.answer(shortAnnounce, IPV4));
    assertThrows(ProtocolException.class, () -> scrape.answer(shortScrape, IPV4));
  }

  @ParameterizedTest
  @CsvSource({
    "4e6f, No",
    "'', the tracker refused without a reason",
    "1b5b33316d6e6f0a, [31mno",
    "ff6e6f00, \ufffdno"
  })
  void errorIsToldInTheWordsOfTheTracker(String text, String message) throws Exception {
    UdpReply reply = reply("00000003 12345678" + text);

    TrackerException failure =
        assertThrows(TrackerException.class, () -> ANNOUNCE.answer(reply, IPV4));

    assertEquals(message, failure.getMessage());
  }

  @Test
  void longErrorIsCut() throws Exception {
    UdpReply reply = reply("00000003 12345678" + "41".repeat(9000));

    TrackerException failure = assertThrows(TrackerException.class, () -> UdpConnect.answer(reply));

    assertEquals(500, failure.getMessage().length());
  }

  private static InetAddress address(String hex) {
    try {
      return InetAddress.getByAddress(HexFormat.of().parseHex(hex));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  @Property
  void anyBytesAreAnAnswerOrAnError(@ForAll byte[] bytes, @ForAll boolean isIpv6) {
    ByteBuffer datagram = ByteBuffer.wrap(bytes);
    try {
      UdpReply reply = UdpReply.of(datagram);
      AnnounceResponse response = ANNOUNCE.answer(reply, isIpv6 ? IPV6 : IPV4);
      assertTrue(response.peers().size() <= bytes.length / 6);
    } catch (ProtocolException | TrackerException e) {
      assertTrue(e.getMessage() != null);
    }
  }
}
