package org.webtorrent4j.swarm;

import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.transport.Connection;
import org.webtorrent4j.transport.DialHandler;
import org.webtorrent4j.transport.Dialer;
import org.webtorrent4j.transport.Transport;

/**
 * Opens connections to addresses, a limited number at a time; torrents take turns. Confined to the
 * event loop.
 */
final class Dialling {
  private static final Logger LOG = LoggerFactory.getLogger(Dialling.class);

  private final Session session;

  /** Those that may have an address to try now, in the order of their turns. */
  private final Set<Swarm> turns = new LinkedHashSet<>();

  /** Those with addresses of which none is due yet: nobody looks at them until one is. */
  private final Map<Swarm, EventLoop.Timer> later = new HashMap<>();

  private @Nullable Dialer dialer;
  private int halfOpen;
  private boolean isDue;

  Dialling(Session session) {
    this.session = session;
  }

  /** Dials with the first of these that can. */
  void use(List<Transport> transports) {
    for (Transport transport : transports) {
      if (dialer == null && transport instanceof Dialer first) {
        dialer = first;
      }
    }
  }

  /** How many connections are in the making. */
  int halfOpen() {
    return halfOpen;
  }

  /** The torrent may have an address to try, or room to try one: dials at the end of this turn. */
  void soon(Swarm swarm) {
    turns.add(swarm);
    soon();
  }

  /** There may be room for more connections. */
  void soon() {
    if (!isDue && !turns.isEmpty()) {
      isDue = true;
      session.loop().atTurnEnd(this::dialDue);
    }
  }

  /** The torrent has no use for connections now. */
  void forget(Swarm swarm) {
    turns.remove(swarm);
    cancel(later.remove(swarm));
  }

  private static void cancel(EventLoop.@Nullable Timer timer) {
    if (timer != null) {
      timer.cancel();
    }
  }

  private void dialDue() {
    isDue = false;
    long nanoTime = session.nanoTime();
    while (hasRoom() && !turns.isEmpty()) {
      Iterator<Swarm> first = turns.iterator();
      Swarm swarm = first.next();
      first.remove();
      PeerAddress address = swarm.isOnline() ? swarm.connections().nextAddress(nanoTime) : null;
      if (dialer != null && address != null) {
        dial(dialer, swarm, address);
        turns.add(swarm);
      } else {
        waitForNext(swarm, nanoTime);
      }
    }
  }

  private void waitForNext(Swarm swarm, long nanoTime) {
    cancel(later.remove(swarm));
    long wait = swarm.connections().addresses().nanosToNext(nanoTime);
    if (swarm.isOnline() && swarm.connections().hasRoom() && wait != Long.MAX_VALUE) {
      later.put(
          swarm,
          session
              .loop()
              .schedule(
                  wait,
                  () -> {
                    later.remove(swarm);
                    soon(swarm);
                  }));
    }
  }

  private boolean hasRoom() {
    return halfOpen < session.limits().maxHalfOpen() && session.room() > 0;
  }

  private void dial(Dialer with, Swarm swarm, PeerAddress address) {
    halfOpen++;
    with.dial(
        address.address,
        swarm.infoHash(),
        new DialHandler() {
          @Override
          public void onConnected(Connection connection) {
            end();
            if (swarm.isOnline()) {
              session.shakeHands(connection, swarm, address);
            } else {
              connection.close();
              swarm.connections().addresses().onFailed(address, session.nanoTime());
            }
          }

          @Override
          public void onFailed(IOException cause) {
            LOG.debug("{} not reached: {}", address, cause.getMessage());
            end();
            swarm.connections().addresses().onFailed(address, session.nanoTime());
          }

          private void end() {
            halfOpen--;
            swarm.connections().onDialled();
            soon(swarm);
          }
        });
  }
}
