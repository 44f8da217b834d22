package org.webtorrent4j.tracker.server;

/**
 * What a tracker server knows and did.
 *
 * @param torrents torrents with at least one peer
 * @param peers entries of peers; one that is in two torrents counts twice
 * @param seeds those that are complete
 * @param leeches those that are not
 * @param ipv4 those with an IPv4 address
 * @param ipv6 those with an IPv6 address
 * @param announces announces that were answered
 * @param scrapes scrapes that were answered
 * @param refusals requests that were refused
 */
public record TrackerStats(
    int torrents,
    int peers,
    int seeds,
    int leeches,
    int ipv4,
    int ipv6,
    long announces,
    long scrapes,
    long refusals) {}
