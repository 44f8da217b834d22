package org.webtorrent4j.metainfo;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.bencode.BString;

/**
 * A file as the info dictionary tells it, its names already safe but not yet unique.
 *
 * @param path elements below the torrent's folder; empty for the file of a single-file torrent
 * @param original the same elements as they are written
 * @param length in bytes; 0 for a symbolic link
 * @param attributes the letters of BEP 47
 * @param link elements of a symbolic link's target below the torrent's folder, or null
 * @param piecesRoot the root of its hash tree in a v2 torrent, null if it is empty or v1
 */
record RawFile(
    List<String> path,
    List<BString> original,
    long length,
    String attributes,
    @Nullable List<String> link,
    @Nullable BString piecesRoot) {
  private static final String BITCOMET_PADDING = "_____padding_file_";

  /** Whether it only aligns the next file. */
  boolean isPadding() {
    return has('p');
  }

  boolean has(char attribute) {
    return attributes.indexOf(attribute) >= 0;
  }

  /**
   * The same, as padding if it is what BitComet makes, which has a name for that but no attribute:
   * a file of a user's that is called so does not fill a piece up to its end but by chance.
   */
  RawFile withBitCometPadding(long offset, int pieceLength) {
    boolean isFilling = length < pieceLength && (offset + length) % pieceLength == 0;
    boolean isNamed = !path.isEmpty() && path.get(path.size() - 1).startsWith(BITCOMET_PADDING);
    return isFilling && isNamed && !isPadding() && link == null
        ? new RawFile(path, original, length, attributes + "p", link, piecesRoot)
        : this;
  }
}
