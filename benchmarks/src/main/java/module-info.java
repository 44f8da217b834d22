/** The benchmarks of webtorrent4j. */
module org.webtorrent4j.benchmarks {
  requires org.webtorrent4j.all;
}
