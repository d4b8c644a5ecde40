// Speaks finished messages to screen readers, once, from a hidden region apart from the visible list.

const AFTER_FOCUS_MS = 400; // a text set while focus moves is dropped by some screen readers
const KEEP_MS = 15000; // long enough to be read, short enough not to be found again

export class Announcer {
  #region;

  /** region: an element with a live role that has been empty since the page loaded. */
  constructor(region) {
    this.#region = region;
  }

  announce(text) {
    setTimeout(() => {
      const line = document.createElement("p");
      line.textContent = text;
      this.#region.append(line);
      setTimeout(() => line.remove(), KEEP_MS);
    }, AFTER_FOCUS_MS);
  }
}
