package org.webtorrent4j.webrtc;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.webtorrent4j.AddOptions;
import org.webtorrent4j.Client;
import org.webtorrent4j.ClientOptions;
import org.webtorrent4j.SeedOptions;
import org.webtorrent4j.Torrent;
import org.webtorrent4j.TorrentEvent;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.tracker.TrackerStatus;
import org.webtorrent4j.transport.Transport;
import org.webtorrent4j.webrtc.rtc.MemoryEngine;
import org.webtorrent4j.webrtc.rtc.RtcEngine;
import org.webtorrent4j.webrtc.rtc.RtcProvider;
import org.webtorrent4j.webrtc.rtc.RtcSettings;

/** Whole clients, with a tracker on loopback and engines that connect through memory. */
@Timeout(120)
class WebRtcTransportTest {
  private static final String MAGNET =
      "magnet:?xt=urn:btih:0123456789012345678901234567890123456789";

  private final Map<String, MemoryEngine.Peer> net = new ConcurrentHashMap<>();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void everythingEnds() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
    await()
        .untilAsserted(
            () ->
                assertEquals(
                    List.of(),
                    Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(name -> name.startsWith("wt-"))
                        .toList()));
  }

  private SmallTracker tracker() throws Exception {
    SmallTracker tracker = new SmallTracker();
    open.add(tracker);
    return tracker;
  }

  private Client client(Path folder, RtcProvider... providers) {
    return client(WebRtcOptions.defaults(), folder, providers);
  }

  private Client client(WebRtcOptions options, Path folder, RtcProvider... providers) {
    Transport transport = new WebRtcTransport(options, () -> implementations(providers));
    Client client =
        Client.create(
            ClientOptions.builder()
                .transports(List.of(transport))
                .trackers(List.of())
                .directory(folder)
                .build());
    open.add(client);
    return client;
  }

  private static Implementations implementations(RtcProvider... providers) {
    return Implementations.of(
        Arrays.stream(providers).map(each -> (Supplier<RtcProvider>) () -> each).toList(),
        List.of());
  }

  private static TrackerStatus status(Torrent torrent) {
    return torrent.trackers().get(0);
  }

  @Test
  void fileGoesFromOneClientToAnother(@TempDir Path folder) throws Exception {
    SmallTracker tracker = tracker();
    byte[] bytes = new byte[3_000_000];
    new Random(3).nextBytes(bytes);
    Path file = Files.write(folder.resolve("file.bin"), bytes);
    Path target = Files.createDirectory(folder.resolve("target"));
    MemoryProvider seedProvider = new MemoryProvider();
    MemoryProvider leechProvider = new MemoryProvider();
    Client seeder = client(folder, seedProvider);
    Client leecher = client(target, leechProvider);
    Torrent seeded =
        seeder.seed(file, SeedOptions.builder().trackers(List.of(tracker.url())).build());
    await().until(() -> tracker.events().contains("started"));

    List<String> transports = Collections.synchronizedList(new ArrayList<>());
    seeded.addListener(
        event -> {
          if (event instanceof TorrentEvent.PeerConnected peer) {
            transports.add(peer.transport());
          }
        });

    Torrent leeched = leecher.add(seeded.magnet());
    leeched.awaitComplete(Duration.ofSeconds(60));

    assertArrayEquals(bytes, Files.readAllBytes(target.resolve("file.bin")));
    await().until(() -> transports.contains("webrtc"));
    await().until(() -> tracker.events().contains("completed"));
    leecher.close();
    await().until(() -> tracker.events().contains("stopped"));
    seeder.close();
    await().until(() -> tracker.events().stream().filter("stopped"::equals).count() == 2);
    assertTrue(seedProvider.engine().isClosed() && leechProvider.engine().isClosed());
    assertEquals(0, seedProvider.engine().open() + leechProvider.engine().open());
  }

  @Test
  void withoutAnImplementationTrackersShowWhy(@TempDir Path folder) throws Exception {
    SmallTracker tracker = tracker();
    MemoryProvider broken = new MemoryProvider();
    broken.unavailable = Optional.of("libpulse.so.0 is missing, install libpulse0");
    Client client = client(folder, broken);

    Torrent torrent =
        client.add(MAGNET, AddOptions.builder().trackers(List.of(tracker.url())).build());

    await().until(() -> status(torrent).state() == TrackerStatus.State.DISABLED);
    assertEquals(
        "WebRTC does not work here: memory: libpulse.so.0 is missing, install libpulse0",
        status(torrent).error().orElseThrow());
    assertEquals(List.of(), tracker.events());
  }

  @Test
  void noImplementationAtAll(@TempDir Path folder) throws Exception {
    SmallTracker tracker = tracker();
    Client client = client(folder);
    Torrent torrent =
        client.add(MAGNET, AddOptions.builder().trackers(List.of(tracker.url())).build());

    await().until(() -> status(torrent).state() == TrackerStatus.State.DISABLED);
    assertEquals(
        "WebRTC does not work here: there is no implementation:"
            + " add org.webtorrent4j:webtorrent4j-webrtc-native",
        status(torrent).error().orElseThrow());
  }

  @Test
  void bestImplementationThatWorksIsUsed(@TempDir Path folder) throws Exception {
    SmallTracker tracker = tracker();
    MemoryProvider worst = new MemoryProvider();
    MemoryProvider middle = new MemoryProvider();
    MemoryProvider best = new MemoryProvider();
    middle.priority = 5;
    best.priority = 9;
    best.unavailable = Optional.of("not here");
    Client client = client(folder, worst, best, middle);

    client.add(MAGNET, AddOptions.builder().trackers(List.of(tracker.url())).build());

    await().until(() -> tracker.events().contains("started"));
    assertEquals(1, middle.engines.size());
    assertEquals(0, worst.engines.size());
  }

  @Test
  void implementationForNamedUseIsUsedWhereItIsNamedOnly(@TempDir Path folder) throws Exception {
    SmallTracker tracker = tracker();
    MemoryProvider unfinished = new MemoryProvider();
    unfinished.priority = 9;
    unfinished.isForNamedUseOnly = true;
    MemoryProvider usual = new MemoryProvider();
    AddOptions options = AddOptions.builder().trackers(List.of(tracker.url())).build();

    client(folder.resolve("a"), unfinished, usual).add(MAGNET, options);
    await().until(() -> usual.engines.size() == 1);
    assertEquals(0, unfinished.engines.size());

    WebRtcOptions named = WebRtcOptions.builder().provider("memory").build();
    client(named, folder.resolve("b"), unfinished).add(MAGNET, options);
    await().until(() -> unfinished.engines.size() == 1);
  }

  @Test
  void implementationThatFailsIsPassedOver(@TempDir Path folder) throws Exception {
    SmallTracker tracker = tracker();
    List<Throwable> failures =
        List.of(
            new IllegalStateException("no device"),
            new ExceptionInInitializerError("no device"),
            new UnsatisfiedLinkError("no library"));
    List<RtcProvider> providers = new ArrayList<>();
    for (Throwable failure : failures) {
      MemoryProvider probed = new MemoryProvider();
      probed.probing = failure;
      MemoryProvider opened = new MemoryProvider();
      opened.opens = failure;
      providers.add(probed);
      providers.add(opened);
    }
    providers.forEach(provider -> ((MemoryProvider) provider).priority = 9);
    MemoryProvider good = new MemoryProvider();
    providers.add(good);
    Client client = client(folder, providers.toArray(RtcProvider[]::new));

    client.add(MAGNET, AddOptions.builder().trackers(List.of(tracker.url())).build());

    await().until(() -> tracker.events().contains("started"));
    assertEquals(1, good.engines.size());
  }

  @Test
  void allReasonsAreTold(@TempDir Path folder) throws Exception {
    SmallTracker tracker = tracker();
    MemoryProvider first = new MemoryProvider();
    first.opens = new IllegalStateException("no device");
    MemoryProvider second = new MemoryProvider();
    second.unavailable = Optional.of("no library");
    Client client = client(folder, first, second);

    Torrent torrent =
        client.add(MAGNET, AddOptions.builder().trackers(List.of(tracker.url())).build());

    await().until(() -> status(torrent).state() == TrackerStatus.State.DISABLED);
    assertEquals(
        "WebRTC does not work here: memory: it failed to start:"
            + " java.lang.IllegalStateException: no device; memory: no library",
        status(torrent).error().orElseThrow());
  }

  @Test
  void implementationThatCannotBeMadeIsPassedOver() {
    MemoryProvider good = new MemoryProvider();
    Supplier<RtcProvider> bad =
        () -> {
          throw new ServiceConfigurationError("no such class");
        };

    Implementations found = Implementations.of(List.of(bad, () -> good), List.of("a wrong line"));

    assertEquals(List.of(good), found.providers());
    assertEquals(2, found.problems().size());
  }

  @Test
  void nothingIsLoadedWithoutATrackerThatNeedsIt(@TempDir Path folder) throws Exception {
    MemoryProvider provider = new MemoryProvider();
    Client client = client(folder, provider);
    client.add(MAGNET);

    client.close();

    assertEquals(1, provider.probed.getCount());
    assertEquals(0, provider.engines.size());
  }

  @Test
  void engineThatStartsTooLateIsClosed(@TempDir Path folder) throws Exception {
    SmallTracker tracker = tracker();
    MemoryProvider provider = new MemoryProvider();
    provider.mayOpen = new CountDownLatch(1);
    Client client = client(folder, provider);
    client.add(MAGNET, AddOptions.builder().trackers(List.of(tracker.url())).build());
    assertTrue(provider.opening.await(20, TimeUnit.SECONDS));

    Thread closing = new Thread(client::close, "closing");
    closing.start();
    await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
    provider.mayOpen.countDown();
    closing.join();

    assertTrue(provider.engine().isClosed());
  }

  @Test
  void trackerOfThisHostMayHaveAnyPathIfTheUserNamesIt(@TempDir Path folder) throws Exception {
    Client client = client(folder, new MemoryProvider());
    String url = tracker().url().replace("ws://", "ws://me:x@").replace("/announce", "/my|key");

    Torrent torrent = client.add(MAGNET, AddOptions.builder().trackers(List.of(url)).build());

    await().until(() -> status(torrent).state() == TrackerStatus.State.WORKING);
  }

  @Test
  void transportIsFound() {
    assertTrue(
        ServiceLoader.load(Transport.class).stream()
            .anyMatch(provider -> provider.type() == WebRtcTransport.class));
  }

  @Test
  void transportThatWasNeverStartedCanBeClosed() throws Exception {
    WebRtcTransport transport = new WebRtcTransport();

    transport.close();

    assertTrue(transport.awaitClosed(1));
    assertEquals(0, transport.port());
    assertEquals("webrtc", transport.name());
    assertFalse(transport.schemes().contains("http"));
  }

  private final class MemoryProvider implements RtcProvider {
    final CountDownLatch probed = new CountDownLatch(1);
    final CountDownLatch opening = new CountDownLatch(1);
    final List<MemoryEngine> engines = Collections.synchronizedList(new ArrayList<>());
    Optional<String> unavailable = Optional.empty();
    CountDownLatch mayOpen = new CountDownLatch(0);
    int priority;
    boolean isForNamedUseOnly;
    @Nullable Throwable probing;
    @Nullable Throwable opens;

    MemoryEngine engine() {
      return engines.get(0);
    }

    @Override
    public String name() {
      return "memory";
    }

    @Override
    public int priority() {
      return priority;
    }

    @Override
    public boolean isForNamedUseOnly() {
      return isForNamedUseOnly;
    }

    @Override
    public Optional<String> unavailable() {
      probed.countDown();
      fail(probing);
      return unavailable;
    }

    @Override
    public RtcEngine open(RtcSettings settings, EventLoop loop) {
      fail(opens);
      opening.countDown();
      try {
        mayOpen.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      assertFalse(loop.inLoop());
      MemoryEngine engine = new MemoryEngine(loop, net);
      engines.add(engine);
      return engine;
    }
  }

  private static void fail(@Nullable Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
  }
}
