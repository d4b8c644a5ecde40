// One answer of the assistant: its words, what is behind "More", its cards, its evidence.
import { isUrgent } from "./banner.js";
import { drawAppointment, drawCard } from "./cards.js";
import { icon, make, unseen } from "./dom.js";
import { drawEvidence, GRADES } from "./evidence.js";
import { draw, plain } from "./markdown.js";
import { say } from "./strings.js";

/** The parts of a bot event that only show something; buttons and slots are the conversation's. asked: the visitor's words. */
export function drawAnswer(event, asked) {
  const title = titleOf(event, asked);
  return [
    event.alert === "see_doctor" ? make("p", { class: "flag" }, icon("note"), make("strong", {}, say("seeDoctorHeadline"))) : null,
    title ? make("h2", {}, title) : null,
    make("div", { class: "words" }, draw(event.text ?? "")),
    ...(event.more ? drawMore(event) : []),
    ...(event.cards ?? []).map(drawCard),
    event.appointment ? drawAppointment(event.appointment) : null,
    drawEvidence(event),
  ].filter(Boolean);
}

/** What a screen reader should hear when the answer arrives. */
export function spoken(event, asked) {
  const title = titleOf(event, asked);
  const choices = (event.buttons?.length ?? 0) + (event.slots?.length ?? 0);
  return [
    say("assistant"),
    title ? title.replace(/[^.?!]$/, "$&.") : "",
    plain(event.text ?? ""),
    ...(event.cards ?? []).flatMap(({ title, steps }) => [
      say("announcedCard", { title }),
      ...announced(steps ?? []),
    ]),
    choices ? say("announcedChoices", { count: choices }) : "",
  ]
    .filter(Boolean)
    .join(" ");
}

// Steps with pictures are looked at one by one; lines without are heard at once.
function announced(steps) {
  if (steps.some(({ picture }) => picture)) return [say("announcedSteps", { count: steps.length })];
  return steps.map(({ text }) => plain(text).replace(/[^.?!]$/, "$&."));
}

// A title tells which question was understood. Where the visitor used those very words, or the answer is urgent
// or small talk, it would only stand in the way.
function titleOf({ question, evidence, alert }, asked) {
  return question && !isUrgent(alert) && GRADES.has(evidence) && letters(question) !== letters(asked) ? question : null;
}

function letters(text) {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

function drawMore({ id: eventId, question, more }) {
  const id = `more-${eventId}`;
  const text = make("div", { id, class: "words", hidden: true }, draw(more));
  const button = make(
    "button",
    { type: "button", class: "more", "aria-expanded": "false", "aria-controls": id },
    icon("down"),
    say("more"),
    question ? unseen(` ${say("moreAbout", { question })}`) : null,
  );
  button.addEventListener("click", () => {
    text.hidden = !text.hidden;
    button.setAttribute("aria-expanded", String(!text.hidden));
  });
  return [button, text];
}
