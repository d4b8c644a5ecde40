// Draws the conversation's events, and the visitor's messages on their way, into the visible list.
import { drawAnswer, spoken } from "./answer.js";
import { isUrgent } from "./banner.js";
import { drawChoices, markUsed, withdrawChoices } from "./choices.js";
import { make, unseen } from "./dom.js";
import { draw, plain } from "./markdown.js";
import { drawSlots } from "./slots.js";
import { say, sayOrCall } from "./strings.js";

const TYPING_MS = 60000; // a turn that never ended must not seem to be typing for ever
const NEAR_PX = 40;

export class Conversation {
  /** The clinic's telephone number, where the page around the chat told it. */
  phone = "";
  #list;
  #typing;
  #scroller;
  #announcer;
  #banner;
  #say; // {send({text, button}), retry(id)}
  #focusComposer;
  #said = new Map(); // message id → {text, button, item}
  #running = new Set(); // ids of turns that have not ended
  #typingTimer = 0;
  #turn = null; // the item the visitor's eye starts from
  #scrolledTo = 0;

  constructor({ list, typing, scroller, announcer, banner, outbox, focusComposer }) {
    this.#list = list;
    this.#typing = typing;
    this.#scroller = scroller;
    this.#announcer = announcer;
    this.#banner = banner;
    this.#say = outbox;
    this.#focusComposer = focusComposer;
    new ResizeObserver(() => this.#follow()).observe(scroller);
  }

  get isEmpty() {
    return this.#said.size === 0;
  }

  greet({ starters }) {
    const item = this.#add(
      "bot",
      unseen(`${say("assistant")} `),
      make("h2", {}, say("greetingTitle")),
      make("div", { class: "words" }, draw(say("greeting"))),
    );
    if (starters) {
      const items = ["starter1", "starter2", "starter3"].map((id) => ({ id, title: say(id) }));
      item.append(drawChoices(items, ({ title }, click) => this.#choose({ text: title }, click)));
    }
  }

  clear() {
    this.#list.replaceChildren();
    this.#said.clear();
    this.#running.clear();
    this.#banner.clear();
    this.#turn = null;
    this.#showTyping(false);
  }

  /** A line of the chat's own between messages. */
  note(text) {
    this.#add("note", make("p", {}, text));
  }

  /** Draws an event; history is neither spoken nor waited for. */
  take(event, { history }) {
    const turn = event.in_reply_to;
    if (event.kind === "user") this.#takeUser(event, history);
    else if (event.kind === "typing") this.#running.add(turn);
    else if (event.kind === "bot") this.#takeBot(event, history);
    else if (event.kind === "agent") this.#takeAgent(event, history);
    else if (event.kind === "handoff") this.#takeHandoff(event, history);
    else if (event.kind === "error") this.#takeError(event, history);
    if (event.kind === "turn_end" || event.kind === "error") this.#running.delete(turn);
    this.#showTyping(this.#running.size > 0 && event.kind !== "bot");
  }

  /** Draws or updates a message of the visitor that is still in the outbox. */
  showOutgoing({ id, text, button, state, problem }) {
    let said = this.#said.get(id);
    if (!said) {
      said = this.#drawSaid(id, text, button);
      this.#follow({ anyway: true });
    }
    const status = said.item.querySelector(".state");
    status.replaceChildren();
    said.item.classList.toggle("failed", state === "failed");
    if (state === "sending") status.append(say("sending"));
    if (state === "failed") {
      const retry = make("button", { type: "button", class: "link" }, say("retry"), unseen(` ${say("retryMessage", { text })}`));
      retry.addEventListener("click", () => {
        this.#say.retry(id);
        this.#focusComposer();
      });
      status.append(...draw(problem ?? `${say("notSent")} ${sayOrCall(this.phone)}`), retry);
      this.#announcer.announce(`${say("notSent")} ${problem ?? ""}`);
    }
    this.#follow();
  }

  #takeUser(event, history) {
    const id = event.in_reply_to ?? event.id;
    const offered = event.button ? this.#list.querySelector(`[data-choice="${CSS.escape(event.button)}"]:not([aria-disabled])`) : null;
    const title = offered?.textContent;
    if (offered) markUsed(offered.closest(".choices"), event.button);
    const said = this.#said.get(id) ?? this.#drawSaid(id, event.text ?? title ?? "", event.button ?? null);
    said.item.querySelector(".state").replaceChildren();
    said.item.classList.remove("failed");
    this.#running.add(id);
    this.#follow({ anyway: history });
  }

  #takeBot(event, history) {
    const asked = this.#said.get(event.in_reply_to)?.text ?? "";
    if (isUrgent(event.alert)) withdrawChoices(this.#list); // neither a stretch nor a booking beside an emergency
    const item = this.#add(`bot ${event.alert ?? ""}`, unseen(`${say("assistant")} `), ...drawAnswer(event, asked));
    item.dataset.answer = event.answer;
    const slotIds = new Set((event.slots ?? []).map(({ id }) => id));
    const buttons = (event.buttons ?? []).filter(({ id }) => !slotIds.has(id));
    const press = ({ id, title }, click) => this.#choose({ text: title, button: id }, click);
    if (event.slots?.length) item.append(drawSlots(event.slots, press));
    if (buttons.length) item.append(drawChoices(buttons, press));
    if (event.answer === "emergency" && !event.alert) this.#banner.clear(); // It was a mistake, said twice.
    this.#banner.raise(event.alert, { history });
    if (!history) this.#announcer.announce(spoken(event, asked));
    this.#follow({ anyway: isUrgent(event.alert) && !history }); // What was withdrawn has moved the view.
  }

  #takeAgent(event, history) {
    const from = event.name ? say("personNamed", { name: event.name }) : say("person");
    this.#add("bot agent", make("p", { class: "from" }, from), make("div", { class: "words" }, draw(event.text ?? "")));
    if (!history) this.#announcer.announce(`${from} ${plain(event.text ?? "")}`);
    this.#follow();
  }

