// Cards that come with an answer: a stretch shown step by step, an appointment, or any other titled steps.
import { icon, make } from "./dom.js";
import { draw } from "./markdown.js";
import { period } from "./slots.js";
import { say } from "./strings.js";

/** A card of any kind; keys it does not have are left out. */
export function drawCard(card) {
  return make(
    "section",
    { class: `card ${card.kind}`, "aria-label": card.title },
    make("h3", {}, card.title),
    card.text ? draw(card.text) : null,
    card.position ? make("p", { class: "fact" }, make("strong", {}, say("position")), " ", card.position) : null,
    advice("notIf", card.not_if, "alert"),
    drawSteps(card),
    dose(card),
    advice("stopIf", card.stop_if, "note"),
  );
}

/** The facts of an appointment. */
export function drawAppointment(appointment) {
  const { reference, start, end, treatment, therapist, price, status } = appointment;
  const facts = { time: period(start, end), treatment, therapist, price, status, reference };
  return make(
    "section",
    { class: "card appointment", "aria-label": say("appointment") },
    make("h3", {}, say("appointment")),
    make(
      "dl",
      {},
      Object.entries(facts)
        .filter(([, value]) => value !== null && value !== undefined)
        .map(([key, value]) => make("div", {}, make("dt", {}, say(key)), make("dd", {}, String(value)))),
    ),
  );
}

// The lines of a safety check come in no order that a visitor would follow.
function drawSteps({ kind, steps }) {
  if (!steps?.length) return null;
  if (kind === "safety_check") return make("ul", { class: "lines" }, steps.map(({ text }) => make("li", {}, draw(text))));
  return make("ol", { class: "steps" }, steps.map(drawStep));
}

function drawStep({ text, picture, alt, seconds }) {
  return make(
    "li",
    {},
    picture ? make("img", { src: picture, alt: alt ?? "", width: 320, height: 200, decoding: "async" }) : null,
    make("div", {}, draw(text), seconds ? make("p", { class: "hold" }, icon("clock"), say("hold", { seconds })) : null),
  );
}

function dose({ dose: text, both_sides: both }) {
  if (!text && !both) return null;
  return make("p", { class: "fact" }, make("strong", {}, say("dose")), ` ${[text, both ? say("bothSides") : null].filter(Boolean).join(" ")}`);
}

function advice(key, items, symbol) {
  if (!items?.length) return null;
  return make(
    "div",
    { class: `advice ${key}` },
    make("p", {}, icon(symbol), make("strong", {}, say(key))),
    make("ul", {}, items.map((item) => make("li", {}, draw(item)))),
  );
}
