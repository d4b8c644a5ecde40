// Brings the conversation's events, each once and in order, over whatever the connection allows:
// server-sent events read with fetch (EventSource cannot carry the token), else long-polling.

const SILENCE_MS = 45000; // the server pings every 15 s; three missed pings mean a dead connection
const EXPECTED_MS = 5000; // a turn's first event comes at once; later than this, something holds the stream back
const POLL_SECONDS = 20; // below the 30 s after which common proxies cut a waiting request
const POLLING_MS = 300000; // how long we poll before trying the stream again
const PATIENCE_MS = 15000; // beyond the wait we asked for
const STREAM_TRIES = 3;
const PAUSE_MS = { first: 800, longest: 20000 };

export class Stream {
  #session;
  #onEvents;
  #onState;
  #last = 0;
  #caughtUp;
  #current = null;
  #pollUntil = 0;
  #streamFailures = 0;
  #failures = 0;
  #expecting = 0;
  #wake = () => {};

  /** onEvents(events, {history}) gets each event once; history is what was there before this page, and comes
   * first, even if empty, when a conversation is continued. onState("open" | "lost") tells how the connection is. */
  constructor({ session, onEvents, onState }) {
    this.#session = session;
    this.#onEvents = onEvents;
    this.#onState = onState;
    this.#caughtUp = !session.continued;
    window.addEventListener("online", () => this.#wake());
    document.addEventListener("visibilitychange", () => document.hidden || this.#wake());
  }

  async run() {
    for (;;) {
      this.#current = new AbortController();
      try {
        if (!this.#caughtUp) await this.#catchUp();
        if (Date.now() < this.#pollUntil) await this.#poll(POLL_SECONDS);
        else await this.#listen();
      } catch (error) {
        if (error instanceof Restarted || this.#current.signal.reason instanceof Restarted) continue;
        if (error instanceof Gap) {
          this.#caughtUp = false;
          continue;
        }
        this.#failures += 1;
        if (this.#failures > 1 || !navigator.onLine) this.#onState("lost");
        await this.#pause();
      }
    }
  }

  /** Starts from the first event again: the conversation is another one. */
  restart() {
    this.#last = 0;
    this.#caughtUp = true;
    clearTimeout(this.#expecting);
    this.#current?.abort(new Restarted());
    this.#wake();
  }

  /** A message was accepted, so events are due. If the stream brings none, something buffers it: poll instead. */
  expect() {
    this.#wake(); // the server is there again, if it was away
    clearTimeout(this.#expecting);
    if (this.#pollUntil > Date.now()) return;
    const before = this.#last;
    this.#expecting = setTimeout(() => {
      if (this.#last === before) this.#fallBack();
    }, EXPECTED_MS);
  }

  async #catchUp() {
    const history = this.#last === 0;
    const events = await this.#fetchEvents(0);
    this.#caughtUp = true;
    this.#take(events, { history, gapsAllowed: true });
    this.#open();
  }

  async #poll(waitSeconds) {
    const asked = Date.now();
    const events = await this.#fetchEvents(waitSeconds);
    this.#take(events, { history: false });
    this.#open();
    if (!events.length && Date.now() - asked < 1000) await this.#pause(); // a server that does not wait
  }

  async #fetchEvents(waitSeconds) {
    const { signal } = this.#current;
    const late = setTimeout(() => this.#current.abort(new Error("silence")), waitSeconds * 1000 + PATIENCE_MS);
    try {
      const response = await this.#session.request(`/chat/messages?after=${this.#last}&wait=${waitSeconds}`, { signal });
      if (!response.ok) throw new Error(`GET /chat/messages gave ${response.status}`);
      return (await response.json()).events;
    } finally {
      clearTimeout(late);
    }
  }

  async #listen() {
    const connection = this.#current;
    let watchdog = 0;
    const stillAlive = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => connection.abort(new Error("silence")), SILENCE_MS);
    };
    try {
      stillAlive();
      const response = await this.#session.request("/chat/stream", {
        headers: { Accept: "text/event-stream", "Last-Event-ID": String(this.#last) },
        signal: connection.signal,
      });
      if (!response.ok || !response.headers.get("Content-Type")?.startsWith("text/event-stream")) {
        throw new Error(`GET /chat/stream gave ${response.status}`);
      }
      this.#open();
      for await (const data of messagesOf(response.body, stillAlive)) {
        this.#streamFailures = 0;
        this.#take([JSON.parse(data)], { history: false });
      }
      await this.#pause(); // the server closed it in good order, as it may at any time
    } catch (error) {
      if (!(error instanceof Gap) && !(connection.signal.reason instanceof Restarted)) {
        this.#streamFailures += 1;
        if (this.#streamFailures >= STREAM_TRIES) this.#pollUntil = Date.now() + POLLING_MS;
      }
      throw error;
    } finally {
      clearTimeout(watchdog);
      connection.abort();
    }
  }

  #take(events, { history, gapsAllowed = false }) {
    const fresh = [];
    for (const event of events) {
      if (event.seq <= this.#last) continue;
      if (event.seq !== this.#last + 1 && !gapsAllowed) throw new Gap();
      this.#last = event.seq;
      fresh.push(event);
    }
    if (fresh.length || history) this.#onEvents(fresh, { history });
  }

  #open() {
    this.#failures = 0;
    this.#onState("open");
  }

  #fallBack() {
    this.#pollUntil = Date.now() + POLLING_MS;
    this.#current?.abort(new Restarted());
    this.#wake();
  }

  async #pause() {
    const longest = Math.min(PAUSE_MS.longest, PAUSE_MS.first * 2 ** Math.max(0, this.#failures - 1));
    const pause = longest * (0.5 + Math.random() / 2); // spread out, so that all visitors do not return at once
    await new Promise((resolve) => {
      this.#wake = resolve;
      setTimeout(resolve, pause);
    });
  }
}

class Gap extends Error {}
class Restarted extends Error {}

async function* messagesOf(body, onBytes) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let data = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onBytes();
    const lines = (rest + value).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop();
    for (const line of lines) {
      if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
      else if (line === "" && data.length) {
        yield data.join("\n");
        data = [];
      }
    }
  }
}
