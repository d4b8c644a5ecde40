// Puts the chat page together.
import { Announcer } from "./announcer.js";
import { Banner } from "./banner.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { framed, Host } from "./host.js";
import { draw } from "./markdown.js";
import { Outbox } from "./outbox.js";
import { Session } from "./session.js";
import { Stream } from "./stream.js";
import { fillPage, say, sayOrCall } from "./strings.js";

const LOST_SHOWN_AFTER_MS = 3000; // shorter cuts mend themselves before anyone need know

const at = (id) => document.getElementById(id);
fillPage(document);

const announcer = new Announcer(at("announcer"));
const session = new Session();
const outbox = new Outbox({
  session,
  onChange: (entry) => conversation.showOutgoing(entry),
  onAccepted: () => stream.expect(),
});
const composer = new Composer(at("composer"), (text) => outbox.send({ text }));
const conversation = new Conversation({
  list: at("list"),
  typing: at("typing"),
  scroller: at("scroller"),
  announcer,
  banner: new Banner(at("banner")),
  outbox,
  focusComposer: () => composer.focus(),
});
const stream = new Stream({ session, onEvents: take, onState: showConnection });
const host = new Host({
  onPhone: (phone) => (conversation.phone = phone),
  onOpen: () => (matchMedia("(pointer: coarse)").matches ? at("title") : composer).focus(),
});

let greeted = false;
function greet(starters) {
  if (!greeted) conversation.greet({ starters });
  greeted = true;
}

function take(events, { history }) {
  greet(events.length === 0);
  for (const event of events) {
    if (event.kind === "user") outbox.settle(event.in_reply_to ?? event.id);
    conversation.take(event, { history });
  }
  if (history) outbox.resume();
}

let lostTimer = 0;
function showConnection(state) {
  clearTimeout(lostTimer);
  if (state === "open") showStatus("");
  else lostTimer = setTimeout(() => showStatus(`${say("lost")} ${sayOrCall(conversation.phone)}`), LOST_SHOWN_AFTER_MS);
}

let shownStatus = "";
function showStatus(text) {
  if (text === shownStatus) return; // said once, not at every attempt
  shownStatus = text;
  at("status").replaceChildren(...draw(text));
}

session.addEventListener("replaced", () => {
  if (!conversation.isEmpty) conversation.note(say("expired"));
  stream.restart();
});

async function startOver() {
  at("confirm").close();
  try {
    await session.forget();
  } catch {
    showStatus(say("startOverFailed"));
    return;
  }
  outbox.clear();
  conversation.clear();
  greeted = false;
  greet(true);
  stream.restart();
  announcer.announce(say("startedOver"));
  composer.focus();
}

at("start-over").addEventListener("click", () => (conversation.isEmpty ? composer.focus() : at("confirm").showModal()));
at("confirm-yes").addEventListener("click", startOver);
at("confirm-no").addEventListener("click", () => at("confirm").close());
at("start-over").hidden = at("footer").hidden = false; // without scripts they would promise what they cannot do
at("close").hidden = !framed;
at("close").addEventListener("click", () => host.close());
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !at("confirm").open) host.close();
});

if (!session.continued) {
  greet(true);
  outbox.resume();
}
stream.run();
