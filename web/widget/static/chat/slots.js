// Free times to choose from, by day, in the clinic's own clock.
import { drawChoices } from "./choices.js";
import { make } from "./dom.js";
import { say } from "./strings.js";

const DAY = { weekday: "long", month: "long", day: "numeric" };
const TIME = { hour: "numeric", minute: "2-digit" };

/** Groups of buttons, one per day; a slot's id is the id of its button. */
export function drawSlots(slots, onChoose) {
  const place = make("div", { class: "slots", role: "group", "aria-label": say("slots") });
  for (const day of new Set(slots.map(({ start }) => dayOf(start)))) {
    const items = slots.filter(({ start }) => dayOf(start) === day).map((slot) => ({ id: slot.id, title: titleOf(slot), answer: `${day}, ${titleOf(slot)}` }));
    const group = drawChoices(items, (item, click) => onChoose({ id: item.id, title: item.answer }, click), day);
    place.append(make("h3", {}, day), group);
  }
  return place;
}

/** "Tuesday, November 24, 10:00 – 11:00 a.m." */
export function period(start, end) {
  return `${dayOf(start)}, ${clock(TIME).formatRange(wall(start), wall(end ?? start))}`;
}

function titleOf({ start, therapist }) {
  return therapist ? say("slotWith", { time: timeOf(start), therapist }) : timeOf(start);
}

function dayOf(moment) {
  return clock(DAY).format(wall(moment));
}

function timeOf(moment) {
  return clock(TIME).format(wall(moment));
}

// The moment carries the clinic's offset; its own digits are the clinic's clock, wherever the visitor is.
function wall(moment) {
  return new Date(`${moment.slice(0, 16)}Z`);
}

function clock(options) {
  return new Intl.DateTimeFormat("en-CA", { ...options, timeZone: "UTC" });
}
