/**
 * WebSocket signalling as WebTorrent clients speak it: peers announce, and the tracker carries
 * their offers of WebRTC connections to others and the answers back. JSON in and out is in {@link
 * org.webtorrent4j.tracker.server.websocket.Message} and {@link
 * org.webtorrent4j.tracker.server.websocket.Replies}, what is done with it in {@link
 * org.webtorrent4j.tracker.server.websocket.Signalling}; the rest is about sockets. Messages of one
 * socket are handled one after another, those of different sockets on several threads of the web
 * server.
 */
@NullMarked
package org.webtorrent4j.tracker.server.websocket;

import org.jspecify.annotations.NullMarked;
