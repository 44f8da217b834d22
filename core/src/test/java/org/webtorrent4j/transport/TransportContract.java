package org.webtorrent4j.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.webtorrent4j.loop.EventLoop;

/**
 * What every transport promises about its connections. A subclass opens pairs of them on running
 * loops, and cleans up after each test.
 */
@SuppressWarnings("exports") // of JUnit's annotations, which are there wherever tests run
@Timeout(120)
public abstract class TransportContract {
  private static final int MEGABYTE = 1024 * 1024;

  private ContractPeer dialer;
  private ContractPeer acceptor;

  /** For subclasses. */
  protected TransportContract() {}

  /**
   * Both ends of an open connection, not started and without a byte on the way.
   *
   * @param dialerLoop the loop of the end that dialed
   * @param dialer the end that dialed
   * @param acceptorLoop the loop of the other end, which may be the same
   * @param acceptor the other end
   */
  public record Pair(
      EventLoop dialerLoop, Connection dialer, EventLoop acceptorLoop, Connection acceptor) {}

  /** Opens a connection; called on the test's thread. All pairs of a test have the same loops. */
  protected abstract Pair connect() throws Exception;

  /** Whether the connections are to say that they are encrypted. */
  protected abstract boolean isEncrypted();

  @BeforeEach
  void open() throws Exception {
    Pair pair = connect();
    dialer = new ContractPeer(pair.dialerLoop(), pair.dialer());
    acceptor = new ContractPeer(pair.acceptorLoop(), pair.acceptor());
  }

  private void startBoth() throws Exception {
    dialer.start();
    acceptor.start();
  }

  @Test
  void endsKnowWhatTheyAre() {
    assertFalse(dialer.connection().isIncoming());
    assertTrue(acceptor.connection().isIncoming());
    assertEquals(isEncrypted(), dialer.connection().isEncrypted());
    assertEquals(isEncrypted(), acceptor.connection().isEncrypted());
    assertEquals(dialer.connection().transport(), acceptor.connection().transport());
    assertFalse(dialer.connection().remoteAddress().toString().isEmpty());
  }

  @Test
  void orderIsKeptOverMegabytesInBothDirections() throws Exception {
    startBoth();

    dialer.send(12 * MEGABYTE, 100_000);
    acceptor.send(12 * MEGABYTE, 16 * 1024 + 13);

    acceptor.awaitReceived(12 * MEGABYTE);
    dialer.awaitReceived(12 * MEGABYTE);
    dialer.settle();
    acceptor.settle();
    assertEquals(12 * MEGABYTE, dialer.received());
    assertEquals(12 * MEGABYTE, acceptor.received());
  }

  @Test
  void writesMayBeTiny() throws Exception {
    startBoth();

    dialer.send(20_000, 1);
    acceptor.send(20_000, 3);

    acceptor.awaitReceived(20_000);
    dialer.awaitReceived(20_000);
  }

  @Test
  void writeMayBeLargerThanEveryBuffer() throws Exception {
    startBoth();

    dialer.send(40 * MEGABYTE, 40 * MEGABYTE);

    acceptor.awaitReceived(40 * MEGABYTE);
  }

  @Test
  void writeTakesTheBuffersItIsToldAndInTheirOrder() throws Exception {
    startBoth();
    ByteBuffer[] buffers = new ByteBuffer[40];
    int position = 0;
    for (int i = 0; i < buffers.length; i++) {
      boolean isMeant = i >= 3 && i < 37;
      buffers[i] = ContractPeer.pattern(isMeant ? position : 77, i);
      position += isMeant ? i : 0;
    }

    long taken = dialer.call(() -> dialer.connection().write(buffers, 3, 34));

    acceptor.awaitReceived(position);
    assertEquals(position, taken);
    assertEquals(2, buffers[2].remaining());
    assertEquals(0, buffers[36].remaining());
    assertEquals(37, buffers[37].remaining());
  }

  @Test
  void heapAndReadOnlyBuffersAreTakenToo() throws Exception {
    startBoth();
    ByteBuffer direct = ContractPeer.pattern(0, 1000);
    ByteBuffer heap = ByteBuffer.allocate(500).put(direct.duplicate().limit(500)).flip();
    ByteBuffer readOnly = direct.asReadOnlyBuffer().position(500);

    dialer.call(() -> dialer.connection().write(new ByteBuffer[] {heap, readOnly}, 0, 2));

    acceptor.awaitReceived(1000);
    assertEquals(ContractPeer.pattern(0, 1000), direct);
  }

  @Test
  void bytesWaitForTheStart() throws Exception {
    dialer.start();
    dialer.send(5000, 5000);
    acceptor.settle();

    acceptor.start();

    acceptor.awaitReceived(5000);
  }

