package org.webtorrent4j.swarm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
  private @Nullable Dialer dialer;
  private int halfOpen;
  private int turn;
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

  /** Dials what is due, at the end of this turn. */
  void soon() {
    if (!isDue) {
      isDue = true;
      session.loop().atTurnEnd(this::dialDue);
    }
  }

  private void dialDue() {
    isDue = false;
    if (dialer == null) {
      return;
    }
    long nanoTime = session.nanoTime();
    List<Swarm> hungry = new ArrayList<>();
    for (Swarm swarm : session.online()) {
      if (swarm.connections().addresses().isDue(nanoTime)) {
        hungry.add(swarm);
      }
    }
    turn++;
    boolean isDialling = true;
    while (isDialling) {
      isDialling = false;
      for (int i = 0; i < hungry.size() && hasRoom(); i++) {
        Swarm swarm = hungry.get((turn + i) % hungry.size());
        PeerAddress address = swarm.connections().nextAddress(nanoTime);
        if (address != null) {
          dial(dialer, swarm, address);
          isDialling = true;
        }
      }
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
            soon();
          }
        });
  }
}
