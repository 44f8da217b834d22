/**
 * Trackers that are asked by HTTP or HTTPS (BEP 3, 7, 23, 31, 48). Trackers are confined to the
 * event loop; the requests themselves run on workers, which share nothing with it but messages.
 */
@NullMarked
package org.webtorrent4j.tracker.http;

import org.jspecify.annotations.NullMarked;
