package org.webtorrent4j.tcp.mse;

/**
 * What an MSE handshake agreed on.
 *
 * @param isEncrypted whether the payload is RC4, else plaintext
 * @param receiving the stream of what comes, at the first byte of the payload
 * @param sending the stream of what goes, at the first byte of the payload
 * @param initialPayload payload that came inside of the handshake, decrypted; the rest follows it
 */
public record MseOutcome(boolean isEncrypted, Rc4 receiving, Rc4 sending, byte[] initialPayload) {}
