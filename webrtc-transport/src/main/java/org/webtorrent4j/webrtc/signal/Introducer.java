package org.webtorrent4j.webrtc.signal;

import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.webrtc.signal.json.SignalMessage;
import org.webtorrent4j.webrtc.signal.json.SignalWriter;

/** Takes the offers and answers that one tracker hands on. Confined to the event loop. */
final class Introducer {
  private final Signalling client;
  private final SignalTracker tracker;
  private final Link link;

  Introducer(Signalling client, SignalTracker tracker, Link link) {
    this.client = client;
    this.tracker = tracker;
    this.link = link;
  }

  /** Takes what a message for a torrent of ours carries of both. */
  void onMessage(Room room, SignalMessage message) {
    PeerId from = message.peerId();
    String offerId = message.offerId();
    if (from == null || offerId == null || from.equals(tracker.peerId())) {
      return; // some trackers echo our own
    }
    if (message.answer() != null) {
      client.onAnswer(tracker, room.infoHash, from, offerId, message.answer());
    }
    if (message.offer() != null) {
      int socket = link.generation();
      client.onOffer(
          tracker,
          room.infoHash,
          from,
          message.offer(),
          sdp -> link.generation() == socket && answer(room, from, offerId, sdp));
    }
  }

  private boolean answer(Room room, PeerId to, String offerId, String sdp) {
    boolean isThere = link.isUp() && tracker.has(room);
    if (isThere) {
      link.send(
          SignalWriter.answer(room.infoHash, tracker.peerId(), to, offerId, sdp, room.trackerId));
    }
    return isThere;
  }
}
