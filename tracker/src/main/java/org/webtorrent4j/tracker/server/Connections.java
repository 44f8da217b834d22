package org.webtorrent4j.tracker.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.tracker.server.http.TrustedProxies;
import org.webtorrent4j.tracker.server.swarm.Held;
import org.webtorrent4j.tracker.server.swarm.Shares;

/**
 * The HTTP connections, of which each address may have some, and each must soon make a request: the
 * web server itself lets a head take for ever as long as bytes drip in. One that becomes a
 * WebSocket is no longer among them. Thread-safe by a lock.
 */
final class Connections implements Connection.Listener {
  /** As long may pass before a request is whole, and as long after it before the next one is. */
  static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** With heads of 32 KiB that never end, these cost less than 100 MB. */
  static final int MAX = 2048;

  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  private static final class Visit extends Held<Visit> {
    final Connection connection;
    long since;

    Visit(Connection connection, long since) {
      this.connection = connection;
      this.since = since;
    }
  }

  private final int maxPerAddress;
  private final TrustedProxies proxies;
  private final LongSupplier nanoClock;
  private final Object lock = new Object();
  private final Map<Connection, Visit> visits = new HashMap<>();

  /** Without those of proxies, which speak for many. */
  private final Shares<Visit> shares = new Shares<>();

  Connections(int maxPerAddress, TrustedProxies proxies, LongSupplier nanoClock) {
    this.maxPerAddress = maxPerAddress;
    this.proxies = proxies;
    this.nanoClock = nanoClock;
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection.getEndPoint().getRemoteSocketAddress() instanceof InetSocketAddress remote) {
      addOrClose(connection, remote.getAddress());
    } else {
      connection.close(); // it has gone
    }
  }

  private void addOrClose(Connection connection, InetAddress address) {
    Connection tooMany = null;
    synchronized (lock) {
      boolean isProxy = proxies.contains(address);
      boolean hasRoom = isProxy || shares.of(address) < maxPerAddress;
      if (hasRoom && visits.size() >= MAX) {
        Optional<Visit> oldest = shares.oldestOfLargest();
        hasRoom = oldest.isPresent();
        if (hasRoom) {
          tooMany = oldest.get().connection;
          remove(tooMany);
        }
      }
      if (hasRoom) {
        Visit visit = new Visit(connection, nanoClock.getAsLong());
        visits.put(connection, visit);
        if (!isProxy) {
          shares.add(address, visit);
        }
      } else {
        tooMany = connection;
      }
    }
    if (tooMany != null) {
      LOG.debug("{}: too many connections", address);
      tooMany.close();
    }
  }

  @Override
  public void onClosed(Connection connection) {
    synchronized (lock) {
      remove(connection);
    }
  }

  private void remove(Connection connection) {
    Visit visit = visits.remove(connection);
    if (visit != null) {
      shares.remove(visit);
    }
  }

  /** Passes all requests on, and notes that their connections have made one. */
  Handler handler() {
    return new Handler.Abstract.NonBlocking() {
      @Override
      public boolean handle(Request request, Response response, Callback callback) {
        requested(request.getConnectionMetaData().getConnection());
        return false;
      }
    };
  }

  /** Notes that a connection has made a request. */
  void requested(Connection connection) {
    synchronized (lock) {
      Visit visit = visits.get(connection);
      if (visit != null) {
        visit.since = nanoClock.getAsLong();
      }
    }
  }

  /** Closes those that have made no request for too long. */
  void closeSilent() {
    long now = nanoClock.getAsLong();
    List<Connection> silent = new ArrayList<>();
    synchronized (lock) {
      for (Visit visit : visits.values()) {
        if (now - visit.since > PATIENCE_NANOS) {
          silent.add(visit.connection);
        }
      }
    }
    // Not the connection, which would answer an unfinished head with an error of the server.
    silent.forEach(connection -> connection.getEndPoint().close());
  }

  /** How many there are. */
  int size() {
    synchronized (lock) {
      return visits.size();
    }
  }
}
