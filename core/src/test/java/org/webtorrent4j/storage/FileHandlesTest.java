package org.webtorrent4j.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Open files: how many, for how long, and what interrupts do to them. */
class FileHandlesTest {
  @TempDir Path folder;
  private int opened;

  @Test
  void handleIsUsedAgain() throws IOException {
    FileHandles handles = new FileHandles(2);
    FileHandles.Key key = key("a");

    FileHandles.Handle first = handles.acquire(key, false);
    handles.release(key, first);
    FileHandles.Handle second = handles.acquire(key, false);
    handles.release(key, second);

    assertSame(first, second);
    assertEquals(1, opened);
  }

  @Test
  void leastRecentlyUsedIsClosed() throws IOException {
    FileHandles handles = new FileHandles(2);
    FileHandles.Key a = key("a");
    FileHandles.Key b = key("b");
    FileHandles.Key c = key("c");

    FileChannel channelA = use(handles, a);
    FileChannel channelB = use(handles, b);
    use(handles, a);
    use(handles, c);

    assertTrue(channelA.isOpen());
    assertFalse(channelB.isOpen());
    assertEquals(2, handles.size());
  }

  @Test
  void handleInUseIsClosedAfterItsLastUse() throws IOException {
    FileHandles handles = new FileHandles(1);
    FileHandles.Key a = key("a");
    FileHandles.Handle first = handles.acquire(a, false);
    FileHandles.Handle second = handles.acquire(a, false);
    assertSame(first, second);

    use(handles, key("b"));
    assertTrue(first.channel.isOpen());
    handles.release(a, first);
    assertTrue(first.channel.isOpen());
    handles.release(a, second);

    assertFalse(first.channel.isOpen());
  }

  @Test
  void firstWriteReplacesAReadOnlyHandle() throws IOException {
    FileHandles handles = new FileHandles(2);
    FileHandles.Key key = key("a");
    FileHandles.Handle reading = handles.acquire(key, false);

    FileHandles.Handle writing = handles.acquire(key, true);

    assertNotSame(reading, writing);
    assertTrue(reading.channel.isOpen());
    handles.release(key, reading);
    handles.release(key, writing);
    assertFalse(reading.channel.isOpen());
    assertSame(writing.channel, use(handles, key));
  }

  @Test
  void channelThatAnInterruptClosedIsOpenedAnew() throws IOException {
    FileHandles handles = new FileHandles(2);
    FileHandles.Key key = key("a");
    FileHandles.Handle closed = handles.acquire(key, false);
    closed.channel.close();

    FileHandles.Handle meanwhile = handles.acquire(key, false);
    handles.release(key, closed);

    assertTrue(meanwhile.channel.isOpen());
    handles.release(key, meanwhile);
    assertSame(meanwhile.channel, use(handles, key));
  }

  @Test
  void useGoesOnWithANewChannelWhenAnInterruptOfAnotherClosedIt() throws IOException {
    FileHandles handles = new FileHandles(2);
    FileHandles.Key key = key("a");
    ByteBuffer buffer = ByteBuffer.allocate(10);

    handles.use(
        key,
        false,
        channel -> {
          if (opened < 4) {
            channel.close();
          }
          channel.read(buffer, 0);
        });

    assertEquals(4, opened);
    assertEquals(0, buffer.remaining());
    assertEquals(1, handles.size());
  }

  @Test
  void channelThatNeverStaysOpenIsGivenUp() {
    FileHandles handles = new FileHandles(2);

    assertThrows(
        ClosedChannelException.class,
        () ->
            handles.use(
                key("a"),
                false,
                channel -> {
                  channel.close();
                  channel.size();
                }));
    assertEquals(0, handles.size());
  }

  @Test
  void onlyTheFilesOfOneTorrentAreClosed() throws IOException {
    FileHandles handles = new FileHandles(4);
    FileHandles.Key a = key("a");
    FileChannel channelA = use(handles, a);
    FileChannel channelB = use(handles, key("b"));

    handles.close(a.owner());

    assertFalse(channelA.isOpen());
    assertTrue(channelB.isOpen());
  }

