package org.webtorrent4j.webrtc.signal.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.tracker.AnnounceRequest;

class SignalWriterTest {
  private static final InfoHash H = InfoHash.ofHex("08ada5a7a6183aae1e09d831df6748d566095a10");
  private static final PeerId US =
      PeerId.of("-WJ0010-0123456789ab".getBytes(StandardCharsets.ISO_8859_1));

  private static final String ALPHABET = "{}[]\",:0en\\u\u0000";

  private static AnnounceRequest request(AnnounceEvent event) {
    return new AnnounceRequest(H, US, 6881, 1, 2, 65537, event, 50, 7);
  }

  /** Bytes that others have captured from the reference. */
  @Test
  void hashIsWrittenAsTheReferenceDoes() {
    String text = SignalWriter.scrape(List.of(H));

    String hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    assertTrue(
        hex.contains(
            "22696e666f5f68617368223a225c62c2adc2a5c2a7c2a65c75303031383ac2ae5c75303031655c74"
                + "c39831c39f6748c395665c745a5c753030313022"),
        text);
  }

  @Test
  void announceWithOffers() {
    String text =
        SignalWriter.announce(
            request(AnnounceEvent.STARTED),
            AnnounceEvent.STARTED,
            US,
            List.of(new SignalWriter.Offer("aaaaaaaaaaaaaaaaaaaa", "v=0\r\n\"")),
            "id");

    assertEquals(
        "{\"numwant\":1,\"uploaded\":1,\"downloaded\":2,\"left\":65537,\"event\":\"started\","
            + "\"action\":\"announce\",\"info_hash\":\""
            + "\\b\u00ad\u00a5\u00a7\u00a6\\u0018:\u00ae\\u001e\\t\u00d81\u00dfgH\u00d5f\\tZ\\u0010"
            + "\",\"peer_id\":\"-WJ0010-0123456789ab\",\"trackerid\":\"id\","
            + "\"offers\":[{\"offer\":{\"type\":\"offer\",\"sdp\":\"v=0\\r\\n\\\"\"},"
            + "\"offer_id\":\"aaaaaaaaaaaaaaaaaaaa\"}]}",
        text);
  }

  @Test
  void onlyRealEventsAreNamed() {
    for (AnnounceEvent event : AnnounceEvent.values()) {
      String text = SignalWriter.announce(request(event), event, US, List.of(), null);

      boolean isOrdinary = event == AnnounceEvent.NONE || event == AnnounceEvent.STARTED;
      assertEquals(event != AnnounceEvent.NONE, text.contains("\"event\""), text);
      assertEquals(isOrdinary, text.contains("\"offers\":[]"), text);
      assertTrue(text.contains("\"numwant\":0") && !text.contains("trackerid"), text);
    }
  }

  @Test
  void answer() throws ProtocolException {
    PeerId to = PeerId.of(new byte[20]);
    String text = SignalWriter.answer(H, US, to, "\u00ff".repeat(20), "v=0", null);

    SignalMessage read = SignalReader.read(text);
    assertEquals(H, read.infoHash());
    assertEquals(US, read.peerId());
    assertEquals("\u00ff".repeat(20), read.offerId());
    assertEquals("v=0", read.answer());
    assertTrue(text.contains("\"to_peer_id\":\"" + "\\u0000".repeat(20) + "\""), text);
    assertTrue(!text.contains("event") && !text.contains("left") && !text.contains("numwant"));
  }

  @Test
  void scrapeOfSeveral() {
    assertTrue(SignalWriter.scrape(List.of(H, H)).contains("\"info_hash\":[\""));
  }

  @Property
  void anyBytesComeBack(
      @ForAll @Size(20) byte[] hash, @ForAll @Size(20) byte[] id, @ForAll String sdp)
      throws ProtocolException {
    InfoHash infoHash = InfoHash.of(hash);
    String offerId = BinaryText.random(new Random(sdp.hashCode()));

    String text = SignalWriter.answer(infoHash, PeerId.of(id), US, offerId, sdp, null);
    byte[] wire = text.getBytes(StandardCharsets.UTF_8);
    SignalMessage read = SignalReader.read(new String(wire, StandardCharsets.UTF_8));

    assertEquals(infoHash, read.infoHash());
    assertEquals(PeerId.of(id), read.peerId());
    assertEquals(offerId, read.offerId());
  }

  @Property(tries = 3000)
  void readerTakesOrRefusesAnything(@ForAll("mutations") String text) {
    try {
      SignalReader.read(text);
    } catch (ProtocolException e) {
      assertTrue(e.getMessage() != null);
    }
  }

  @Provide
  Arbitrary<String> mutations() {
    String valid =
        "{\"action\":\"announce\",\"info_hash\":\"01234567890123456789\",\"interval\":120,"
            + "\"offer\":{\"type\":\"offer\",\"sdp\":\"v=0\"},\"files\":{\"a\":{\"complete\":1}}}";
    return Arbitraries.randomValue(
        random -> {
          StringBuilder text = new StringBuilder(valid);
          for (int i = random.nextInt(6); i >= 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
              case 0 -> text.setCharAt(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
              case 1 -> text.deleteCharAt(at);
              default -> text.insert(at, text.substring(at, at + (text.length() - at) / 2));
            }
          }
          return text.toString();
        });
  }
}
