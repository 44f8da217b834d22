package org.webtorrent4j.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.webtorrent4j.transport.Connection;
import org.webtorrent4j.transport.Encryption;

/** What becomes of a BitTorrent handshake between any two policies. */
@Timeout(60)
class EncryptionPolicyTest {
  @ParameterizedTest(name = "{0} dials {1}: {2}")
  @CsvSource({
    "DISABLED,  DISABLED,  plaintext",
    "DISABLED,  ALLOWED,   plaintext",
    "DISABLED,  PREFERRED, plaintext",
    "DISABLED,  REQUIRED,  fails",
    "ALLOWED,   DISABLED,  plaintext",
    "ALLOWED,   ALLOWED,   plaintext",
    "ALLOWED,   PREFERRED, plaintext",
    "ALLOWED,   REQUIRED,  encrypted",
    "PREFERRED, DISABLED,  plaintext",
    "PREFERRED, ALLOWED,   plaintext",
    "PREFERRED, PREFERRED, plaintext",
    "PREFERRED, REQUIRED,  encrypted",
    "REQUIRED,  DISABLED,  fails",
    "REQUIRED,  ALLOWED,   encrypted",
    "REQUIRED,  PREFERRED, encrypted",
    "REQUIRED,  REQUIRED,  encrypted",
  })
  void handshakesPass(Encryption dialing, Encryption accepting, String expected) throws Exception {
    try (TestHost dialer = TestHost.start(dialing);
        TestHost acceptor = TestHost.start(accepting)) {
      acceptor.onEveryAccepted(HandshakePeer::answer);

      String outcome = exchange(dialer, acceptor);

      assertEquals(expected, outcome);
    }
  }

  private static String exchange(TestHost dialer, TestHost acceptor) throws Exception {
    try {
      Connection dialed = dialer.dial(acceptor.address()).get(30, TimeUnit.SECONDS);
      CompletableFuture<Connection> done = dialer.call(() -> HandshakePeer.ask(dialed));
      return done.get(30, TimeUnit.SECONDS).isEncrypted() ? "encrypted" : "plaintext";
    } catch (ExecutionException e) {
      return "fails";
    }
  }
}
