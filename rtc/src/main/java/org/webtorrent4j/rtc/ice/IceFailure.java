package org.webtorrent4j.rtc.ice;

/** Why a peer cannot be reached, or not any more. */
public enum IceFailure {
  /** No address of the peer has answered. */
  UNREACHABLE,
  /** The peer has not answered for too long, or said that it wants nothing more. */
  CONSENT_LOST
}
