package org.webtorrent4j.webrtc.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.KeyStore;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.webtorrent4j.tracker.net.Network;

/** Servers that are no WebSocket trackers, break the rules or must not be talked to. */
@Timeout(120)
class WebSocketRefusalTest extends SocketFixture {
  private void connectTo(ScriptedServer.Script script) throws IOException {
    ScriptedServer server = ScriptedServer.start(script);
    open.add(server);
    connect(server.uri("/announce"));
  }

  @Test
  void requestIsWhatTheStandardWants() throws Exception {
    BlockingQueue<List<String>> requests = new LinkedBlockingQueue<>();
    ScriptedServer server = ScriptedServer.start(peer -> requests.add(peer.readRequest()));
    open.add(server);

    connect(server.uri("/announce?key=a%20b"));

    List<String> request = Objects.requireNonNull(requests.poll(20, TimeUnit.SECONDS));
    assertEquals("GET /announce?key=a%20b HTTP/1.1", request.get(0));
    assertEquals("127.0.0.1:" + server.port(), ScriptedServer.Peer.header(request, "host"));
    assertEquals("13", ScriptedServer.Peer.header(request, "sec-websocket-version"));
    assertEquals("websocket", ScriptedServer.Peer.header(request, "upgrade"));
    assertEquals(24, ScriptedServer.Peer.header(request, "sec-websocket-key").length());
    assertEquals("the tracker closed the connection", failure());
  }

