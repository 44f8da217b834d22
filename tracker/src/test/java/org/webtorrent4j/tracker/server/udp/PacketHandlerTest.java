package org.webtorrent4j.tracker.server.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webtorrent4j.tracker.server.swarm.SwarmLimits;
import org.webtorrent4j.tracker.server.swarm.SwarmTable;

/** Packets in, packets out; those of other programs as they were recorded. */
class PacketHandlerTest {
  private static final String CONNECT = "00000417271019800000000012345678";
  private static final String HASH = "08ada5a7a6183aae1e09d831df6748d566095a10";

  /** An announce after its connection id, the port being 6881; left 65537. */
  private static final String ANNOUNCE =
      "0000000112345678"
          + HASH
          + "2d5858303030312d6162636465666768696a6b6c"
          + "0000000000000064"
          + "0000000000010001"
          + "00000000000000c8"
          + "0000000200000000deadbeefffffffff1ae1";

  private static final String LIBTORRENT =
      "0000000172f258cd87928721529980ee272f177be0526ff40d51121f2d4c54323038302d36677e6d75514932396372"
          + "660000000000000000000000000001000100000000000000000000000200000000ab29b70f000000c843f1020c"
          + "2f6469723f613d6226633d64";
  private static final String NPM =
      "0000000165a6bdd108ada5a7a6183aae1e09d831df6748d566095a102d5757303030322d3031323334353637383961"
          + "62000000000000000200000000000100010000000000000001000000020000000000000000000000321ae1";

  private long nanoTime = -Duration.ofDays(100).toNanos();
  private final SwarmTable swarms =
      new SwarmTable(
          new SwarmLimits(
              Duration.ofMinutes(20),
              Duration.ofMinutes(5),
              1000,
              100_000,
              1000,
              1000,
              100,
              1000,
              100_000),
          () -> nanoTime,
          new Random(3));
  private final PacketHandler handler =
      new PacketHandler(swarms, Duration.ofMinutes(30), new ConnectionIds(new byte[32]));

