package org.webtorrent4j.tracker;

/** Told how an announce ended. Called on the event loop. */
public interface AnnounceHandler {
  /** The tracker answered. */
  void onResponse(AnnounceResponse response);

  /** It did not, or it refused. */
  void onFailure(TrackerException cause);
}
