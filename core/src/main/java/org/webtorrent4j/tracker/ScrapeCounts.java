package org.webtorrent4j.tracker;

/**
 * A torrent's counts at a tracker (BEP 48).
 *
 * @param seeds peers that are complete
 * @param leeches peers that are not
 * @param completed how often the torrent was downloaded, ever
 */
public record ScrapeCounts(int seeds, int leeches, int completed) {}
