/**
 * DTLS 1.2 as WebRTC uses it (RFC 6347, RFC 5764 without SRTP, RFC 8842): one cipher suite,
 * certificates on both sides that are known by their fingerprints only, extended master secret, no
 * session resumption. Datagrams and a time in, datagrams and plaintext out: no socket, thread or
 * clock. An endpoint and its parts are confined to the thread that calls it; expensive public-key
 * work is handed out by {@link org.webtorrent4j.rtc.dtls.DtlsEndpoint.Output#offload}.
 */
@NullMarked
package org.webtorrent4j.rtc.dtls;

import org.jspecify.annotations.NullMarked;
