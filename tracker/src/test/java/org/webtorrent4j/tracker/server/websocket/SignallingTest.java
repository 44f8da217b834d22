package org.webtorrent4j.tracker.server.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webtorrent4j.tracker.server.http.TrustedProxies;
import org.webtorrent4j.tracker.server.swarm.SwarmCounts;
import org.webtorrent4j.tracker.server.swarm.SwarmLimits;
import org.webtorrent4j.tracker.server.swarm.SwarmTable;

/** Who is told what, without sockets. */
class SignallingTest {
  private static final String OFFER = "oooooooooooooooooooo";

  private long nanoTime;
  private final SwarmTable swarms =
      new SwarmTable(
          new SwarmLimits(
              Duration.ofMinutes(20),
              Duration.ofMinutes(5),
              1000,
              100_000,
              1000,
              1000,
              1000,
              1000,
              100_000),
          () -> nanoTime,
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
          () -> nanoTime);

  private ScriptedClient client(int number) {
    return new ScriptedClient(signalling, number);
  }

  private ScriptedClient announced(int number, int left) {
    ScriptedClient client = client(number);
    client.announce(left);
    client.clear();
    return client;
  }

  private static String offerId(int n) {
    return "o%019d".formatted(n);
  }

  private static String[] offerIds(int count) {
    String[] ids = new String[count];
    for (int i = 0; i < count; i++) {
      ids[i] = offerId(i);
    }
    return ids;
  }

  @Test
  void whoRepeatsAnotherPeersIdTakesNeitherItsPlaceNorItsOffers() {
    ScriptedClient honest = announced(1, 5);
    ScriptedClient thief = client(2);
    thief.peerId = honest.peerId();
    nanoTime++;
    thief.announce(5);
    thief.clear();
    ScriptedClient offering = client(3);

    for (int i = 0; i < 40; i++) { // of two peers, chance would pick each some time
      nanoTime++;
      honest.announce(5);
      honest.clear();
      offering.announce(5, offerId(i));

      assertEquals(offerId(i), honest.receive().get("offer_id").getAsString());
      assertEquals(0, thief.received());
    }
    thief.announce("\"left\":5,\"event\":\"stopped\"");
    offering.announce(5, OFFER);
    assertEquals(OFFER, honest.receive().get("offer_id").getAsString());
  }

  @Test
  void whoComesBackGetsOffersBesideItsOldLinkAndAloneOnceThatIsGone() {
    ScriptedClient old = announced(1, 5);
    nanoTime++;
    ScriptedClient back = announced(1, 5);
    ScriptedClient offering = client(3);

    offering.announce(5, offerIds(2));
    assertEquals(1, old.received());
    assertEquals(1, back.received());

    back.clear();
    swarms.leave(old.link);
    offering.announce(5, OFFER);
    assertEquals(1, back.received());
    assertEquals(1, old.received());
  }

  @Test
  void answerComesToWhoMadeTheOfferThoughAnotherRepeatsIt() {
    ScriptedClient answering = announced(1, 5);
    ScriptedClient offering = client(2);
    offering.announce(5, OFFER);
    offering.clear();
    ScriptedClient thief = client(3);
    thief.peerId = offering.peerId();

    thief.announce(5, OFFER);
    thief.clear();
    answering.answer(offering, OFFER);

    assertEquals(OFFER, offering.receive().get("offer_id").getAsString());
    assertEquals(0, thief.received());
  }

  @Test
  void countsComeFirstAndEachOfferGoesToAnotherPeer() {
    ScriptedClient[] others = new ScriptedClient[10];
    for (int i = 0; i < others.length; i++) {
      others[i] = announced(i, 5);
    }
    ScriptedClient newcomer = client(99);

    newcomer.announce(5, offerIds(7));

    assertEquals(11, newcomer.receive().get("incomplete").getAsInt());
    assertEquals(0, newcomer.received());
    Set<String> offered = new HashSet<>();
    for (ScriptedClient other : others) {
      assertTrue(other.received() <= 1);
      if (other.received() == 1) {
        JsonObject offer = other.receive();
        assertEquals(newcomer.peerId(), offer.get("peer_id").getAsString());
        assertTrue(offered.add(offer.get("offer_id").getAsString()));
      }
    }
    assertEquals(7, offered.size());
    assertEquals(7, signalling.relayedOffers());
  }