  @Test
  void torrentsOfOneStorageShareTheLimit() throws IOException {
    FileStorage storage = FileStorage.at(folder, 3);
    StoredTorrent.File[] files = new StoredTorrent.File[10];
    for (int i = 0; i < files.length; i++) {
      files[i] = StoredTorrent.File.of("f" + i, 10);
    }
    StoredTorrent many = StoredTorrent.of(16, files);
    StoredTorrent single = StoredTorrent.single("single", 100, 16);
    FileStorage elsewhere = storage.withDirectory(folder.resolve("elsewhere"));
    try (TorrentStorage first = storage.open(many.info);
        TorrentStorage second = elsewhere.open(single.info)) {
      first.write(0, ByteBuffer.wrap(many.content));
      second.write(0, ByteBuffer.wrap(single.content));
      assertEquals(3, storage.openFiles());

      assertArrayEquals(many.content, TorrentStorageContract.read(first, 0, 100));
      assertEquals(3, storage.openFiles());
    }

    assertEquals(0, storage.openFiles());
  }

  @Test
  void interruptedCallerFailsWithoutClosingAnything() throws IOException {
    StoredTorrent torrent = StoredTorrent.single("file", 100, 16);
    FileStorage files = FileStorage.at(folder);
    try (TorrentStorage storage = files.open(torrent.info)) {
      storage.write(0, ByteBuffer.wrap(torrent.content));

      Thread.currentThread().interrupt();
      try {
        assertThrows(
            ClosedByInterruptException.class, () -> TorrentStorageContract.read(storage, 0, 1));
      } finally {
        assertTrue(Thread.interrupted());
      }

      assertEquals(1, files.openFiles());
      assertArrayEquals(torrent.content, TorrentStorageContract.read(storage, 0, 100));
    }
  }

  @Test
  void othersDoNotNoticeAnInterrupt() throws Exception {
    StoredTorrent torrent = StoredTorrent.single("file", 1 << 20, 1 << 16);
    try (TorrentStorage storage = FileStorage.at(folder).open(torrent.info)) {
      storage.write(0, ByteBuffer.wrap(torrent.content));
      for (int round = 0; round < 100; round++) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        CountDownLatch isReading = new CountDownLatch(1);
        Thread victim = new Thread(() -> readOn(storage, isReading, failure));
        victim.start();
        isReading.await();
        victim.interrupt();
        for (int at = 0; victim.isAlive() || at == 0; at = (at + 1) % 1000) { // small: more chances
          assertEquals(torrent.content[at], TorrentStorageContract.read(storage, at, 1)[0]);
          storage.write(at, ByteBuffer.wrap(torrent.content, at, 1));
        }
        victim.join();
        assertInstanceOf(ClosedByInterruptException.class, failure.get());
      }
      assertArrayEquals(torrent.content, TorrentStorageContract.read(storage, 0, 1 << 20));
    }
  }

  private static void readOn(
      TorrentStorage storage, CountDownLatch isReading, AtomicReference<Throwable> failure) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    try {
      while (true) {
        storage.read(0, buffer.clear());
        isReading.countDown();
      }
    } catch (IOException | RuntimeException e) {
      failure.set(e);
    }
  }

  private static FileChannel use(FileHandles handles, FileHandles.Key key) throws IOException {
    FileHandles.Handle handle = handles.acquire(key, false);
    handles.release(key, handle);
    return handle.channel;
  }

  private FileHandles.Key key(String name) throws IOException {
    Path path = Files.write(folder.resolve(name), new byte[10]);
    return new FileHandles.Key() {
      @Override
      public FileChannel open(boolean writable) throws IOException {
        opened++;
        return FileChannel.open(
            path, writable ? StandardOpenOption.WRITE : StandardOpenOption.READ);
      }

      @Override
      public Object owner() {
        return name;
      }
    };
  }
}
