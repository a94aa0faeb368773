package org.sillok.testdata.soak.chain;

/** What goes wrong. */
enum FaultKind {
  REFUSED("the node refuses connections"),
  BROKEN("connections break before the node has seen the request"),
  REPLY_LOST("the node has taken the transaction, its reply is lost"),
  HALF_ANSWER("answers stop in the middle"),
  SILENCE("the node is silent for longer than anybody waits"),
  GATEWAY("a gateway answers 502"),
  GARBAGE("answers are not JSON"),
  EMPTY_ANSWER("answers have no result"),
  CHAIN_HALTED("no block for some seconds"),
  NODE_RESTARTED("the node is restarted between sending and receipt"),
  POOL_WIPED("the node forgets what waits for a block"),
  NONCE_TAKEN("somebody else uses the key and takes the nonce"),
  REVERTED("the hospital is suspended in the block that has its head; it is re-admitted later"),
  REORGANISED_1("the block with the head is taken back"),
  REORGANISED_5("five blocks are taken back, the head in the first of them"),
  TWO_AT_ONCE("both servers publish at the same moment"),
  SERVER_KILLED("a server is killed at one step of publishing"),
  ALL_KILLED("both servers are killed while a head waits for its block"),
  SERVER_FROZEN("a server stands still while it sends, and goes on later"),
  DISK_FULL("the database has no space for some seconds"),
  CLOCK_SKEWED("the node's clock jumps by an hour");

  private final String words;

  FaultKind(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
