// Replies offered as buttons. Used ones stay where they are, marked, so that nothing moves under the reader.
import { icon, make, unseen } from "./dom.js";
import { say } from "./strings.js";

/** A group of buttons; items are {id, title}, onChoose(item, click) is called once. */
export function drawChoices(items, onChoose, label = say("choices")) {
  const group = make("ul", { class: "choices", "aria-label": label });
  for (const item of items) {
    const button = make("button", { type: "button", class: "choice", "data-choice": item.id }, item.title);
    button.addEventListener("click", (click) => {
      if (button.getAttribute("aria-disabled") === "true") return;
      markUsed(group, item.id);
      onChoose(item, click);
    });
    group.append(make("li", {}, button));
  }
  return group;
}

/** Takes back what is offered in a place and was not used. */
export function withdrawChoices(place) {
  for (const group of place.querySelectorAll(".choices:not(:has([aria-disabled]))")) (group.closest(".slots") ?? group).hidden = true;
}

/** Marks the group that holds this choice as used. */
export function markUsed(group, id) {
  for (const button of group.querySelectorAll("[data-choice]")) {
    button.setAttribute("aria-disabled", "true");
    button.tabIndex = -1;
    if (button.dataset.choice === id) button.append(icon("tick"), unseen(` (${say("chosen")})`));
  }
}
