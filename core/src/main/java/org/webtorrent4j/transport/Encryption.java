package org.webtorrent4j.transport;

/**
 * The policy for message stream encryption (MSE/PE), which hides the protocol but protects nothing.
 * Transports that are encrypted by nature ignore it.
 */
public enum Encryption {
  /** Plaintext only, both ways. */
  DISABLED,
  /** Dials in plaintext and, if that fails, once with MSE; accepts both. */
  ALLOWED,
  /** Dials with MSE and, if that fails, once in plaintext; accepts both; plaintext payload wins. */
  PREFERRED,
  /** MSE with RC4 payload only, both ways. */
  REQUIRED
}