  private static InetSocketAddress client(String address) {
    try {
      return new InetSocketAddress(InetAddress.getByName(address), 40_000);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private String send(String hex, String client) {
    ByteBuffer reply = ByteBuffer.allocate(PacketHandler.MAX_REPLY);
    ByteBuffer packet = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    handler.handle(packet, client(client), nanoTime, reply);
    return HexFormat.of().formatHex(reply.array(), 0, reply.position());
  }

  private String connect(String client) {
    return send(CONNECT, client).substring(16);
  }

  /** Sends what follows the connection id. */
  private String ask(String rest, String client) {
    return send(connect(client) + rest, client);
  }

  private static String announce(int peer, int port, long left, int event, int wanted) {
    return "0000000112345678"
        + HASH
        + "%040x".formatted(peer)
        + "%016x%016x%016x%08x%08x%08x".formatted(0, left, 0, event, 0x7f000001, 0)
        + "%08x%04x".formatted(wanted, port);
  }

  private static String error(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return "0000000312345678" + HexFormat.of().formatHex(bytes);
  }

  @Test
  void connectionIsGivenAnId() {
    String reply = send(CONNECT, "10.0.0.1");

    assertEquals(32, reply.length());
    assertEquals("0000000012345678", reply.substring(0, 16));
    assertEquals(reply, send(CONNECT + "00ff", "10.0.0.1"));
  }

  @Test
  void peersAreToldOfEachOther() {
    assertEquals(
        "0000000112345678" + "00000708" + "00000001" + "00000000", ask(ANNOUNCE, "10.0.0.1"));

    String reply = ask(announce(2, 51413, 0, 2, -1), "10.0.0.2");

    assertEquals("0000000112345678" + "00000708" + "00000001" + "00000001" + "0a0000011ae1", reply);
    assertEquals(
        "0000000112345678" + "00000708" + "00000001" + "00000001" + "0a000002c8d5",
        ask(ANNOUNCE, "10.0.0.1"));
    assertEquals(3, handler.requests().announces());
  }

  @Test
  void addressOfTheClaimIsIgnored() {
    ask(announce(1, 7000, 0, 2, -1), "10.0.0.1"); // claims to be at 127.0.0.1

    assertTrue(ask(ANNOUNCE, "10.0.0.2").endsWith("0a0000011b58"));
  }

  @Test
  void ipv6PeersAreToldOfTheirOwnKindInEighteenBytes() {
    ask(announce(1, 6881, 0, 2, -1), "10.0.0.1");
    ask(announce(2, 6882, 0, 2, -1), "2001:db8::2");

    String reply = ask(announce(3, 6883, 5, 2, -1), "2001:db8::3");

    assertEquals(
        "0000000112345678"
            + "00000708"
            + "00000001"
            + "00000002"
            + "20010db8000000000000000000000002"
            + "1ae2",
        reply);
    assertTrue(ask(announce(4, 6884, 5, 2, -1), "10.0.0.4").endsWith("0a0000011ae1"));
  }

  @Test
  void recordedAnnouncesAreServed() {
    assertEquals("0000000172f258cd000007080000000100000000", ask(LIBTORRENT, "10.0.0.1"));
    assertEquals("0000000165a6bdd1000007080000000100000000", ask(NPM, "10.0.0.2"));
    assertEquals(2, swarms.torrents());
  }

  @Test
  void eventsAreUnderstood() {
    ask(announce(1, 6881, 5, 2, -1), "10.0.0.1");
    ask(announce(2, 6881, 5, 4, -1), "10.0.0.2");
    ask(announce(1, 6881, 0, 1, -1), "10.0.0.1");

    String scrape = "0000000212345678" + HASH + "000102030405060708090a0b0c0d0e0f10111213";
    assertEquals(
        "0000000212345678" + "000000010000000100000001" + "000000000000000000000000",
        ask(scrape, "10.0.0.3"));
    assertEquals(
        "0000000112345678" + "00000708" + "00000000" + "00000001",
        ask(announce(2, 6881, 5, 3, -1), "10.0.0.2"));
    assertEquals(1, handler.requests().scrapes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.%d.%d", "2001:db8:%x:%x::1"})
  void replyFitsOnePacketHoweverManyAreWanted(String addresses) {
    for (int i = 0; i < 400; i++) {
      ask(announce(i, 6881, 5, 2, 0), addresses.formatted(i >> 8, i & 255));
    }

    String client = addresses.formatted(99, 99);
    int stride = client.contains(":") ? 18 : 6;
    int most = ask(announce(999, 6881, 5, 2, Integer.MAX_VALUE), client).length() / 2;
    assertTrue(most <= 1232 && most > 1232 - stride, "length " + most);
    assertEquals(20 + 50 * stride, ask(announce(999, 6881, 5, 2, -1), client).length() / 2);
    assertEquals(20 + 7 * stride, ask(announce(999, 6881, 5, 2, 7), client).length() / 2);
    assertEquals(20, ask(announce(999, 6881, 5, 2, 0), client).length() / 2);
  }

  @Test
  void scrapeIsCutAtWhatFits() {
    String reply = ask("0000000212345678" + HASH.repeat(90), "10.0.0.1");

    assertEquals(8 + 74 * 12, reply.length() / 2);
  }

  @Test
  void peerWithoutAPortIsToldOfOthersButNotKept() {
    ask(announce(1, 7000, 0, 2, -1), "10.0.0.2");

    String reply = ask(announce(2, 0, 5, 2, -1), "10.0.0.1");

    assertTrue(reply.endsWith("0a0000021b58"), reply);
    assertEquals(1, swarms.counts().peers());
  }

  @Test
  void faultsOfThoseWhoCanBeReachedAreTold() {
    assertEquals(
        error("announce is shorter than 98 bytes"),
        ask(ANNOUNCE.substring(0, ANNOUNCE.length() - 2), "10.0.0.1"));
    assertEquals(error("scrape names no torrent"), ask("0000000212345678" + "00", "10.0.0.1"));
    assertEquals(
        error("action is none of connect, announce, scrape"), ask("0000000912345678", "10.0.0.1"));
    assertEquals(0, swarms.torrents());
    assertEquals(3, handler.requests().refusals());
  }

  @Test
  void forgedAndForeignConnectionIdsGetNoReply() {
    String id = connect("10.0.0.1");

    assertEquals("", send(id + ANNOUNCE, "10.0.0.2"));
    assertEquals("", send("0000041727101980" + ANNOUNCE, "10.0.0.1"));
    for (int bit = 0; bit < 64; bit++) {
      long forged = Long.parseUnsignedLong(id, 16) ^ 1L << bit;
      assertEquals("", send("%016x".formatted(forged) + ANNOUNCE, "10.0.0.1"));
    }
    ConnectionIds others = new ConnectionIds(new byte[] {1});
    long other = others.create(client("10.0.0.1").getAddress(), nanoTime);
    assertEquals("", send("%016x".formatted(other) + ANNOUNCE, "10.0.0.1"));
    assertEquals(0, swarms.torrents());
  }

  @Test
  void connectionIdsLastTwoMinutes() {
    String id = connect("10.0.0.1");

    nanoTime += Duration.ofSeconds(119).toNanos();
    assertEquals(40, send(id + ANNOUNCE, "10.0.0.1").length());
    nanoTime += Duration.ofSeconds(2).toNanos();
    assertEquals("", send(id + ANNOUNCE, "10.0.0.1"));
    nanoTime += Duration.ofSeconds(65536 - 121).toNanos(); // where its time begins anew
    assertEquals("", send(id + ANNOUNCE, "10.0.0.1"));
  }

  /** Nobody can be flooded through us, and nothing that is sent does harm. */
  @Property
  void strangersGetNoMoreThanTheySend(@ForAll @Size(max = 200) byte[] packet) {
    ByteBuffer reply = ByteBuffer.allocate(PacketHandler.MAX_REPLY);

    handler.handle(ByteBuffer.wrap(packet), client("10.0.0.1"), nanoTime, reply);

    assertTrue(reply.position() <= packet.length);
  }

  @Property
  void anythingAfterAConnectionIdIsSurvived(@ForAll @Size(max = 200) byte[] rest) {
    String reply = ask(HexFormat.of().formatHex(rest), "10.0.0.1");

    assertTrue(rest.length < 8 ? reply.isEmpty() : reply.length() >= 16);
  }
}
