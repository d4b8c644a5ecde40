// The urgent advice that stays at the top of the chat until it was a mistake, or the visitor starts over.
import { icon, make } from "./dom.js";
import { say } from "./strings.js";

const call = (number, strong = false) => ({ href: `tel:${number}`, key: `call${number}`, strong });
const LEVELS = {
  same_day: { rank: 1, headline: "sameDayHeadline", icon: "clock", numbers: [call(811, true), call(911)] },
  crisis: { rank: 2, headline: "crisisHeadline", icon: "heart", numbers: [call(988, true), { href: "sms:988", key: "text988" }, call(911)] },
  emergency: { rank: 2, headline: "emergencyHeadline", icon: "alert", numbers: [call(911, true)] },
};

/** Whether an alert takes the place of everything else. */
export const isUrgent = (alert) => alert in LEVELS;

export class Banner {
  #place;
  #level = null;

  constructor(place) {
    this.#place = place;
  }

  /** Shows a level ("emergency", "crisis", "same_day"), spoken at once unless it is history. A lesser level never replaces a graver one; other alerts show nothing. */
  raise(name, { history }) {
    const level = LEVELS[name];
    if (!level || (this.#level && LEVELS[this.#level].rank > level.rank)) return;
    if (this.#level === name) return;
    this.#level = name;
    this.#place.replaceChildren();
    this.#place.className = `banner ${name}`;
    this.#place.setAttribute("aria-label", say("urgentHelp"));
    this.#place.setAttribute("role", history ? "region" : "alert");
    this.#place.append(
      make("p", { class: "headline" }, icon(level.icon), make("strong", {}, say(level.headline))),
      make("p", { class: "row" }, level.numbers.map(({ href, key, strong }) => make("a", { href, class: strong ? "strong" : "plain" }, say(key)))),
    );
  }

  clear() {
    this.#level = null;
    this.#place.replaceChildren();
    for (const name of ["class", "role", "aria-label"]) this.#place.removeAttribute(name);
  }
}