  @Test
  void offersBeyondTheLimitAreIgnored() {
    for (int i = 0; i < 50; i++) {
      announced(i, 5);
    }

    client(99).announce(5, offerIds(60));

    assertEquals(20, signalling.relayedOffers());
  }

  @Test
  void seedsAreNotIntroducedToSeeds() {
    ScriptedClient seed = announced(1, 0);
    ScriptedClient leech = announced(2, 5);

    ScriptedClient otherSeed = client(3);
    otherSeed.announce(0, offerIds(5));

    assertEquals(0, seed.received());
    assertEquals(1, leech.received());
    ScriptedClient otherLeech = client(4);
    otherLeech.announce(5, offerIds(5));
    assertEquals(1, seed.received());
  }

  @Test
  void answerGoesOnlyFromTheOneWhoWasOfferedToTheOneWhoOffered() {
    ScriptedClient answerer = announced(1, 5);
    ScriptedClient offerer = client(2);
    offerer.announce(5, OFFER);
    offerer.clear();
    answerer.clear();
    ScriptedClient stranger = announced(3, 5);

    stranger.answer(offerer, OFFER); // was not asked
    stranger.answer(ScriptedClient.HASH, answerer.peerId(), offerer.peerId(), OFFER);
    answerer.answer("x".repeat(20), answerer.peerId(), offerer.peerId(), OFFER);
    answerer.answer(ScriptedClient.HASH, "x".repeat(20), offerer.peerId(), OFFER);
    answerer.answer(stranger, OFFER);
    answerer.answer(offerer, offerId(7));
    assertEquals(0, offerer.received() + answerer.received() + stranger.received());

    answerer.answer(offerer, OFFER);
    assertEquals(OFFER, offerer.receive().get("offer_id").getAsString());
    answerer.answer(offerer, OFFER); // only once
    assertEquals(0, offerer.received());
    assertEquals(1, signalling.relayedAnswers());
    assertEquals(0, signalling.openOffers());
  }

  @Test
  void oldOffersCannotBeAnswered() {
    ScriptedClient answerer = announced(1, 5);
    ScriptedClient offerer = client(2);
    offerer.announce(5, OFFER);
    offerer.clear();
    nanoTime += Duration.ofSeconds(61).toNanos();

    answerer.answer(offerer, OFFER);

    assertEquals(0, offerer.received());
    assertEquals(0, signalling.openOffers());
  }

