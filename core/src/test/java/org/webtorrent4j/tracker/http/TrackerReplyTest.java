package org.webtorrent4j.tracker.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.tracker.AnnounceResponse;
import org.webtorrent4j.tracker.ScrapeCounts;
import org.webtorrent4j.tracker.TrackerException;

class TrackerReplyTest {
  private static TrackerReply reply(int status, String body) throws TrackerException {
    byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
    return TrackerReply.of(new HttpReply(status, Map.of(), bytes, false));
  }

  private static AnnounceResponse announce(String body) throws TrackerException {
    return reply(200, body).announce();
  }

  private static TrackerException failure(int status, String body) {
    return assertThrows(TrackerException.class, () -> reply(status, body).announce());
  }

  /** Bytes as the characters of a body. */
  private static String bytes(String hex) {
    return new String(HexFormat.of().parseHex(hex.replace(" ", "")), StandardCharsets.ISO_8859_1);
  }

  private static InetSocketAddress peer(String ip, int port) throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(ip), port);
  }

  @Test
  void everythingThatATrackerTells() throws Exception {
    AnnounceResponse response =
        announce(
            "d8:completei2e10:incompletei3e8:intervali1800e12:min intervali900e5:peers12:"
                + bytes("0a000001 1ae1 0a000002 c8d5")
                + "6:peers618:"
                + bytes("20010db8000000000000000000000001 1ae1")
                + "e");

    assertEquals(
        List.of(peer("10.0.0.1", 6881), peer("10.0.0.2", 51413), peer("2001:db8::1", 6881)),
        response.peers());
    assertEquals(OptionalInt.of(2), response.seeds());
    assertEquals(OptionalInt.of(3), response.leeches());
    assertEquals(Duration.ofMinutes(30), response.interval());
    assertEquals(Duration.ofMinutes(15), response.minInterval());
  }

  @Test
  void whatIsMissingHasDefaults() throws Exception {
    AnnounceResponse response = announce("de");

    assertEquals(Duration.ofMinutes(30), response.interval());
    assertEquals(Duration.ofMinutes(30), response.minInterval());
    assertEquals(OptionalInt.empty(), response.seeds());
    assertEquals(List.of(), response.peers());
    assertEquals(Optional.empty(), response.warning());
  }

  @Test
  void intervalsMayBeTextAndAreBounded() throws Exception {
    assertEquals(Duration.ofSeconds(42), announce("d8:interval2:42e").interval());
    assertEquals(Duration.ofMinutes(30), announce("d8:interval2:-1e").interval());
    assertEquals(Duration.ZERO, announce("d8:intervali-5ee").interval());
    assertEquals(Duration.ofDays(1), announce("d8:intervali999999999999ee").interval());
    AnnounceResponse response = announce("d8:intervali1042e12:min intervali10e5:peers0:e");
    assertEquals(Duration.ofSeconds(1042), response.interval());
    assertEquals(Duration.ofSeconds(10), response.minInterval());
  }

  @Test
  void listsOfPeersAreTaken() throws Exception {
    assertEquals(
        List.of(peer("127.0.0.1", 6881)),
        announce("d5:peersld2:ip9:127.0.0.17:peer id20:aaaaaaaaaaaaaaaaaaaa4:porti6881eeee")
            .peers());
    assertEquals(
        List.of(InetSocketAddress.createUnresolved("test_hostname", 1000), peer("2001:db8::2", 6)),
        announce("d5:peersld2:ip13:test_hostname4:porti1000eed2:ip11:2001:db8::24:porti6eeee")
            .peers());
    assertEquals(
        List.of(peer("2001:db8::2", 6)),
        announce("d6:peers6ld2:ip11:2001:db8::24:porti6eeee").peers());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "i1e",
        "de",
        "le",
        "d4:porti1ee",
        "d2:ip7:1.2.3.4e",
        "d2:ip7:1.2.3.44:porti-1ee",
        "d2:ip7:1.2.3.44:porti65536ee",
        "d2:ip7:1.2.3.44:porti99999999999999999999ee",
        "d2:ip7:1.2.3.44:port5:99999e",
        "d2:ip4:a b!4:porti1ee",
        "d2:ip3::zz4:porti1ee",
        "d2:ip2:.:4:porti1ee",
        "d2:ip6:::::::4:porti1ee",
        "d2:ip9:224.0.0.14:porti7ee",
        "d2:ip7:1.2.3.44:porti1ee"
      })
  void whatIsNoPeerDoesNotSpoilThoseBesideIt(String odd) throws Exception {
    String good = "d2:ip7:1.2.3.44:porti6881ee";
    String other = "d2:ip9: 1.2.3.5 4:port4:6882e";

    assertEquals(
        List.of(peer("1.2.3.4", 6881), peer("1.2.3.5", 6882)),
        announce("d5:peersl" + good + odd + other + "ee").peers());
  }

  @Test
  void trackerOnTheInternetKnowsNoPeersOfLocalNetworks() throws Exception {
    String body =
        "d5:peersld2:ip8:10.0.0.14:porti7eed2:ip9:127.0.0.14:porti7eed2:ip11:192.168.0.14:porti7ee"
            + "d2:ip11:169.254.0.14:porti7eed2:ip7:1.2.3.44:porti7eee6:peers636:"
            + bytes("fe800000000000000000000000000001 0007 20010db8000000000000000000000001 0007")
            + "e";
    byte[] raw = body.getBytes(StandardCharsets.ISO_8859_1);

    assertEquals(
        List.of(peer("1.2.3.4", 7), peer("2001:db8::1", 7)),
        TrackerReply.of(new HttpReply(200, Map.of(), raw, true)).announce().peers());
    assertEquals(
        7, TrackerReply.of(new HttpReply(200, Map.of(), raw, false)).announce().peers().size());
  }

  @Test
  void numbersBeyondALongAreLarge() throws Exception {
    assertEquals(Duration.ofDays(1), announce("d8:intervali" + "9".repeat(40) + "ee").interval());
    assertEquals(Duration.ofDays(1), announce("d8:interval30:" + "9".repeat(30) + "e").interval());
    assertEquals(Duration.ZERO, announce("d8:intervali-" + "9".repeat(40) + "ee").interval());
    assertEquals(OptionalInt.empty(), announce("d8:completei" + "9".repeat(40) + "ee").seeds());
  }

  @Test
  void tailsThatAreNoPeerAreIgnored() throws Exception {
    assertEquals(
        List.of(peer("1.2.3.4", 12304)),
        announce("d5:peers7:" + bytes("01020304 3010 ff") + "e").peers());
    assertEquals(
        List.of(peer("2001:db8::1", 12304)),
        announce("d6:peers619:" + bytes("20010db8000000000000000000000001 3010 01") + "e").peers());
  }

  @Test
  void addressesThatAreNobodysAreDropped() throws Exception {
    String compact =
        bytes(
            "01020304 0000 00000000 1ae1 e0000001 1ae1 ffffffff 1ae1 01020305 1ae1 01020305 1ae1");
    String compact6 =
        bytes(
            "00000000000000000000000000000000 1ae1 ff020000000000000000000000000001 1ae1"
                + "00000000000000000000ffff01020306 1ae1");

    assertEquals(
        List.of(peer("1.2.3.5", 6881), peer("1.2.3.6", 6881)),
        announce("d5:peers36:" + compact + "6:peers654:" + compact6 + "e").peers());
  }

  @Test
  void numberOfPeersIsBounded() throws Exception {
    StringBuilder compact = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      compact.append(bytes("0100%04x1ae1".formatted(i)));
    }

    assertEquals(2000, announce("d5:peers60000:" + compact + "e").peers().size());
  }

  @Test
  void warningIsKept() throws Exception {
    assertEquals(
        Optional.of("test message"), announce("d15:warning message12:test messagee").warning());
  }

  @Test
  void textOfStrangersIsCleaned() throws Exception {
    assertEquals(Optional.of("a b"), announce("d15:warning message5:a\u0007\n\u001bbe").warning());
    String longText = "x".repeat(5000);
    assertEquals(
        500, failure(200, "d14:failure reason5000:" + longText + "e").getMessage().length());
  }

  @Test
  void refusalsAreFailuresWhateverTheStatus() {
    for (int status : new int[] {200, 400, 503}) {
      TrackerException failure = failure(status, "d14:failure reason12:test messagee");
      assertEquals("test message", failure.getMessage());
      assertEquals(Optional.empty(), failure.retryAfter());
    }
  }

  @Test
  void refusalsMaySayWhenToComeAgain() {
    String refusal = "d14:failure reason10:Overloaded8:retry in";
    Optional<Duration> fiveMinutes = Optional.of(Duration.ofMinutes(5));

    assertEquals(fiveMinutes, failure(200, refusal + "1:5e").retryAfter());
    assertEquals(fiveMinutes, failure(200, refusal + "i5ee").retryAfter());
    assertEquals(
        Optional.of(TrackerException.NEVER), failure(200, refusal + "5:nevere").retryAfter());
    assertEquals(Optional.empty(), failure(200, refusal + "4:soone").retryAfter());
    assertEquals(Optional.empty(), failure(200, refusal + "i-5ee").retryAfter());
  }

  @Test
  void otherAnswersAreFailures() {
    assertEquals(
        "the tracker refused without a reason", failure(200, "d14:failure reason0:e").getMessage());
    assertEquals("the tracker answered HTTP 404", failure(404, "<html>").getMessage());
    assertEquals("the tracker answered HTTP 500", failure(500, "d8:intervali9ee").getMessage());
    assertEquals(Optional.of(TrackerException.NEVER), failure(410, "").retryAfter());
    assertTrue(failure(200, "<html>").getMessage().startsWith("invalid answer: "));
    assertTrue(failure(200, "le").getMessage().startsWith("invalid answer: "));
    assertTrue(failure(200, "d".repeat(100_000)).getMessage().startsWith("invalid answer: "));
  }

  @Test
  void trackerIdIsKeptAsBytes() throws Exception {
    assertEquals(Optional.of("x\u00e9"), reply(200, "d10:tracker id2:x\u00e9e").trackerId());
    assertEquals(Optional.empty(), reply(200, "d10:tracker id0:e").trackerId());
    assertEquals(
        Optional.empty(), reply(200, "d10:tracker id600:" + "x".repeat(600) + "e").trackerId());
  }

  @Test
  void countsAreScraped() throws Exception {
    InfoHash known = InfoHash.of("aaaaaaaaaa\0aaaaaaaaa".getBytes(StandardCharsets.ISO_8859_1));
    InfoHash unknown = InfoHash.of(new byte[20]);
    String file = "d8:completei1e10:downloadedi3e10:incompletei2e11:downloadersi6ee";

    for (String name : new String[] {"5:files", "4:host"}) {
      TrackerReply reply = reply(200, "d" + name + "d20:aaaaaaaaaa\0aaaaaaaaa" + file + "ee");
      assertEquals(Map.of(known, new ScrapeCounts(1, 2, 3)), reply.scrape(List.of(known, unknown)));
    }
    assertEquals(Map.of(), reply(200, "de").scrape(List.of(known)));
  }

  /** As bittorrent-tracker 11.2.3 writes it. */
  @Test
  void hashThatWasEncodedAsTextIsFound() throws Exception {
    String hash = "08c2adc2a5c2a7c2a6183ac2ae1e09c39831c39f6748c39566095a10";
    String file = "d8:completei1e10:downloadedi1e10:incompletei0ee";

    assertEquals(
        Map.of(HttpTrackerFixture.HASH, new ScrapeCounts(1, 0, 1)),
        reply(200, "d5:filesd28:" + bytes(hash) + file + "ee")
            .scrape(List.of(HttpTrackerFixture.HASH)));
  }

  @Property
  void anyBodyIsAnAnswerOrAFailure(@ForAll byte[] bytes, @ForAll byte[] peers) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String compact = new String(peers, StandardCharsets.ISO_8859_1);
    List<String> bodies =
        List.of(text, "d5:peers" + peers.length + ":" + compact + "e", "d5:peersl" + text + "ee");
    for (String body : bodies) {
      try {
        announce(body);
      } catch (TrackerException e) {
        assertTrue(!e.getMessage().isEmpty());
      }
    }
  }
}
