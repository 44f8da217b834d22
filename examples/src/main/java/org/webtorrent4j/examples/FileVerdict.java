package org.webtorrent4j.examples;

import org.webtorrent4j.metainfo.FileEntry;

/**
 * What a check found out about one file.
 *
 * @param file what the torrent says about it
 * @param status what it is, one word or two: {@code ok}, {@code missing}, {@code shorter}, {@code
 *     longer}, {@code damaged}, {@code unreadable}, {@code no file}
 * @param length what it is long; 0 if it is not there
 * @param verified how many of its pieces have the right hash
 * @param pieces how many pieces it has a part in
 */
record FileVerdict(FileEntry file, String status, long length, int verified, int pieces) {
  boolean isOk() {
    return status.equals("ok");
  }

  /** What is more to say to a person; empty if the status says it all. */
  String detail() {
    String verifiedPieces = verified + " of " + pieces + " pieces";
    return switch (status) {
      case "shorter" -> length + " of " + file.length() + " bytes, " + verifiedPieces;
      case "longer" -> "by " + (length - file.length()) + " bytes, " + verifiedPieces;
      case "damaged" -> verifiedPieces;
      default -> "";
    };
  }
}
