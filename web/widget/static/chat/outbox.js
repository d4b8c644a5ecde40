// What the visitor has said and the server has not yet shown to have: sending, sent or failed.
// Each message has an id made here, so sending it twice says it once.
import { keep, kept } from "./keep.js";
import { SessionReplaced } from "./session.js";

const NAME = "clinic-chat-outbox";
const TRIES = 3;
const PAUSE_MS = 1500;
const PATIENCE_MS = 15000;

export class Outbox {
  #session;
  #onChange;
  #onAccepted;
  #entries = kept(NAME) ?? [];
  #working = false;

  /** onChange(entry) is told of every new state; onAccepted() that the server has one which it has not shown yet. */
  constructor({ session, onChange, onAccepted }) {
    this.#session = session;
    this.#onChange = onChange;
    this.#onAccepted = onAccepted;
  }

  /** Sends typed text, or the press of an offered button (whose title is then the text shown). */
  send({ text, button = null }) {
    this.#put({ id: uuid(), text, button, state: "sending", problem: null });
    this.#work();
  }

  retry(id) {
    const entry = this.#find(id);
    if (entry?.state === "failed") {
      this.#set(entry, "sending");
      this.#work();
    }
  }

  /** The server's own record of this message has arrived. */
  settle(id) {
    this.#entries = this.#entries.filter((entry) => entry.id !== id);
    this.#keep();
  }

  /** After a reload: shows and sends what had not arrived. */
  resume() {
    for (const entry of [...this.#entries]) this.#onChange(entry);
    this.#work();
  }

  clear() {
    this.#entries = [];
    this.#keep();
  }

  async #work() {
    if (this.#working) return;
    this.#working = true;
    try {
      for (let entry; (entry = this.#entries.find(({ state }) => state === "sending")); ) await this.#deliver(entry);
    } finally {
      this.#working = false;
    }
  }

  async #deliver(entry) {
    let problem = null;
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      if (!this.#find(entry.id)) return; // settled by the stream, or cleared
      try {
        const response = await this.#post(entry);
        if (response.ok) {
          if (this.#find(entry.id)) this.#onAccepted();
          this.#set(entry, "sent");
          return;
        }
        if (response.status < 500) {
          problem = await reasonOf(response);
          break;
        }
      } catch (error) {
        if (error instanceof SessionReplaced) continue;
      }
      if (attempt < TRIES) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * attempt));
    }
    if (this.#find(entry.id)) this.#set(entry, "failed", problem);
  }

  #post({ id, text, button }) {
    return this.#session.request("/chat/messages", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(button ? { id, button } : { id, text }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  }

  #find(id) {
    return this.#entries.find((entry) => entry.id === id);
  }

  #put(entry) {
    this.#entries.push(entry);
    this.#keep();
    this.#onChange(entry);
  }

  #set(entry, state, problem = null) {
    entry.state = state;
    entry.problem = problem;
    this.#keep();
    if (this.#find(entry.id)) this.#onChange(entry);
  }

  #keep() {
    keep(NAME, this.#entries.length ? this.#entries : null);
  }
}

async function reasonOf(response) {
  try {
    return (await response.json()).error ?? null;
  } catch {
    return null;
  }
}

function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // Over plain http browsers leave randomUUID out; this is the same version 4 by hand.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