  #takeHandoff(event, history) {
    const text = event.text || say("handoff");
    this.note(text);
    if (!history) this.#announcer.announce(text);
    this.#follow();
  }

  #takeError(event, history) {
    const text = `${event.text || say("failed")} ${sayOrCall(this.phone)}`;
    const item = this.#add("bot trouble", make("div", { class: "words" }, draw(text)));
    const said = this.#said.get(event.in_reply_to);
    if (said) {
      const again = ({ id: _, title: __ }, click) => this.#choose({ text: said.text, button: said.button }, click);
      item.append(drawChoices([{ id: `again-${event.seq}`, title: say("tryAgain") }], again));
    }
    if (!history) this.#announcer.announce(plain(text));
    this.#follow();
  }

  #drawSaid(id, text, button) {
    const item = this.#add("user", unseen(`${say("you")} `), make("p", { class: "words" }, text), make("div", { class: "state" }));
    const said = { text, button, item };
    this.#said.set(id, said);
    this.#turn = item;
    return said;
  }

  #choose(message, click) {
    this.#say.send(message);
    // With a finger, focusing the text field would raise the keyboard over the answer.
    if (click.pointerType !== "touch") this.#focusComposer();
  }

  #add(kind, ...parts) {
    const item = make("li", { class: kind.trim() }, parts);
    this.#list.append(item);
    return item;
  }

  #showTyping(on) {
    this.#typing.hidden = !on;
    clearTimeout(this.#typingTimer);
    if (on) this.#typingTimer = setTimeout(() => (this.#typing.hidden = true), TYPING_MS);
    if (on) this.#follow();
  }

  // Shows as much as fits of what came, with the visitor's question still in view; leaves a reader who scrolled alone.
  #follow({ anyway = false } = {}) {
    const pageScrolls = getComputedStyle(this.#scroller).overflowY === "visible"; // where height is scarce
    const view = pageScrolls ? document.scrollingElement : this.#scroller;
    if (!this.#turn || (!anyway && Math.abs(view.scrollTop - this.#scrolledTo) > NEAR_PX)) return;
    const viewTop = pageScrolls ? 0 : view.getBoundingClientRect().top;
    const covered = parseFloat(getComputedStyle(view).scrollPaddingTop);
    view.scrollTop += this.#turn.getBoundingClientRect().top - viewTop - covered;
    this.#scrolledTo = view.scrollTop;
  }
}
