/** The command line program {@code webtorrent}, and the snippets of the README. */
module org.webtorrent4j.examples {
  requires info.picocli;
  requires org.eclipse.jetty.server;
  requires org.jspecify;
  requires org.webtorrent4j.all;
  requires org.webtorrent4j.tracker.server;

  opens org.webtorrent4j.examples to
      info.picocli;
  opens org.webtorrent4j.examples.option to
      info.picocli;
}
