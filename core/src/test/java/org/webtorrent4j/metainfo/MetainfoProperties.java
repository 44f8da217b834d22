package org.webtorrent4j.metainfo;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the bytes, they are a torrent or a {@link MetainfoException}, never anything else. */
class MetainfoProperties {
  @Property(tries = 3000)
  void mutatedTorrentsAreReadOrRefused(
      @ForAll("torrents") byte[] torrent, @ForAll("mutations") List<int[]> mutations) {
    byte[] mutated = torrent.clone();
    for (int[] mutation : mutations) {
      mutated = mutate(mutated, mutation[0], mutation[1], mutation[2]);
    }

    parse(mutated);
  }

  @Property
  void arbitraryBytesAreReadOrRefused(@ForAll byte[] bytes) {
    parse(bytes);
  }

  private static void parse(byte[] bytes) {
    try {
      Metainfo metainfo = Metainfo.parse(bytes);
      Metainfo.parse(metainfo.toBytes());
      MagnetUri.parse(metainfo.magnet().toString());
    } catch (MetainfoException expected) {
      // One of the two outcomes.
    }
  }

  /** Changes a byte, takes some out, or repeats some. */
  private static byte[] mutate(byte[] bytes, int kind, int where, int what) {
    if (bytes.length == 0) {
      return bytes;
    }
    int at = where % bytes.length;
    int end = Math.min(bytes.length, at + what % 40);
    byte[] mutated;
    if (kind == 0) {
      mutated = bytes.clone();
      mutated[at] = (byte) what;
    } else if (kind == 1) {
      mutated = Arrays.copyOf(bytes, bytes.length - (end - at));
      System.arraycopy(bytes, end, mutated, at, bytes.length - end);
    } else {
      mutated = Arrays.copyOf(bytes, bytes.length + end - at);
      System.arraycopy(bytes, at, mutated, end, bytes.length - at);
    }
    return mutated;
  }

  @Provide
  Arbitrary<byte[]> torrents() throws IOException {
    return Arbitraries.of(
        Corpus.resource("generated/gen-v1-multi.torrent"),
        Corpus.resource("generated/gen-v2-65537-pl32768.torrent"),
        Corpus.resource("generated/gen-hybrid-dir-tailpad.torrent"),
        Corpus.resource("generated/gen-hybrid-single.torrent"),
        Corpus.resource("webtorrent-fixtures/leaves-metadata.torrent"));
  }

  @Provide
  Arbitrary<List<int[]>> mutations() {
    Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 1_000_000);
    Arbitrary<Integer> digits = Arbitraries.of("0123456789deil:-".chars().boxed().toList());
    return Combinators.combine(
            Arbitraries.integers().between(0, 2), numbers, Arbitraries.oneOf(numbers, digits))
        .as((kind, where, what) -> new int[] {kind, where, what})
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }
}