  @Test
  void writesBeforeTheStartArrive() throws Exception {
    acceptor.start();
    dialer.send(5000, 1000);

    acceptor.awaitReceived(5000);
    dialer.start();
    acceptor.send(10, 10);

    dialer.awaitReceived(10);
  }

  @Test
  void shortWriteIsFollowedByRoom() throws Exception {
    dialer.start();
    long much = 64L * MEGABYTE;
    dialer.send(much, MEGABYTE);
    dialer.awaitShortWrite();
    dialer.settle();

    acceptor.start();

    acceptor.awaitReceived(much);
  }

  @Test
  void closeIsToldOnceToBothEnds() throws Exception {
    startBoth();
    dialer.send(1000, 1000);
    acceptor.send(1000, 1000);
    acceptor.awaitReceived(1000);
    dialer.awaitReceived(1000);

    dialer.close();
    dialer.close();

    assertTrue(dialer.awaitClosed());
    assertTrue(acceptor.awaitClosed());
    dialer.settle();
    acceptor.settle();
    acceptor.close();
    acceptor.settle();
  }

  @Test
  void acceptorMayCloseToo() throws Exception {
    startBoth();
    acceptor.send(1000, 1000);
    dialer.awaitReceived(1000);

    acceptor.close();

    assertTrue(acceptor.awaitClosed());
    dialer.awaitClosed();
    dialer.settle();
    acceptor.settle();
  }

  @Test
  void bothEndsMayCloseAtTheSameTime() throws Exception {
    startBoth();
    dialer.send(4 * MEGABYTE, MEGABYTE);
    acceptor.send(4 * MEGABYTE, MEGABYTE);

    dialer.close();
    acceptor.close();

    assertTrue(dialer.awaitClosed());
    acceptor.awaitClosed();
    dialer.settle();
    acceptor.settle();
  }

  @Test
  void nothingComesAfterAClose() throws Exception {
    startBoth();
    dialer.onEveryRead(dialer::closeNow);

    acceptor.send(16 * MEGABYTE, MEGABYTE);

    assertTrue(dialer.awaitClosed());
    acceptor.awaitClosed();
    long received = dialer.received();
    dialer.settle();
    acceptor.settle();
    assertEquals(received, dialer.received());
  }

  @Test
  void writeAfterTheEndTakesEverything() throws Exception {
    startBoth();
    dialer.send(10, 10);
    acceptor.awaitReceived(10);
    dialer.close();
    ByteBuffer[] buffers = {ByteBuffer.allocate(3 * MEGABYTE), ByteBuffer.allocate(5)};

    long taken = dialer.call(() -> dialer.connection().write(buffers, 0, 2));

    assertEquals(3 * MEGABYTE + 5, taken);
    assertFalse(buffers[0].hasRemaining());
    assertFalse(buffers[1].hasRemaining());
    assertTrue(dialer.awaitClosed());
    acceptor.awaitClosed();
    assertEquals(10, acceptor.received());
    dialer.settle();
  }

  @Test
  void writesToAnEndThatIsGoneEndTheConnectionOnce() throws Exception {
    startBoth();
    acceptor.send(10, 10);
    dialer.awaitReceived(10);
    acceptor.close();

    dialer.send(64L * MEGABYTE, 4 * MEGABYTE);

    dialer.awaitClosed();
    dialer.settle();
  }

  @Test
  void connectionThatWasClosedBeforeItsStartGoesAway() throws Exception {
    acceptor.start();

    dialer.close();

    acceptor.awaitClosed();
    dialer.start();
    assertTrue(dialer.awaitClosed());
    dialer.settle();
    acceptor.settle();
  }

  @Test
  void endThatCameBeforeTheStartIsToldAfterIt() throws Exception {
    dialer.start();
    dialer.close();
    assertTrue(dialer.awaitClosed());

    acceptor.start();

    acceptor.awaitClosed();
    acceptor.settle();
  }

  @Test
  void busyConnectionDoesNotStarveAnother() throws Exception {
    startBoth();
    Pair pair = connect();
    ContractPeer asker = new ContractPeer(pair.dialerLoop(), pair.dialer());
    ContractPeer answerer = new ContractPeer(pair.acceptorLoop(), pair.acceptor());
    asker.start();
    answerer.start();
    dialer.send(Long.MAX_VALUE / 2, MEGABYTE / 2);

    asker.onEveryRead(() -> asker.sendNow(1));
    answerer.onEveryRead(() -> answerer.sendNow(1));
    answerer.send(0, 1);
    asker.send(1, 1);

    asker.awaitReceived(10);
    dialer.close();
    dialer.awaitClosed();
  }
}
