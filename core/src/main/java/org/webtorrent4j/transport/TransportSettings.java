package org.webtorrent4j.transport;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * The part of the client's options that concerns transports.
 *
 * @param port the port to listen on; 0 = any free one
 * @param bindAddresses local addresses to listen on and dial from; empty = all
 * @param encryption what to do about message stream encryption, where a transport has it
 * @param connectTimeout how long opening a connection may take
 * @param handshakeTimeout how long negotiating encryption may take after that
 */
public record TransportSettings(
    int port,
    List<InetAddress> bindAddresses,
    Encryption encryption,
    Duration connectTimeout,
    Duration handshakeTimeout) {
  /** Copies the lists. */
  public TransportSettings {
    bindAddresses = List.copyOf(bindAddresses);
  }
}
