package org.webtorrent4j.tracker.server.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.webtorrent4j.tracker.server.http.TrustedProxies;
import org.webtorrent4j.tracker.server.swarm.SwarmLimits;
import org.webtorrent4j.tracker.server.swarm.SwarmTable;

/** Whatever is sent is answered, and in the form that clients survive. */
class HostileMessagesTest {
  private static final String H = ScriptedClient.HASH;

  private final SwarmTable swarms =
      new SwarmTable(
          new SwarmLimits(
              Duration.ofMinutes(20), Duration.ofMinutes(5), 100, 1000, 50, 50, 100, 100, 1000),
          () -> 0,
          new Random(3));
  private final Signalling signalling =
      new Signalling(
          new SocketLimits(
              Duration.ofMinutes(2),
              Duration.ofMinutes(5),
              20,
              100,
              100,
              100,
              Set.of(),
              TrustedProxies.of(Set.of())),
          swarms,
          () -> 0);
  private final ScriptedClient client = new ScriptedClient(signalling, 1);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | announce | N | broken JSON, or deeper than 8 levels",
        "null | announce | N | not one JSON object",
        "[] | announce | N | not one JSON object",
        "7 | announce | N | not one JSON object",
        "{ | announce | N | broken JSON, or deeper than 8 levels",
        "{} | announce | N | action is neither announce nor scrape",
        "{}{} | announce | N | broken JSON, or deeper than 8 levels",
        "{'action':'jump','info_hash':H} | announce | H | action is neither announce nor scrape",
        "{'action':['announce'],'info_hash':H} | announce | H | action is neither announce nor"
            + " scrape",
        "{'info_hash':H,'action':'scrape',,} | scrape | H | broken JSON, or deeper than 8 levels",
        "{'info_hash':H,'a':[[[[[[[[[]]]]]]]]]} | announce | H | broken JSON, or deeper than 8"
            + " levels",
        "{'info_hash':H,'peer_id':'\\u00zz'} | announce | H | broken JSON, or deeper than 8 levels",
        "{'info_hash':H,'\\u+123':1} | announce | H | broken JSON, or deeper than 8 levels",
        "{'info_hash':H,'x':'\\u12'} | announce | H | broken JSON, or deeper than 8 levels",
        "{'info_hash':H,'peer_id':'\\q'} | announce | H | broken JSON, or deeper than 8 levels",
        "{'action':'announce'} | announce | N | info_hash I",
        "{'action':'announce','info_hash':{}} | announce | N | info_hash I",
        "{'action':'announce','info_hash':[H,H]} | announce | N | info_hash I",
        "{'action':'announce','info_hash':'abc'} | announce | N | info_hash I",
        "{'action':'announce','info_hash':'hhhhhhhhhhhhhhhhhhh\u0100'} | announce | N | info_hash"
            + " I",
        "{'action':'announce','info_hash':H} | announce | H | peer_id I",
        "{'action':'announce','info_hash':H,'peer_id':5} | announce | H | peer_id I",
        "{'action':'announce','info_hash':H,'peer_id':H,'answer':7} | announce | H | offer_id I",
        "{'action':'announce','info_hash':H,'peer_id':H,'answer':{},'offer_id':H} | announce | H |"
            + " answer is not an object with type answer and an sdp",
        "{'action':'announce','info_hash':H,'peer_id':H,'answer':{'type':'answer','sdp':''},"
            + "'offer_id':H,'to_peer_id':{}} | announce | H | to_peer_id I",
        "{'action':'scrape'} | scrape | N | info_hash is missing: only named torrents can be"
            + " scraped",
        "{'action':'scrape','info_hash':{'a':1}} | scrape | N | info_hash I",
        "{'action':'scrape','info_hash':[]} | scrape | N | info_hash is missing: only named"
            + " torrents can be scraped",
        "{'action':'scrape','info_hash':[null]} | scrape | N | info_hash I",
        "{'action':'scrape','info_hash':[H,{}]} | scrape | N | info_hash I",
      })
  void refusalsNameActionAndTorrent(String text, String action, String infoHash, String fault) {
    client.send(text.replace("H", "\"" + H + "\"").replace('\'', '"'));

    JsonObject failure = client.receive();
    assertEquals(action, failure.get("action").getAsString());
    assertEquals(infoHash.equals("H") ? H : "", failure.get("info_hash").getAsString());
    assertEquals(
        fault.replaceFirst(" I$", " is not a string of 20 characters up to U+00FF"),
        failure.get("failure reason").getAsString());
    assertEquals(0, client.received());
    assertEquals(0, swarms.torrents());
    assertEquals(1, signalling.requests().refusals());
  }

  @Test
  void tooManyTorrentsAreNotScraped() {
    client.send(
        "{\"action\":\"scrape\",\"info_hash\":[" + ("\"" + H + "\",").repeat(2800) + "\"\"]}");

    assertEquals("more than 255 torrents", client.receive().get("failure reason").getAsString());
  }

  @Test
  void offersThatAreNoneAreSkipped() {
    ScriptedClient other = new ScriptedClient(signalling, 2);
    other.announce(5);
    other.clear();
    String[] bad = {
      "null",
      "7",
      "[]",
      "{}",
      "{\"offer\":null,\"offer_id\":\"%s\"}".formatted(H),
      "{\"offer\":\"v=0\",\"offer_id\":\"%s\"}".formatted(H),
      "{\"offer\":{\"type\":\"answer\",\"sdp\":\"\"},\"offer_id\":\"%s\"}".formatted(H),
      "{\"offer\":{\"type\":\"offer\",\"sdp\":[]},\"offer_id\":\"%s\"}".formatted(H),
      "{\"offer\":{\"type\":\"offer\",\"sdp\":\"\"},\"offer_id\":\"short\"}",
      "{\"offer\":{\"type\":\"offer\",\"sdp\":\"\"},\"offer_id\":{}}",
    };
    String offers = "[" + String.join(",", bad) + "," + ScriptedClient.offer(H) + "]";

    client.send(
        "{\"action\":\"announce\",\"info_hash\":\"%s\",\"peer_id\":\"%s\",\"offers\":%s}"
            .formatted(H, client.peerId(), offers));

    assertEquals(2, client.receive().get("incomplete").getAsInt());
    assertEquals(H, other.receive().get("offer_id").getAsString());
    assertEquals(0, other.received());
    for (String notAList : new String[] {"null", "{}", "7", "\"x\"", "[null]"}) {
      client.send(
          "{\"offers\":%s,\"action\":\"announce\",\"info_hash\":\"%s\",\"peer_id\":\"%s\"}"
              .formatted(notAList, H, client.peerId()));
      assertEquals(2, client.receive().get("incomplete").getAsInt());
    }
  }

  @Test
  void deepAndLongMessagesCostNothing() {
    for (String text :
        new String[] {
          "[".repeat(65_000),
          "{\"a\":".repeat(13_000),
          "{\"left\":" + "9".repeat(65_000) + "}",
          "{\"action\":\"" + "\\u0000".repeat(10_000) + "\"}",
          "\"" + "x".repeat(65_000),
          "{\"" + "x".repeat(65_000) + "\":1}",
        }) {
      client.send(text);
      assertTrue(client.receiveText().length() < 300);
      assertEquals(0, client.received());
    }
  }

  @Provide
  Arbitrary<String> messages() {
    Arbitrary<String> id =
        Arbitraries.of("\"" + H + "\"", "\"-XX0001-000000000001\"", "\"\\u00e9\"", "\"\"");
    Arbitrary<String> value =
        Arbitraries.oneOf(
            id,
            id,
            Arbitraries.of("null", "0", "-1", "1e99", "true", "[]", "{}", "[null]", "[[]]", "NaN"),
            Arbitraries.of("\"announce\"", "\"scrape\"", "\"started\"", "\"stopped\""),
            Arbitraries.of(
                "{\"type\":\"answer\",\"sdp\":\"v\"}",
                "[" + ScriptedClient.offer(H) + "]",
                "[\"" + H + "\",\"" + H + "\"]"),
            Arbitraries.strings().ofMaxLength(10).map(text -> "\"" + text + "\""),
            Arbitraries.strings().ofMaxLength(10));
    Arbitrary<String> name =
        Arbitraries.of(
            "action",
            "info_hash",
            "peer_id",
            "left",
            "event",
            "offers",
            "answer",
            "to_peer_id",
            "offer_id",
            "numwant");
    Arbitrary<String> member = Combinators.combine(name, value).as((n, v) -> "\"" + n + "\":" + v);
    Arbitrary<String> members = member.list().ofMaxSize(8).map(list -> String.join(",", list));
    Arbitrary<String> announces =
        members.map(
            more ->
                "{\"action\":\"announce\",\"info_hash\":\"%s\",\"peer_id\":\"%s\",%s}"
                    .formatted(H, H, more));
    return Arbitraries.oneOf(
        members.map(more -> "{" + more + "}"), announces, Arbitraries.strings().ofMaxLength(50));
  }

  /** Ten thousand messages of nonsense, and the next client is served as if nothing had been. */
  @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
  void anyMessageIsAnsweredOnceAtMost(@ForAll("messages") String text) {
    client.clear();
    client.send(text);

    int replies = 0;
    while (client.received() > 0) {
      JsonObject reply = client.receive();
      assertTrue(reply.has("action"));
      assertTrue(reply.has("info_hash") || reply.has("files"));
      // Of several peers on one link, one may be offered what another offers.
      replies += reply.has("offer") || reply.has("answer") ? 0 : 1;
    }
    assertTrue(replies <= 1);
    ScriptedClient other = new ScriptedClient(signalling, 2);
    other.announce(0);
    assertTrue(other.receive().get("complete").getAsInt() >= 1);
  }
}
