package org.webtorrent4j.bencode;

/**
 * One bencoded value: a view of the bytes that {@link BencodeReader} has checked. A view keeps the
 * whole source alive, and the source must not be changed while views of it are in use.
 */
public sealed interface BValue permits BInteger, BString, BList, BDict {
  /** Offset of the value's first byte in the source. */
  int start();

  /** Offset after the value's last byte in the source: where a payload may follow. */
  int end();

  /** A copy of the value's bytes as they stand in the source, canonical or not. */
  byte[] raw();
}
