// The visitor's right to one conversation: the token the server signed, carried on every request.
import { keep, kept } from "./keep.js";

const NAME = "clinic-chat-session";
const PATIENCE_MS = 15000;

/** Fires "replaced" when the server no longer knew the token and a new conversation began. */
export class Session extends EventTarget {
  #current = unexpired(kept(NAME));
  #opening = null;

  /** Whether a conversation from before a reload is being continued. */
  get continued() {
    return this.#current !== null;
  }

  /** fetch() with the token. Opens a conversation first if there is none; on 401 begins a new one and throws SessionReplaced. */
  async request(path, options = {}) {
    const { token } = await this.#open();
    const headers = { ...options.headers, Authorization: `Bearer ${token}` };
    const response = await fetch(path, { ...options, headers, cache: "no-store", credentials: "omit" });
    if (response.status !== 401) return response;
    await this.#replace(token);
    throw new SessionReplaced();
  }

  /** Has the server forget the conversation. The next request opens a new one. Throws when it could not. */
  async forget() {
    const old = this.#current;
    if (old) {
      const headers = { Authorization: `Bearer ${old.token}` };
      const response = await fetch("/chat/session", { method: "DELETE", headers, credentials: "omit" });
      if (!response.ok && response.status !== 401 && response.status !== 404) throw new Error(`DELETE gave ${response.status}`);
    }
    this.#keep(null);
  }

  async #replace(refused) {
    if (this.#current?.token === refused) {
      this.#keep(null);
      await this.#open();
      this.dispatchEvent(new Event("replaced"));
    }
  }

  #open() {
    if (this.#current) return this.#current;
    this.#opening ??= create()
      .then((created) => this.#keep(created))
      .finally(() => (this.#opening = null));
    return this.#opening;
  }

  #keep(session) {
    this.#current = session;
    keep(NAME, session);
    return session;
  }
}

export class SessionReplaced extends Error {}

async function create() {
  const response = await fetch("/chat/session", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ language: document.documentElement.lang }),
    credentials: "omit",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) throw new Error(`POST /chat/session gave ${response.status}`);
  return response.json();
}

function unexpired(session) {
  const past = session?.expires_at && new Date(session.expires_at) <= new Date();
  return session?.token && !past ? session : null;
}
