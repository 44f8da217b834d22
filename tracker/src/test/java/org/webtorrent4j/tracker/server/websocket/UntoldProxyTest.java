package org.webtorrent4j.tracker.server.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.tracker.server.http.Requester;
import org.webtorrent4j.tracker.server.http.TrustedProxies;
import org.webtorrent4j.tracker.server.swarm.SwarmLimits;
import org.webtorrent4j.tracker.server.swarm.SwarmTable;

/** The one warning of the tracker: a proxy that nobody has told it of. */
class UntoldProxyTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final PrintStream stderr = System.err;
  private long nanoTime;
  private final Sockets sockets =
      new Sockets(
          new SocketLimits(HOUR, HOUR, 20, 100, 100, 100, Set.of(), TrustedProxies.of(Set.of())),
          new SwarmTable(
              new SwarmLimits(HOUR, HOUR, 10, 10, 10, 10, 10, 10, 10), () -> 0, new Random(3)),
          () -> nanoTime,
          new ScheduledExecutorScheduler("unused", true),
          Runnable::run);

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stopListening() {
    System.setErr(stderr);
  }

  private void turnAway(String address, boolean isForwarded) throws UnknownHostException {
    sockets.turnedAway(new Requester(InetAddress.getByName(address), true, isForwarded));
  }

  private long warnings() {
    return logged().lines().count();
  }

  private String logged() {
    return log.toString(StandardCharsets.UTF_8);
  }

  @Test
  void untoldProxyIsNamedOnceAnHour() throws UnknownHostException {
    for (int i = 0; i < 100; i++) {
      turnAway("10.1.2.3", true);
    }
    assertEquals(1, warnings());
    assertTrue(logged().contains("WARN"), logged());
    assertTrue(logged().contains("10.1.2.3"), logged());

    nanoTime += HOUR.toNanos();
    turnAway("10.1.2.3", true);
    assertEquals(1, warnings());
    nanoTime += 2;
    turnAway("127.0.0.1", true);
    turnAway("127.0.0.1", true);

    assertEquals(2, warnings());
  }

  @Test
  void clientsThatAreTurnedAwayAreNothingToLog() throws UnknownHostException {
    turnAway("198.51.100.7", true); // anybody can say so from far away
    turnAway("10.1.2.3", false);

    assertEquals(0, warnings());
  }
}
