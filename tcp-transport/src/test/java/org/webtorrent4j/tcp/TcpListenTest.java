package org.webtorrent4j.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.webtorrent4j.transport.Connection;
import org.webtorrent4j.transport.Encryption;
import org.webtorrent4j.transport.Transport;
import org.webtorrent4j.transport.TransportSettings;

@Timeout(60)
class TcpListenTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @Test
  void transportIsFoundByTheServiceLoader() {
    List<Transport> found =
        ServiceLoader.load(Transport.class).stream().map(ServiceLoader.Provider::get).toList();

    assertTrue(found.stream().anyMatch(transport -> transport.name().equals("tcp")));
  }

  @Test
  void takenPortIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
      int port = taken.getLocalPort();

      ExecutionException e =
          assertThrows(ExecutionException.class, () -> start(port, List.of(LOOPBACK)));

      IOException cause = assertInstanceOf(IOException.class, e.getCause());
      assertTrue(String.valueOf(cause.getMessage()).contains(":" + port), cause::toString);
    }
  }

  @Test
  void listensOnAllAddressesByDefault() throws Exception {
    try (TestHost host = start(0, List.of())) {
      int port = host.address().getPort();

      assertAccepts(host, new InetSocketAddress(TestHost.IPV4_LOOPBACK, port));
      if (hasIpv6()) {
        assertAccepts(host, new InetSocketAddress(TestHost.IPV6_LOOPBACK, port));
      }
    }
  }

  @Test
  void listensOnOnePortOfSeveralAddresses() throws Exception {
    assumeTrue(hasIpv6());
    List<InetAddress> bound = List.of(TestHost.IPV4_LOOPBACK, TestHost.IPV6_LOOPBACK);
    try (TestHost host = start(0, bound)) {
      for (InetAddress address : bound) {
        assertAccepts(host, new InetSocketAddress(address, host.address().getPort()));
      }
    }
  }

  @Test
  void portIsFreeAfterTheClose() throws Exception {
    int port;
    try (TestHost host = start(0, List.of(LOOPBACK))) {
      port = host.address().getPort();
      assertAccepts(host, host.address());
    }
    try (TestHost again = start(port, List.of(LOOPBACK))) {
      assertEquals(port, again.address().getPort());
    }
  }

  @Test
  void unwelcomeConnectionIsClosedAtOnce() throws Exception {
    try (TestHost host = TestHost.start(Encryption.ALLOWED)) {
      host.isWelcoming(false);

      assertClosed(connect(host));
      assertEquals(0, host.acceptedCount());
    }
  }

  @Test
  void silentNewcomerIsClosedInTime() throws Exception {
    try (TestHost host = TestHost.start(Encryption.ALLOWED, Duration.ofMillis(50));
        Socket socket = connect(host)) {
      socket.getOutputStream().write(HandshakePeer.HANDSHAKE, 0, 19);

      assertClosed(socket);
    }
  }

  @Test
  void newcomerThatStallsInTheNegotiationIsClosedInTime() throws Exception {
    try (TestHost host = TestHost.start(Encryption.ALLOWED, Duration.ofSeconds(3));
        Socket socket = connect(host)) {
      byte[] key = new byte[96];
      Arrays.fill(key, (byte) 5);
      socket.getOutputStream().write(key);

      assertTrue(socket.getInputStream().readNBytes(96).length == 96, "no key came back");
      assertClosed(socket);
    }
  }

  @Test
  void newcomerThatSpeaksSomethingElseIsClosed() throws Exception {
    try (TestHost host = TestHost.start(Encryption.ALLOWED);
        Socket socket = connect(host)) {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\n".repeat(100).getBytes(StandardCharsets.US_ASCII));

      assertClosed(socket);
    }
  }

  @Test
  void plaintextIsClosedWhereEncryptionIsRequired() throws Exception {
    try (TestHost host = TestHost.start(Encryption.REQUIRED);
        Socket socket = connect(host)) {
      socket.getOutputStream().write(HandshakePeer.HANDSHAKE);

      assertClosed(socket);
    }
  }

  @Test
  void handshakeInPiecesIsDeliveredWhole() throws Exception {
    try (TestHost host = TestHost.start(Encryption.PREFERRED);
        Socket socket = connect(host)) {
      host.onEveryAccepted(HandshakePeer::answer);
      socket.setTcpNoDelay(true);
      for (byte next : HandshakePeer.HANDSHAKE) {
        socket.getOutputStream().write(next);
      }

      byte[] answer = socket.getInputStream().readNBytes(HandshakePeer.HANDSHAKE.length);
      assertEquals(HandshakePeer.HANDSHAKE.length, answer.length);
    }
  }

  @Test
  void silentNewcomersDoNotKeepOthersOut() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try (TestHost host = TestHost.start(Encryption.ALLOWED)) {
      for (int i = 0; i < 201; i++) {
        silent.add(connect(host));
      }

      assertClosed(silent.get(0));
      assertAccepts(host, host.address());
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void closeEndsEveryConnection() throws Exception {
    try (TestHost host = TestHost.start(Encryption.DISABLED);
        Socket accepted = connect(host)) {
      host.accept();

      host.end();

      assertClosed(accepted);
      assertTrue(
          Thread.getAllStackTraces().keySet().stream()
              .noneMatch(thread -> thread.getName().equals("test-DISABLED")));
    }
  }

  private static TestHost start(int port, List<InetAddress> bound) throws Exception {
    return TestHost.start(
        new TransportSettings(port, bound, Encryption.ALLOWED, TestHost.LONG, TestHost.LONG),
        Set.of(TestHost.TORRENT));
  }

  private static Socket connect(TestHost host) throws Exception {
    return connect(host.address());
  }

  private static Socket connect(InetSocketAddress address) throws IOException {
    Socket socket = new Socket(address.getAddress(), address.getPort());
    socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(30));
    return socket;
  }

  private static void assertAccepts(TestHost host, InetSocketAddress address) throws Exception {
    try (Socket socket = connect(address)) {
      socket.getOutputStream().write(HandshakePeer.HANDSHAKE);
      Connection accepted = host.accept();
      assertEquals(socket.getLocalSocketAddress(), accepted.remoteAddress());
      assertTrue(accepted.isIncoming());
    }
  }

  /** Reads until the end, which may be a reset if the other end had not read all. */
  private static void assertClosed(Socket socket) throws IOException {
    try {
      socket.getInputStream().readAllBytes();
    } catch (SocketException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("reset"), e::toString);
    }
  }

  private static boolean hasIpv6() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .anyMatch(address -> address instanceof Inet6Address && address.isLoopbackAddress());
  }
}
