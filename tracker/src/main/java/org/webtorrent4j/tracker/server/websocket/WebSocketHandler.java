package org.webtorrent4j.tracker.server.websocket;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.tracker.server.http.Requester;
import org.webtorrent4j.tracker.server.swarm.RequestCounter;
import org.webtorrent4j.tracker.server.swarm.SwarmTable;

/**
 * Takes requests that ask for a WebSocket, whatever their path, and leaves all others alone. Sits
 * on Jetty's core API: the one above it calls by reflection, for which classes would have to be
 * exported. Thread-safe.
 */
public final class WebSocketHandler extends Handler.Abstract.NonBlocking {
  private final SocketLimits limits;
  private final Sockets sockets;
  private final WebSocketMappings upgrades;

  /**
   * A handler for this server, which has not started yet.
   *
   * @param nanoClock tells the time; called from several threads
   */
  public WebSocketHandler(
      Server server, SocketLimits limits, SwarmTable swarms, LongSupplier nanoClock) {
    this.limits = limits;
    this.sockets =
        new Sockets(limits, swarms, nanoClock, server.getScheduler(), server.getThreadPool());
    WebSocketComponents components = WebSocketServerComponents.ensureWebSocketComponents(server);
    this.upgrades = new WebSocketMappings(components);
  }

  /** What it was asked for. */
  public RequestCounter requests() {
    return sockets.signalling().requests();
  }

  /** How many offers were relayed. */
  public long relayedOffers() {
    return sockets.signalling().relayedOffers();
  }

  /** How many answers were relayed. */
  public long relayedAnswers() {
    return sockets.signalling().relayedAnswers();
  }

  /** How many sockets are open. */
  public int sockets() {
    return sockets.size();
  }

  /** Closes silent sockets, pings the others and forgets old offers; for every ten seconds. */
  public void tick() {
    sockets.tick();
  }

  /** Says goodbye to all sockets. */
  public void closeAll() {
    sockets.all().forEach(socket -> socket.close(CloseStatus.SHUTDOWN, "the tracker is closing"));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String upgrade = request.getHeaders().get(HttpHeader.UPGRADE);
    if (upgrade == null || !upgrade.equalsIgnoreCase("websocket")) {
      return false;
    }
    Requester requester = Requester.of(request, limits.proxies());
    InetAddress address = requester.address();
    if (!isAllowed(request.getHeaders().get(HttpHeader.ORIGIN))) {
      refuse(HttpStatus.FORBIDDEN_403, request, response, callback);
    } else if (!sockets.hasRoomFor(address)) {
      sockets.turnedAway(requester);
      refuse(HttpStatus.SERVICE_UNAVAILABLE_503, request, response, callback);
    } else if (!upgrade(request, response, callback, address)) {
      refuse(HttpStatus.BAD_REQUEST_400, request, response, callback);
    }
    return true;
  }

  /** Only browsers say which page wants to connect; whoever else does could as well lie. */
  private boolean isAllowed(@Nullable String origin) {
    return limits.origins().isEmpty() || origin == null || limits.origins().contains(origin);
  }

  private void refuse(int status, Request request, Response response, Callback callback) {
    requests().refused();
    Response.writeError(request, response, callback, status);
  }

  private boolean upgrade(
      Request request, Response response, Callback callback, InetAddress address) {
    SignalSocket socket = new SignalSocket(sockets, endpoint(request, address));
    WebSocketNegotiator negotiator =
        (asked, answered, done) -> {
          answered.setExtensions(List.of()); // compression would cost memory for every socket
          return socket;
        };
    return upgrades.upgrade(negotiator, request, response, callback, this::configure);
  }

  private static InetSocketAddress endpoint(Request request, InetAddress address) {
    return new InetSocketAddress(address, Request.getRemotePort(request));
  }

  private void configure(Configuration socket) {
    socket.setIdleTimeout(limits.silence());
    socket.setMaxFrameSize(MessageBytes.MAX);
    socket.setMaxTextMessageSize(MessageBytes.MAX);
    socket.setMaxBinaryMessageSize(MessageBytes.MAX);
  }
}
