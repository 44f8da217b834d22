/**
 * The UDP tracker protocol (BEP 15). One thread receives packets, answers each at once and keeps
 * nothing of its own: connection ids are computed, not remembered.
 */
@NullMarked
package org.webtorrent4j.tracker.server.udp;

import org.jspecify.annotations.NullMarked;
