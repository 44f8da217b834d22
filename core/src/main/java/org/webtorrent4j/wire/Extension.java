package org.webtorrent4j.wire;

import java.util.Optional;

/** The extensions of BEP 10 that we speak, each with its name on the wire and our number for it. */
public enum Extension {
  /** Metadata from peers (BEP 9). */
  UT_METADATA(1, "ut_metadata"),
  /** Peer exchange (BEP 11). */
  UT_PEX(2, "ut_pex"),
  /** The loss of a piece (BEP 54). */
  LT_DONTHAVE(3, "lt_donthave"),
  /** The end of interest in any piece, while connected (BEP 21). */
  UPLOAD_ONLY(4, "upload_only");

  private final int id;
  private final String wireName;

  Extension(int id, String wireName) {
    this.id = id;
    this.wireName = wireName;
  }

  /** The number that we advertise: what comes in carries it, what we send carries the peer's. */
  public int id() {
    return id;
  }

  /** The name in the extension handshake. */
  public String wireName() {
    return wireName;
  }

  /** The extension to which we gave this number. */
  public static Optional<Extension> of(int id) {
    for (Extension extension : values()) {
      if (extension.id == id) {
        return Optional.of(extension);
      }
    }
    return Optional.empty();
  }
}
