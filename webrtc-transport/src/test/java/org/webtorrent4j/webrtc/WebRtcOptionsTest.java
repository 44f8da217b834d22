package org.webtorrent4j.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class WebRtcOptionsTest {
  @Test
  void defaults() {
    WebRtcOptions options = WebRtcOptions.defaults();

    assertEquals(WebRtcOptions.PUBLIC_STUN, options.iceServers());
    assertEquals(0, options.minPort());
    assertEquals(0, options.maxPort());
    assertEquals(250, options.maxConnections());
    assertEquals(100, options.maxOffers());
    assertFalse(options.loopback());
    assertEquals(Optional.empty(), options.provider());
  }

  @Test
  void everythingCanBeSet() {
    IceServer turn = IceServer.turn("turn:turn.example:3478", "me", "secret");
    WebRtcOptions options =
        WebRtcOptions.builder()
            .iceServers(List.of(turn))
            .portRange(50_000, 50_010)
            .maxConnections(7)
            .maxOffers(0)
            .loopback(true)
            .provider("libwebrtc")
            .build();

    assertEquals(List.of(turn), options.iceServers());
    assertEquals(50_000, options.minPort());
    assertEquals(50_010, options.maxPort());
    assertEquals(7, options.maxConnections());
    assertEquals(0, options.maxOffers());
    assertTrue(options.loopback());
    assertEquals(Optional.of("libwebrtc"), options.provider());
    assertEquals(List.of(), WebRtcOptions.builder().noStun().build().iceServers());
  }

  @Test
  void nonsenseIsRefused() {
    WebRtcOptions.Builder builder = WebRtcOptions.builder();
    List<Executable> nonsense =
        List.of(
            () -> builder.portRange(80, 90),
            () -> builder.portRange(2000, 1999),
            () -> builder.portRange(2000, 65_536),
            () -> builder.maxConnections(0),
            () -> builder.maxOffers(-1),
            () -> builder.iceServers(List.of(IceServer.stun("http://stun.example"))));

    nonsense.forEach(attempt -> assertThrows(IllegalArgumentException.class, attempt));
  }
}
