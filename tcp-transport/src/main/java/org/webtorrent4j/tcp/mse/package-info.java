/**
 * The handshake of message stream encryption (MSE/PE): bytes in, bytes out. It knows no socket, no
 * clock and no thread.
 */
@NullMarked
package org.webtorrent4j.tcp.mse;

import org.jspecify.annotations.NullMarked;
