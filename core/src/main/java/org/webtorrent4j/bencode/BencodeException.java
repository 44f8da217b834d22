package org.webtorrent4j.bencode;

import java.io.IOException;

/** Bytes that are not valid bencoding; the message names the fault and its offset. */
public final class BencodeException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int offset;

  /** A fault at an offset in bytes from the beginning of the input. */
  public BencodeException(String fault, int offset) {
    super(fault + " at offset " + offset);
    this.offset = offset;
  }

  /** Where the fault is, in bytes from the beginning of the input. */
  public int offset() {
    return offset;
  }
}
