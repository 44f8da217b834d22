package org.webtorrent4j.tracker;

/** A tracker and how it does. */
public record TrackerStatus(String url) {}