  @Test
  void offersThatAreNotAnsweredAreBounded() {
    announced(1, 5);
    ScriptedClient offerer = client(2);
    for (int i = 0; i < 12_000; i++) {
      offerer.announce(5, offerId(i));
    }
    assertEquals(10_000, signalling.openOffers());

    nanoTime += Duration.ofSeconds(61).toNanos();
    signalling.expire();

    assertEquals(0, signalling.openOffers());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"left\":null",
        "\"x\":1",
        "\"left\":\"0\"",
        "\"left\":-1",
        "\"left\":{}",
        "\"left\":1e300"
      })
  void whoDoesNotSayThatNothingIsLeftIsALeech(String members) {
    ScriptedClient client = client(1);

    client.announce(members);

    assertEquals(1, client.receive().get("incomplete").getAsInt());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"started\"", "\"completed\"", "\"update\"", "\"paused\"", "\"\"", "null", "7"})
  void eventsAreTolerated(String event) {
    ScriptedClient client = client(1);

    client.announce("\"left\":0,\"event\":" + event);

    assertEquals(1, client.receive().get("complete").getAsInt());
  }

  @Test
  void stoppedPeerIsAnsweredAndGone() {
    ScriptedClient seed = announced(1, 0);
    ScriptedClient client = announced(2, 5);

    client.announce("\"event\":\"stopped\"", OFFER);

    JsonObject counts = client.receive();
    assertEquals(1, counts.get("complete").getAsInt());
    assertEquals(0, counts.get("incomplete").getAsInt());
    assertEquals(0, seed.received());
  }

  @Test
  void nobodyCanSignOffAPeerOfAnotherLink() {
    ScriptedClient client = announced(1, 5);
    ScriptedClient imposter = client(1);

    imposter.announce("\"event\":\"stopped\"");

    assertEquals(1, swarms.counts().peers());
    imposter.announce(5);
    assertEquals(2, swarms.counts().peers());
    client.announce("\"event\":\"stopped\"");
    assertEquals(1, swarms.counts().peers());
  }

  @Test
  void severalTorrentsAreScraped() {
    announced(1, 0);
    announced(2, 5);
    ScriptedClient client = client(3);
    String other = "i".repeat(20);

    client.send(
        "{\"action\":\"scrape\",\"info_hash\":[\""
            + ScriptedClient.HASH
            + "\",\""
            + other
            + "\"]}");

    assertEquals(
        "{\"action\":\"scrape\",\"files\":{\"hhhhhhhhhhhhhhhhhhhh\":{\"complete\":1,"
            + "\"incomplete\":1,\"downloaded\":0},\"iiiiiiiiiiiiiiiiiiii\":{\"complete\":0,"
            + "\"incomplete\":0,\"downloaded\":0}},\"flags\":{\"min_request_interval\":120}}",
        client.receiveText());
    client.send("{\"action\":\"scrape\",\"info_hash\":\"" + ScriptedClient.HASH + "\"}");
    assertTrue(client.receiveText().contains("\"complete\":1"));
    assertEquals(2, signalling.requests().scrapes());
  }

  @Test
  void idsAreLatin1HoweverTheyAreWritten() {
    ScriptedClient one = client(1);
    ScriptedClient other = client(2);
    String literal =
        "\\b\u00ad\u00a5\u00a7\u00a6\\u0018:\u00ae\\u001e\\t\u00d81\u00dfgH\u00d5f\\tZ\\u0010";
    String escaped =
        "\\b\\u00ad\\u00a5\\u00a7\\u00a6\\u0018:\\u00ae\\u001e\\t\\u00d81\\u00dfgH\\u00d5f\\tZ\\u0010";
    String offerId = "\u0000\u001f\"\\\u007f\u0080\u00e9\u00ffabcdefghijkl";
    String offer =
        ScriptedClient.offer("\\u0000\\u001f\\\"\\\\\u007f\u0080\u00e9\u00ffabcdefghijkl");

    one.send(
        "{\"action\":\"announce\",\"info_hash\":\"%s\",\"peer_id\":\"-WW0002-0123456789\u00e9\\u0000\"}"
            .formatted(literal));
    other.send(
        "{\"action\":\"announce\",\"info_hash\":\"%s\",\"peer_id\":\"%s\",\"offers\":[%s]}"
            .formatted(escaped, other.peerId(), offer));

    assertEquals(1, swarms.torrents());
    JsonObject counts = one.receive();
    assertEquals(
        "\b\u00ad\u00a5\u00a7\u00a6\u0018:\u00ae\u001e\t\u00d81\u00dfgH\u00d5f\tZ\u0010",
        counts.get("info_hash").getAsString());
    assertEquals(offerId, one.receive().get("offer_id").getAsString());
    one.answer(
        literal,
        "-WW0002-0123456789\u00e9\\u0000",
        other.peerId(),
        "\\u0000\\u001f\\\"\\\\\u007f\u0080\u00e9\u00ffabcdefghijkl");
    other.receive();
    assertEquals("-WW0002-0123456789\u00e9\u0000", other.receive().get("peer_id").getAsString());
  }

  @Test
  void offersOfAStoppedLinkAreNotRelayedToIt() {
    ScriptedClient gone = announced(1, 5);
    swarms.leave(gone.link);
    gone.announce(5); // was on its way
    gone.clear();

    client(2).announce(5, OFFER);

    assertEquals(0, gone.received());
    assertEquals(new SwarmCounts(0, 1, 1, 0, 0), swarms.counts());
  }
}
