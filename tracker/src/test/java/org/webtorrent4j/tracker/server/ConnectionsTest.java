package org.webtorrent4j.tracker.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.tracker.server.http.TrustedProxies;

/** How long connections are waited for, without sockets. */
class ConnectionsTest {
  private long nanoTime;
  private final Connections connections =
      new Connections(2, TrustedProxies.of(Set.of()), () -> nanoTime);

  /** A connection of the web server whose other end is here. */
  private final class Visitor extends AbstractConnection {
    Visitor() {
      super(
          new ByteArrayEndPoint() {
            @Override
            public SocketAddress getRemoteSocketAddress() {
              return new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);
            }
          },
          Runnable::run);
      addEventListener(connections);
      onOpen();
    }

    boolean isOpen() {
      return getEndPoint().isOpen();
    }

    @Override
    public void onFillable() {
      // nothing is read here
    }
  }

  private void advance(long seconds) {
    nanoTime += TimeUnit.SECONDS.toNanos(seconds);
    connections.closeSilent();
  }

  @Test
  void requestMustBeWholeAfterTenSecondsHoweverItDrips() {
    Visitor visitor = new Visitor();

    advance(10);
    assertTrue(visitor.isOpen());
    nanoTime++;
    connections.closeSilent();

    assertFalse(visitor.isOpen());
  }

  @Test
  void eachRequestGivesTenSecondsMore() {
    Visitor visitor = new Visitor();
    for (int i = 0; i < 5; i++) {
      advance(10);
      connections.requested(visitor);
    }
    assertTrue(visitor.isOpen());

    advance(11);

    assertFalse(visitor.isOpen());
  }

  @Test
  void whatIsClosedOrBecomesAWebSocketIsNotCounted() {
    Visitor upgraded = new Visitor();
    connections.onClosed(upgraded);
    new Visitor();
    Visitor second = new Visitor();
    Visitor third = new Visitor();

    assertEquals(2, connections.size());
    assertTrue(second.isOpen());
    assertFalse(third.isOpen());
    advance(11);
    assertTrue(upgraded.isOpen());
  }
}
