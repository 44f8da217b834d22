package org.webtorrent4j.examples;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.webtorrent4j.TorrentException;
import org.webtorrent4j.examples.option.PathConverter;
import org.webtorrent4j.metainfo.MagnetUri;
import org.webtorrent4j.metainfo.Metainfo;
import org.webtorrent4j.metainfo.MetainfoException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/** What names a torrent on the command line. */
record Source(String text) {
  /** Takes an argument; a {@code file:} URL stands for its path. */
  static Source of(String argument, CommandSpec spec) {
    if (argument.isBlank()) {
      throw Usage.wrong(spec, "'" + argument + "' names no torrent");
    }
    if (!hasScheme(argument, "file:")) {
      return new Source(argument);
    }
    try {
      return new Source(Path.of(new URI(argument.replace(" ", "%20"))).toString());
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw Usage.wrong(spec, "'" + argument + "' is no file of this machine");
    }
  }

  private static boolean hasScheme(String text, String scheme) {
    return text.regionMatches(true, 0, scheme, 0, scheme.length());
  }

  /** Whether it is a URL of a torrent file. */
  boolean isUrl() {
    return hasScheme(text, "http:") || hasScheme(text, "https:");
  }

  /**
   * The magnet link that it is, or that an info hash stands for.
   *
   * @throws TorrentException if it is a magnet link with a fault
   */
  Optional<MagnetUri> magnet() {
    try {
      return Optional.of(MagnetUri.parse(text));
    } catch (MetainfoException e) {
      if (hasScheme(text, "magnet:") || hasScheme(text, "stream-magnet:")) {
        throw new TorrentException(String.valueOf(e.getMessage()), e);
      }
      return Optional.empty();
    }
  }

  /** Whether it is a magnet link with trackers. */
  boolean namesTrackers() {
    return magnet().map(magnet -> !magnet.trackers().isEmpty()).orElse(false);
  }

  /** Whether it says itself who has the content. */
  boolean namesPeers() {
    return magnet().map(magnet -> !magnet.peers().isEmpty()).orElse(false);
  }

  /**
   * The torrent file that it is.
   *
   * @throws TorrentException naming it, if it is none
   */
  Metainfo metainfo() throws IOException {
    try {
      return read(new PathConverter().convert(text));
    } catch (TypeConversionException e) {
      throw new TorrentException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Reads a torrent file.
   *
   * @throws TorrentException naming it, if it is none
   */
  static Metainfo read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new TorrentException(file + " is a folder, not a torrent file");
    }
    try {
      return Metainfo.read(file);
    } catch (MetainfoException | FileSystemException e) { // which name it
      throw e;
    } catch (IOException e) {
      throw new TorrentException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
