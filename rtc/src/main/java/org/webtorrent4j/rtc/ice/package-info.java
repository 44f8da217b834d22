/**
 * ICE for one stream of datagrams to one peer, RFC 8445, with consent, RFC 7675: which address of
 * the peer answers us, and whether it still wants to hear from us. All peers share one socket, so a
 * pair of candidates is just an address of the peer. Messages and a time in, datagrams and events
 * out; confined to the thread that calls.
 */
@NullMarked
package org.webtorrent4j.rtc.ice;

import org.jspecify.annotations.NullMarked;
