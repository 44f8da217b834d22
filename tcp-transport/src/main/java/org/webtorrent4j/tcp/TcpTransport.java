package org.webtorrent4j.tcp;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.tcp.mse.DhKeyExchange;
import org.webtorrent4j.tcp.mse.MseHandshake;
import org.webtorrent4j.tcp.mse.MseInitiator;
import org.webtorrent4j.tcp.mse.MseResponder;
import org.webtorrent4j.tcp.mse.TorrentKeys;
import org.webtorrent4j.transport.Connection;
import org.webtorrent4j.transport.DialHandler;
import org.webtorrent4j.transport.Dialer;
import org.webtorrent4j.transport.Encryption;
import org.webtorrent4j.transport.Transport;
import org.webtorrent4j.transport.TransportContext;
import org.webtorrent4j.transport.TransportSettings;

/**
 * TCP connections to peers over IPv4 and IPv6, in plaintext or with message stream encryption.
 * Confined to the event loop, but for the keys of the encryption, which a thread of its own
 * computes.
 *
 * <p>A dialed connection is handed over when its encryption is settled, and the BitTorrent
 * handshake follows then: with MSE that is one round trip more than if the handshake went along as
 * initial payload, but it leaves the handshake to its owner, and WebTorrent for Node does the same.
 */
public final class TcpTransport implements Transport, Dialer {
  static final String NAME = "tcp";

  /** Most incoming connections that have not shown yet what they are. */
  private static final int MAX_PENDING = 200;

  /** Tries for a port that is free on all addresses. */
  private static final int PORT_TRIES = 10;

  private static final Logger logger = LoggerFactory.getLogger(TcpTransport.class);

  private final SecureRandom random = new SecureRandom();
  private final TorrentKeys torrentKeys = new TorrentKeys();
  private final ExecutorService crypto = cryptoThread();
  private final List<Listener> listeners = new ArrayList<>();
  private final Set<Incoming> pending = new LinkedHashSet<>();
  private final Set<Dial> dials = new LinkedHashSet<>();
  private @Nullable TransportContext context;
  private @Nullable Sockets sockets;
  private boolean isClosed;

  /** A transport that is not started; made by {@link java.util.ServiceLoader}. */
  public TcpTransport() {}

