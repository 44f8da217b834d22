package org.webtorrent4j.rtc.stun;

/** Numbers of attributes, RFC 8489 18.3 and RFC 8445 16.1. */
final class StunAttribute {
  static final int MAPPED_ADDRESS = 0x0001;
  static final int USERNAME = 0x0006;
  static final int MESSAGE_INTEGRITY = 0x0008;
  static final int ERROR_CODE = 0x0009;
  static final int UNKNOWN_ATTRIBUTES = 0x000a;
  static final int XOR_MAPPED_ADDRESS = 0x0020;
  static final int PRIORITY = 0x0024;
  static final int USE_CANDIDATE = 0x0025;
  static final int FINGERPRINT = 0x8028;
  static final int ICE_CONTROLLED = 0x8029;
  static final int ICE_CONTROLLING = 0x802a;

  /** Who does not know an attribute below must refuse the request; others may be skipped. */
  static final int OPTIONAL = 0x8000;

  private StunAttribute() {}
}
