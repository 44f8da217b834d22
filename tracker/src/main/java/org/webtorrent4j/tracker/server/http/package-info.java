/**
 * HTTP: announces, scrapes and pages with numbers. Runs on the threads of the web server, keeps
 * nothing but counters.
 */
@NullMarked
package org.webtorrent4j.tracker.server.http;

import org.jspecify.annotations.NullMarked;
