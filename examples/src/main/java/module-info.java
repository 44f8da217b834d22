/** The examples of webtorrent4j. */
module org.webtorrent4j.examples {
  requires org.webtorrent4j.all;
}
