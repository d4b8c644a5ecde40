// One quiet line under an answer: how sure it is, what it rests on, and who has checked it.
import { icon, make } from "./dom.js";
import { link } from "./markdown.js";
import { say } from "./strings.js";

/** The strengths of evidence; anything else is no clinical claim. */
export const GRADES = new Set(["strong", "mixed", "weak", "none"]);

/** The line, closed; null when there is nothing to tell. */
export function drawEvidence({ evidence, sources = [], review = null }) {
  const graded = GRADES.has(evidence);
  const origin = graded ? say("howSure") : evidence === "clinic fact" ? say("clinicInformation") : null;
  if (!graded && !sources?.length) return null;
  const summary = [origin, sources?.length ? say("sources") : null].filter(Boolean).join(" · ");
  return make(
    "details",
    { class: "evidence" },
    make("summary", {}, icon("down"), summary),
    graded ? make("p", {}, say(evidence)) : null,
    sources?.length ? make("ul", {}, sources.map(drawSource)) : null,
    review ? make("p", { class: "review" }, review) : null,
  );
}

function drawSource({ title, publisher, url }) {
  return make("li", {}, link(title, url ?? ""), publisher ? make("span", { class: "publisher" }, publisher) : null);
}
