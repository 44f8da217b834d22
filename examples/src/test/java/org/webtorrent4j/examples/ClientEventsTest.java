package org.webtorrent4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.webtorrent4j.AddOptions;
import org.webtorrent4j.Client;
import org.webtorrent4j.ClientOptions;
import org.webtorrent4j.FilePriority;
import org.webtorrent4j.Torrent;
import org.webtorrent4j.TorrentEvent;
import org.webtorrent4j.TorrentException;
import org.webtorrent4j.TorrentState;

/** Futures and listeners of real clients, whatever executor and listener their user has. */
@Timeout(60)
class ClientEventsTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path temp;

  private ClientOptions.Builder options(String directory) throws IOException {
    return ClientOptions.builder()
        .bindAddresses(InetAddress.getLoopbackAddress())
        .trackers(List.of())
        .directory(Files.createDirectories(temp.resolve(directory)));
  }

  private Path folder() throws IOException {
    Path folder = Files.createDirectories(temp.resolve("source/two"));
    for (String name : List.of("a.bin", "b.bin")) {
      byte[] bytes = new byte[700_000];
      new Random(name.hashCode()).nextBytes(bytes);
      Files.write(folder.resolve(name), bytes);
    }
    return folder;
  }

  private static AddOptions.Builder from(Client seed) {
    return AddOptions.builder()
        .peers(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), seed.port())));
  }

  private void downloadsWith(Executor executor) throws Exception {
    int port;
    try (Client seed = Client.create(options("seed").build());
        Client leech = Client.create(options("leech").eventExecutor(executor).build())) {
      port = leech.port();
      Torrent torrent = leech.add(seed.seed(folder()).magnet(), from(seed).build());
      torrent.addListener(event -> {});
      torrent.awaitComplete(LIMIT);
      assertEquals(TorrentState.SEEDING, torrent.state());
    }
    assertThrows(
        ConnectException.class,
        () -> new Socket(InetAddress.getLoopbackAddress(), port).close(),
        "the client is closed");
  }

  @Test
  void executorThatRefusesHarmsNobody() throws Exception {
    downloadsWith(
        task -> {
          throw new RejectedExecutionException("shut down");
        });
  }

  @Test
  void executorThatRunsAtOnceHarmsNobody() throws Exception {
    downloadsWith(Runnable::run);
  }

  @Test
  void listenersAreCalledOneAfterTheOtherByAnyExecutor() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    AtomicInteger atOnce = new AtomicInteger();
    Queue<Integer> most = new ConcurrentLinkedQueue<>();
    try (Client seed = Client.create(options("seed").build());
        Client leech = Client.create(options("leech").eventExecutor(pool).build())) {
      leech.addListener(
          event -> {
            most.add(atOnce.incrementAndGet());
            atOnce.decrementAndGet();
          });
      leech.add(seed.seed(folder()).magnet(), from(seed).build()).awaitComplete(LIMIT);
    } finally {
      pool.shutdown();
    }

    assertFalse(most.isEmpty());
    assertTrue(most.stream().allMatch(n -> n == 1), most::toString);
  }

  @Test
  void listenerThatBlocksHoldsUpNoFuture() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    try (Client seed = Client.create(options("seed").build());
        Client leech = Client.create(options("leech").build())) {
      leech.addListener(
          event -> {
            try {
              released.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      Torrent torrent = leech.add(seed.seed(folder()).magnet(), from(seed).build());

      torrent.awaitComplete(LIMIT);
      assertEquals(1, torrent.completion().thenApply(t -> 1).get());
    } finally {
      released.countDown();
    }
  }

  @Test
  void listenerMayWait() throws Exception {
    CountDownLatch waited = new CountDownLatch(1);
    try (Client seed = Client.create(options("seed").build());
        Client leech = Client.create(options("leech").build())) {
      leech.addListener(
          event -> {
            if (event instanceof TorrentEvent.MetadataReceived) {
              try {
                event.torrent().awaitComplete(LIMIT);
                waited.countDown();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            }
          });
      leech.add(seed.seed(folder()).magnet(), from(seed).build());

      assertTrue(waited.await(30, java.util.concurrent.TimeUnit.SECONDS));
    }
  }

  @Test
  void completionWaitsForAFileThatWasChosenJustNow() throws Exception {
    try (Client seed = Client.create(options("seed").build());
        Client leech = Client.create(options("leech").build())) {
      String magnet = seed.seed(folder()).magnet();
      Torrent torrent = leech.add(magnet, from(seed).skipAll(true).build());
      torrent.awaitMetadata(LIMIT);
      torrent.awaitComplete(LIMIT);
      for (int file = 0; file < 2; file++) {
        torrent.files().get(file).priority(FilePriority.HIGH);
        torrent.awaitComplete(LIMIT);
        assertEquals(700_000, torrent.files().get(file).verifiedLength());
      }
    }
  }

  @Test
  void pausedTorrentStaysCompleteUntilMoreIsWanted() throws Exception {
    try (Client seed = Client.create(options("seed").build());
        Client leech = Client.create(options("leech").build())) {
      String magnet = seed.seed(folder()).magnet();
      Torrent torrent = leech.add(magnet, from(seed).skipAll(true).build());
      torrent.awaitMetadata(LIMIT);
      torrent.files().get(0).priority(FilePriority.HIGH);
      torrent.awaitComplete(LIMIT);
      torrent.pause();
      torrent.awaitComplete(LIMIT);

      torrent.files().get(1).priority(FilePriority.HIGH);
      assertFalse(torrent.completion().isDone());
      torrent.resume();
      torrent.awaitComplete(LIMIT);
      assertEquals(700_000, torrent.files().get(1).verifiedLength());
    }
  }

  @Test
  void noStateIsToldThatIsNoChange() throws Exception {
    Queue<TorrentEvent.StateChanged> changes = new ConcurrentLinkedQueue<>();
    try (Client seed = Client.create(options("seed").build());
        Client leech = Client.create(options("leech").build())) {
      leech.addListener(
          event -> {
            if (event instanceof TorrentEvent.StateChanged change) {
              changes.add(change);
            }
          });
      leech.add(seed.seed(folder()).magnet(), from(seed).build()).awaitComplete(LIMIT);
    }

    assertTrue(changes.stream().noneMatch(c -> c.from() == c.to()), changes::toString);
  }

  @Test
  void knownTorrentIsNotMovedInSilence() throws Exception {
    try (Client client = Client.create(options("own").build())) {
      String hash = "0123456789012345678901234567890123456789";
      Torrent first = client.add(hash);

      assertSame(first, client.add(hash));
      assertSame(
          first, client.add(hash, AddOptions.builder().directory(temp.resolve("own")).build()));
      TorrentException refused =
          assertThrows(
              TorrentException.class,
              () ->
                  client.add(hash, AddOptions.builder().directory(temp.resolve("other")).build()));
      assertTrue(String.valueOf(refused.getMessage()).contains("other"));
    }
  }

  @Test
  @SuppressWarnings("NullAway") // that is the point
  void nullIsRefusedAtTheDoor() throws Exception {
    try (Client client = Client.create(options("own").build())) {
      Torrent torrent = client.add("0123456789012345678901234567890123456789");

      assertThrows(NullPointerException.class, () -> torrent.addListener(null));
      assertThrows(NullPointerException.class, () -> torrent.addPeer(null));
      assertThrows(NullPointerException.class, () -> client.add((String) null));
      assertThrows(NullPointerException.class, () -> ClientOptions.builder().encryption(null));
    }
  }
}
