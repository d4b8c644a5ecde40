// The page around the chat, where there is one. It opens the chat and tells the clinic's number; the chat asks it to close.

const PHONE = /^[\d\s+().-]{3,24}$/;

export class Host {
  #origin = null;

  /** onPhone(number) and onOpen() pass on what the page says. */
  constructor({ onPhone, onOpen }) {
    window.addEventListener("message", (event) => {
      if (event.source !== window.parent || window.parent === window) return;
      const { clinicChat: word, phone } = event.data ?? {};
      if (word === "hello" && this.#origin === null) {
        this.#origin = event.origin; // the first to speak from the parent window; nobody else is heard after
        if (PHONE.test(phone)) onPhone(phone);
        this.#tell("ready");
      } else if (word === "open" && event.origin === this.#origin) onOpen();
    });
  }

  close() {
    this.#tell("close");
  }

  #tell(word) {
    if (this.#origin !== null) window.parent.postMessage({ clinicChat: word }, this.#origin);
  }
}

export const framed = window.parent !== window;