  private static ExecutorService cryptoThread() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "wt-crypto");
              thread.setDaemon(true);
              return thread;
            },
            // After the end of the transport there is nobody to compute for.
            new ThreadPoolExecutor.DiscardPolicy());
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void start(TransportContext newContext) throws IOException {
    if (context != null) {
      throw new IllegalStateException("the transport was started already");
    }
    assert newContext.loop().inLoop();
    context = newContext;
    sockets = new Sockets(newContext.loop());
    try {
      listen();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private void listen() throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        listenOnAll();
        return;
      } catch (IOException e) {
        boolean mayHelp = settings().port() == 0 && !listeners.isEmpty() && tries < PORT_TRIES;
        closeListeners();
        if (!mayHelp) {
          throw e;
        }
      }
    }
  }

  /** Listens on the same port everywhere; with port 0 on the one that the first address gave. */
  private void listenOnAll() throws IOException {
    List<@Nullable InetAddress> addresses = new ArrayList<>(settings().bindAddresses());
    if (addresses.isEmpty()) {
      addresses.add(null);
    }
    for (InetAddress address : addresses) {
      int port = listeners.isEmpty() ? settings().port() : port();
      listeners.add(Listener.open(loop(), address, port, this::onSocket));
    }
    logger.debug("listening on port {}", port());
  }

  @Override
  public int port() {
    return listeners.isEmpty() ? 0 : listeners.get(0).port();
  }

  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    closeListeners();
    IOException cause = new IOException("the transport was closed");
    List.copyOf(dials).forEach(dial -> dial.abandon(cause));
    List.copyOf(pending).forEach(incoming -> incoming.close("the transport was closed"));
    if (sockets != null) {
      sockets.closeAll();
    }
    crypto.shutdownNow();
  }

  private void closeListeners() {
    listeners.forEach(Listener::close);
    listeners.clear();
  }

  @Override
  public Attempt dial(InetSocketAddress address, InfoHash infoHash, DialHandler handler) {
    return switch (settings().encryption()) {
      case DISABLED -> dial(address, infoHash, Dial.Mode.PLAINTEXT, handler);
      case ALLOWED -> dialWithFallback(address, infoHash, handler);
      case PREFERRED -> dial(address, infoHash, Dial.Mode.MSE_THEN_PLAINTEXT, handler);
      case REQUIRED -> dial(address, infoHash, Dial.Mode.MSE, handler);
    };
  }

  private Attempt dialWithFallback(
      InetSocketAddress address, InfoHash infoHash, DialHandler handler) {
    DialHandler wrapping =
        new DialHandler() {
          @Override
          public void onConnected(Connection wire) {
            handler.onConnected(
                new FallbackConnection(
                    loop(), wire, second -> dial(address, infoHash, Dial.Mode.MSE, second)));
          }

          @Override
          public void onFailed(IOException cause) {
            handler.onFailed(cause);
          }
        };
    return dial(address, infoHash, Dial.Mode.PLAINTEXT, wrapping);
  }

  private Dial dial(
      InetSocketAddress address, InfoHash infoHash, Dial.Mode mode, DialHandler handler) {
    assert loop().inLoop();
    Dial dial = new Dial(this, address, infoHash, mode, handler);
    dials.add(dial);
    if (isClosed) {
      dial.abandon(new IOException("the transport was closed"));
    } else {
      dial.start();
    }
    return dial;
  }

  void onDialOver(Dial dial) {
    dials.remove(dial);
  }

  /** The local address to dial from, null = any. */
  @Nullable InetAddress localAddressFor(InetAddress remote) throws IOException {
    List<InetAddress> addresses = settings().bindAddresses();
    for (InetAddress address : addresses) {
      if (address.getClass() == remote.getClass()) {
        return address;
      }
    }
    if (addresses.isEmpty()) {
      return null;
    }
    throw new IOException("no local address to reach " + remote + " from");
  }

  private void onSocket(SocketChannel channel) {
    try {
      if (!context().acceptsConnections()) {
        channel.close();
        return;
      }
      TcpConnection wire = new TcpConnection(sockets(), channel, true);
      if (settings().encryption() == Encryption.DISABLED) {
        onAccepted(wire);
      } else {
        hold(wire);
      }
    } catch (IOException e) {
      logger.debug("an incoming connection was lost at once", e);
    }
  }

  private void hold(TcpConnection wire) {
    if (pending.size() == MAX_PENDING) {
      // The oldest, so that silent ones cannot keep others out.
      pending.iterator().next().close("too many have not said what they are");
    }
    pending.add(new Incoming(this, wire));
  }

  void onIncomingOver(Incoming incoming) {
    pending.remove(incoming);
  }

  void onAccepted(Connection connection) {
    context().onAccepted(connection);
  }

  /** Begins the encryption of a connection that we opened. */
  MseNegotiation negotiateOutgoing(
      TcpConnection wire, InfoHash infoHash, MseNegotiation.Result result) {
    int provided = mustEncrypt() ? MseHandshake.RC4 : MseHandshake.PLAINTEXT | MseHandshake.RC4;
    return negotiate(
        wire,
        new MseInitiator(new DhKeyExchange(random), infoHash, provided, new byte[0], random),
        result);
  }

  /** Begins the encryption of a connection that came to us. */
  MseNegotiation negotiateIncoming(TcpConnection wire, MseNegotiation.Result result) {
    return negotiate(
        wire,
        new MseResponder(
            new DhKeyExchange(random),
            key -> torrentKeys.find(key, context().infoHashes()),
            mustEncrypt(),
            random),
        result);
  }

  private MseNegotiation negotiate(
      TcpConnection wire, MseHandshake handshake, MseNegotiation.Result result) {
    MseNegotiation negotiation = new MseNegotiation(sockets(), wire, handshake, crypto, result);
    negotiation.start();
    return negotiation;
  }

  private boolean mustEncrypt() {
    return settings().encryption() == Encryption.REQUIRED;
  }

  EventLoop loop() {
    return context().loop();
  }

  TransportSettings settings() {
    return context().settings();
  }

  Sockets sockets() {
    return requireNonNull(sockets);
  }

  private TransportContext context() {
    if (context == null) {
      throw new IllegalStateException("the transport is not started");
    }
    return context;
  }
}
