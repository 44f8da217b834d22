package org.webtorrent4j.webrtc.sdp;

/**
 * By what a peer's certificate is known (RFC 8122).
 *
 * @param algorithm in small letters, such as {@code sha-256}
 * @param value bytes in hexadecimal, capital letters, with colons between
 */
public record Fingerprint(String algorithm, String value) {}
