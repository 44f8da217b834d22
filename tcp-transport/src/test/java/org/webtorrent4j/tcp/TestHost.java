package org.webtorrent4j.tcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.loop.SelectorLoop;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.transport.Connection;
import org.webtorrent4j.transport.DialHandler;
import org.webtorrent4j.transport.Encryption;
import org.webtorrent4j.transport.TransportContext;
import org.webtorrent4j.transport.TransportSettings;

/** A loop with one TCP transport on the loopback address, for tests that ask from outside. */
final class TestHost implements TransportContext, AutoCloseable {
  static final InfoHash TORRENT = InfoHash.ofHex("08ada5a7a6183aae1e09d831df6748d566095a10");
  static final InetAddress IPV4_LOOPBACK = address(127, 0, 0, 1);
  static final InetAddress IPV6_LOOPBACK = address(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
  static final Duration LONG = Duration.ofSeconds(40);

  private final SelectorLoop loop;
  private final TcpTransport transport = new TcpTransport();
  private final TransportSettings settings;
  private final Set<InfoHash> infoHashes;
  private final LinkedBlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
  private volatile boolean isWelcoming = true;
  private volatile Consumer<Connection> onEveryAccepted = accepted::add;

  private TestHost(TransportSettings settings, Set<InfoHash> infoHashes) throws IOException {
    this.settings = settings;
    this.infoHashes = infoHashes;
    this.loop = SelectorLoop.open("test-" + settings.encryption());
  }

  static TestHost start(Encryption encryption) throws Exception {
    return start(encryption, LONG);
  }

  static TestHost start(Encryption encryption, Duration handshakeTimeout) throws Exception {
    return start(
        new TransportSettings(
            0, List.of(InetAddress.getLoopbackAddress()), encryption, LONG, handshakeTimeout),
        Set.of(TORRENT));
  }

  static TestHost start(TransportSettings settings, Set<InfoHash> infoHashes) throws Exception {
    TestHost host = new TestHost(settings, infoHashes);
    try {
      host.call(
          () -> {
            host.transport.start(host);
            return null;
          });
    } catch (Exception e) {
      host.loop.close();
      throw e;
    }
    return host;
  }

  TcpTransport transport() {
    return transport;
  }

  void isWelcoming(boolean welcoming) {
    isWelcoming = welcoming;
  }

  /** What to do, on the loop, with those who come, instead of keeping them for the test. */
  void onEveryAccepted(Consumer<Connection> action) {
    onEveryAccepted = action;
  }

  InetSocketAddress address() throws Exception {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), call(transport::port));
  }

  CompletableFuture<Connection> dial(InetSocketAddress address) throws Exception {
    return dial(address, TORRENT);
  }

  CompletableFuture<Connection> dial(InetSocketAddress address, InfoHash infoHash)
      throws Exception {
    CompletableFuture<Connection> result = new CompletableFuture<>();
    DialHandler handler =
        new DialHandler() {
          @Override
          public void onConnected(Connection connection) {
            if (!result.complete(connection)) {
              throw new IllegalStateException("a second end of a dial");
            }
          }

          @Override
          public void onFailed(IOException cause) {
            if (!result.completeExceptionally(cause)) {
              throw new IllegalStateException("a second end of a dial");
            }
          }
        };
    call(
        () -> {
          transport.dial(address, infoHash, handler);
          if (result.isDone()) {
            throw new IllegalStateException("the handler was called inside of dial");
          }
          return null;
        });
    return result;
  }

  /** Waits for the next who came to us. */
  Connection accept() throws Exception {
    Connection next = accepted.poll(30, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nobody came");
    }
    return next;
  }

  int acceptedCount() {
    return accepted.size();
  }

  <T extends @Nullable Object> T call(Callable<T> task) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            result.complete(task.call());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        });
    return result.get(30, TimeUnit.SECONDS);
  }

  @Override
  public EventLoop loop() {
    return loop;
  }

  @Override
  public TransportSettings settings() {
    return settings;
  }

  @Override
  public Collection<InfoHash> infoHashes() {
    return infoHashes;
  }

  @Override
  public boolean acceptsConnections() {
    return isWelcoming;
  }

  @Override
  public boolean acceptsPeer(InfoHash infoHash, PeerId peerId) {
    return acceptsConnections();
  }

  @Override
  public void onConnected(Connection connection, InfoHash infoHash) {
    throw new AssertionError("TCP does not introduce peers");
  }

  @Override
  public void onAccepted(Connection connection) {
    onEveryAccepted.accept(connection);
  }

  @Override
  public void close() {
    end();
  }

  /** Closes the transport and its loop; idempotent. */
  void end() {
    loop.execute(transport::close);
    loop.close();
  }

  /** The address of these 4 or 16 bytes. */
  static InetAddress address(int... bytes) {
    byte[] raw = new byte[bytes.length];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = (byte) bytes[i];
    }
    try {
      return InetAddress.getByAddress(raw);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
