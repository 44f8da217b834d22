package org.webtorrent4j.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.transport.Connection;
import org.webtorrent4j.transport.DialHandler;
import org.webtorrent4j.transport.Dialer;
import org.webtorrent4j.transport.Encryption;

@Timeout(60)
class TcpDialTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final List<TestHost> hosts = new ArrayList<>();

  @AfterEach
  void closeHosts() {
    hosts.forEach(TestHost::close);
  }

  private TestHost start(Encryption encryption, Duration handshakeTimeout) throws Exception {
    TestHost host = TestHost.start(encryption, handshakeTimeout);
    hosts.add(host);
    return host;
  }

  @Test
  void refusedConnectionIsToldAndNotTriedAgain() throws Exception {
    TestHost host = start(Encryption.PREFERRED, TestHost.LONG);

    assertInstanceOf(ConnectException.class, failure(host.dial(closedPort())));
  }

  @Test
  void unresolvedAddressFails() throws Exception {
    TestHost host = start(Encryption.DISABLED, TestHost.LONG);

    failure(host.dial(InetSocketAddress.createUnresolved("peer.invalid", 6881)));
  }

  @Test
  void portZeroFails() throws Exception {
    TestHost host = start(Encryption.DISABLED, TestHost.LONG);

    failure(host.dial(new InetSocketAddress(LOOPBACK, 0)));
  }

  @Test
  void addressOfAFamilyThatWeAreNotBoundToFails() throws Exception {
    TestHost host = start(Encryption.DISABLED, TestHost.LONG);

    IOException cause = failure(host.dial(new InetSocketAddress(TestHost.IPV6_LOOPBACK, 6881)));

    assertTrue(String.valueOf(cause.getMessage()).contains("no local address"), cause::toString);
  }

  @Test
  void dialComesFromTheBoundAddress() throws Exception {
    InetAddress local = TestHost.address(127, 0, 0, 1);
    try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
      TestHost host = start(Encryption.DISABLED, TestHost.LONG);

      host.dial(addressOf(server)).get(30, TimeUnit.SECONDS);

      try (Socket socket = server.accept()) {
        assertEquals(local, socket.getInetAddress());
      }
    }
  }

  @Test
  void silentPeerFailsTheNegotiationInTime() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
      TestHost host = start(Encryption.REQUIRED, Duration.ofMillis(50));

      IOException cause = failure(host.dial(addressOf(server)));

      assertInstanceOf(SocketTimeoutException.class, cause);
    }
  }

  @Test
  void silentPeerIsDialedInPlaintextThen() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 2, LOOPBACK)) {
      TestHost host = start(Encryption.PREFERRED, Duration.ofMillis(50));

      Connection connection = host.dial(addressOf(server)).get(30, TimeUnit.SECONDS);

      assertFalse(connection.isEncrypted());
      assertEquals(addressOf(server), connection.remoteAddress());
    }
  }

  @Test
  void unknownTorrentFailsTheNegotiation() throws Exception {
    TestHost host = start(Encryption.REQUIRED, TestHost.LONG);

    failure(host.dial(host.address(), InfoHash.of(new byte[20])));

    assertEquals(0, host.acceptedCount());
  }

  @Test
  void cancelledDialIsNotHeardOfAgain() throws Exception {
    TestHost host = start(Encryption.REQUIRED, TestHost.LONG);
    InetSocketAddress address = host.address();
    DialHandler unwanted =
        new DialHandler() {
          @Override
          public void onConnected(Connection connection) {
            throw new AssertionError("was cancelled");
          }

          @Override
          public void onFailed(IOException cause) {
            throw new AssertionError("was cancelled");
          }
        };

    Dialer.Attempt cancelledLater =
        host.call(
            () -> {
              host.transport().dial(address, TestHost.TORRENT, unwanted).cancel();
              host.transport().dial(closedPort(), TestHost.TORRENT, unwanted).cancel();
              return host.transport().dial(address, TestHost.TORRENT, unwanted);
            });
    host.call(
        () -> {
          cancelledLater.cancel();
          cancelledLater.cancel();
          return null;
        });

    // A dial of later is through only when what the cancelled ones left behind is, too.
    host.dial(address).get(30, TimeUnit.SECONDS);
    host.call(() -> null);
  }

  @Test
  void closeOfTheTransportFailsWhatIsBeingDialed() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
      TestHost host = start(Encryption.REQUIRED, TestHost.LONG);
      CompletableFuture<Connection> dial = host.dial(addressOf(server));

      host.call(
          () -> {
            host.transport().close();
            host.transport().close();
            return null;
          });

      failure(dial);
      failure(host.dial(addressOf(server)));
    }
  }

  private static InetSocketAddress addressOf(ServerSocket server) {
    return new InetSocketAddress(LOOPBACK, server.getLocalPort());
  }

  private static InetSocketAddress closedPort() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
      return addressOf(server);
    }
  }

  private static IOException failure(CompletableFuture<Connection> dial) {
    ExecutionException e =
        assertThrows(ExecutionException.class, () -> dial.get(30, TimeUnit.SECONDS));
    return assertInstanceOf(IOException.class, e.getCause());
  }
}