  /** The example of RFC 6455 1.3. */
  @Test
  void acceptKeyIsThatOfTheStandard() {
    assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", Upgrade.accept("dGhlIHNhbXBsZSBub25jZQ=="));
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1 200 OK, the tracker answered HTTP 200; no WebSocket",
    "HTTP/1.1 404 Not Found, the tracker answered HTTP 404; no WebSocket",
    "HTTP/1.1 302 Found, the tracker answered HTTP 302; no WebSocket",
    "HTTP/1.1 abc, the tracker answered HTTP nonsense; no WebSocket",
    "SSH-2.0-OpenSSH, the tracker does not speak HTTP",
    "HTTP/1.1 101 Switching Protocols, the tracker does not speak WebSocket",
  })
  void otherAnswersAreRefused(String status, String failure) throws Exception {
    connectTo(
        peer -> {
          peer.readRequest();
          peer.raw(status + "\r\nLocation: ws://127.0.0.1:1/announce\r\n\r\n");
          peer.awaitEnd();
        });

    assertEquals(failure.replace(';', ','), failure());
    assertFalse(events.isOpen);
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-WebSocket-Accept: d3Jvbmc=, the tracker does not speak WebSocket",
    "Sec-WebSocket-Extensions: permessage-deflate, the tracker wants an extension",
    "Sec-WebSocket-Protocol: chat, the tracker wants an extension",
  })
  void upgradeIsChecked(String header, String failure) throws Exception {
    connectTo(
        peer -> {
          String key = ScriptedServer.Peer.header(peer.readRequest(), "sec-websocket-key");
          peer.raw(
              "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  + header
                  + "\r\nSec-WebSocket-Accept: "
                  + Upgrade.accept(key)
                  + "\r\n\r\n");
          peer.awaitEnd();
        });

    assertTrue(failure().startsWith(failure), failure());
  }

  @Test
  void endlessHeadersAreCut() throws Exception {
    connectTo(
        peer -> {
          peer.readRequest();
          peer.raw("HTTP/1.1 101 Switching Protocols\r\n");
          while (true) {
            peer.raw("X: " + "y".repeat(1000) + "\r\n");
          }
        });

    assertEquals("headers of more than 16384 bytes", failure());
  }

  @Test
  void silentServerIsLeftAtOnce() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    connectTo(
        peer -> {
          peer.readRequest();
          asked.countDown();
          new CountDownLatch(1).await();
        });
    assertTrue(asked.await(20, TimeUnit.SECONDS));

    Objects.requireNonNull(socket).close();

    assertTrue(sockets.awaitClosed(TimeUnit.SECONDS.toNanos(20)));
  }

  @Test
  void nobodyListens() throws Exception {
    URI uri;
    try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      uri = URI.create("ws://127.0.0.1:" + once.getLocalPort());
    }

    connect(uri);

    assertTrue(failure().startsWith("Connection refused"), failure());
  }

  @ParameterizedTest
  @CsvSource({
    "c1 00, 1002, a frame of an extension that was not agreed on",
    "81 80 00 00 00 00, 1002, a masked frame from a server",
    "83 00, 1002, a frame with the reserved opcode 3",
    "8b 00, 1002, a frame with the reserved opcode 11",
    "80 00, 1002, the continuation of no message",
    "01 00 81 00, 1002, a message inside of another",
    "09 00, 1002, a control frame in parts or of 0 bytes",
    "89 7e 00 7e, 1002, a control frame in parts or of 126 bytes",
    "81 7f 00 00 00 00 00 04 00 01, 1009, a message of more than 262144 bytes",
    "81 7f 7f ff ff ff ff ff ff ff, 1009, a message of more than 262144 bytes",
    "81 7f ff ff ff ff ff ff ff ff, 1002, a frame of a negative length",
    "81 03 61 ff 62, 1007, text that is not UTF-8",
    "81 02 c0 80, 1007, text that is not UTF-8",
    "81 03 ed a0 80, 1007, text that is not UTF-8",
    "81 02 e2 82, 1007, text that is not UTF-8",
    "01 01 e2 80 01 82, 1007, text that is not UTF-8",
    "88 01 03, 1002, a goodbye with the code 0",
    "88 02 03 ed, 1002, a goodbye with the code 1005",
    "88 02 07 d0, 1002, a goodbye with the code 2000",
    "88 03 03 e8 ff, 1007, text that is not UTF-8",
    "88 00, 1000, the tracker closed the connection",
    "88 02 03 e9, 1001, the tracker closed the connection (1001)",
    "88 04 0f a0 68 69, 4000, the tracker closed the connection (4000 hi)",
  })
  void trackerIsToldWithTheCodeOfTheStandardWhyItsSocketEnds(String hex, int code, String failure)
      throws Exception {
    BlockingQueue<Integer> codes = new LinkedBlockingQueue<>();
    connected(
        peer -> {
          for (String octet : hex.split(" ", -1)) {
            peer.out.write(Integer.parseInt(octet, 16));
          }
          ScriptedServer.Frame goodbye = peer.readFrame();
          assertEquals(Opcode.CLOSE, goodbye.opcode());
          codes.add((goodbye.payload()[0] & 0xff) << 8 | (goodbye.payload()[1] & 0xff));
          peer.awaitEnd();
        });

    assertEquals(failure, failure());
    assertEquals(code, codes.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void messageInPartsMayNotGrowWithoutEnd() throws Exception {
    connected(
        peer -> {
          peer.frame(Opcode.TEXT, false, new byte[1000]);
          while (true) {
            peer.frame(Opcode.CONTINUATION, false, new byte[1000]);
          }
        });

    assertEquals("a message of more than 262144 bytes", failure());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/admin", "/?restart=1", "/x/announce/x"})
  void servicesOfThisHostAreLeftAlone(String path) throws Exception {
    CountDownLatch touched = new CountDownLatch(1);
    ScriptedServer server = ScriptedServer.start(peer -> touched.countDown());
    open.add(server);

    connect(server.uri(path));

    assertEquals("a tracker on this host that a torrent names has the path /announce", failure());
    assertEquals(1, touched.getCount());
  }

  @Test
  void certificatesAreChecked() throws Exception {
    SSLContext context = contextOfOurCertificate();
    ServerSocket listener =
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    ScriptedServer server =
        ScriptedServer.start(
            listener,
            peer -> {
              peer.upgrade();
              peer.text("hello");
              peer.awaitEnd();
            });
    open.add(server);

    assertTrue(outcome(server, "localhost", null).contains("unable to find valid certification"));
    assertTrue(outcome(server, "other.example", context).contains("other.example"));
    assertEquals("[hello]", outcome(server, "localhost", context));
  }

  private String outcome(
      ScriptedServer server, String host, @org.jspecify.annotations.Nullable SSLContext trusted)
      throws Exception {
    SSLSocketFactory tls = trusted == null ? Network.SYSTEM.tls() : trusted.getSocketFactory();
    WebSockets secure = new WebSockets(loop, new LoopbackNetwork(tls));
    Recorder recorder = new Recorder();
    URI uri = URI.create("wss://" + host + ":" + server.port() + "/announce");
    WebSocket opened = secure.open(uri, recorder);
    await(() -> recorder.cause != null || !recorder.messages.isEmpty());
    opened.close();
    assertTrue(secure.awaitClosed(TimeUnit.SECONDS.toNanos(20)));
    return recorder.cause == null
        ? recorder.messages.toString()
        : String.valueOf(recorder.cause.getMessage());
  }

  private SSLContext contextOfOurCertificate() throws Exception {
    char[] password = "changeit".toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    String resource = "/org/webtorrent4j/tracker/http/localhost.p12"; // of the tests of core
    try (InputStream in = getClass().getResourceAsStream(resource)) {
      store.load(Objects.requireNonNull(in), password);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, password);
    trusted.setCertificateEntry("tracker", store.getCertificate("tracker"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  /** Finds every host on loopback. */
  private record LoopbackNetwork(SSLSocketFactory tls) implements Network {
    @Override
    public InetAddress[] resolve(String host) {
      return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }

    @Override
    public void connect(Socket socket, InetSocketAddress address, int timeoutMillis)
        throws IOException {
      socket.connect(address, timeoutMillis);
    }
  }
}
