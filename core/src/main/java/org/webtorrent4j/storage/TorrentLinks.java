package org.webtorrent4j.storage;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.metainfo.FileEntry;

/** The symbolic links that torrents describe (BEP 47), unlike those that users make. */
final class TorrentLinks {
  private static final Logger log = LoggerFactory.getLogger(TorrentLinks.class);

  private TorrentLinks() {}

  /** Creates a link that stays in the torrent's own folder, seen from where it really is. */
  static void create(FileEntry entry, Path link, List<String> target) throws IOException {
    if (!target.get(0).equals(entry.path().get(0))) {
      throw new IOException(entry.pathText() + ": a symbolic link that leads out of the torrent");
    }
    Path root = folderOf(entry, link);
    Path parent = link.getParent();
    if (parent == null || Disk.attributesOfLink(link) != null) {
      return;
    }
    Disk.createFolders(parent);
    if (!parent.toRealPath().equals(root.toRealPath().resolve(root.relativize(parent)))) {
      log.debug("{} is not created: a link on the way would make it lead elsewhere", link);
      return;
    }
    Path leadsTo = root;
    for (String element : target.subList(1, target.size())) {
      leadsTo = leadsTo.resolve(element);
    }
    try {
      Files.createSymbolicLink(link, parent.relativize(leadsTo));
    } catch (UnsupportedOperationException | FileSystemException e) {
      log.debug(
          "{} is not created, only administrators may or nobody", link, e); // not worth a stop
    }
  }

  /** The torrent's own folder, above one of its files. */
  private static Path folderOf(FileEntry entry, Path file) throws IOException {
    Path root = file;
    for (int i = 1; i < entry.path().size(); i++) {
      Path parent = root.getParent();
      if (parent == null) {
        throw new IOException(entry.pathText() + " is not in the torrent's folder");
      }
      root = parent;
    }
    return root;
  }
}
