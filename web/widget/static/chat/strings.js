// Every word the chat page itself says; what the assistant says comes from the server.

const english = {
  title: "Clinic assistant",
  startOver: "Start over",
  close: "Close the chat",
  careLabel: "About this chat, and urgent help",
  care: "Automated. General information, not a diagnosis.",
  emergency: "Emergency:",
  healthAdvice: "Health advice:",
  crisis: "Crisis:",
  conversation: "Conversation",
  announcements: "New messages",
  typing: "The assistant is typing",
  messageLabel: "Your message",
  messagePlaceholder: "Ask a question",
  send: "Send",

  greetingTitle: "Hello, what would you like to know?",
  greeting:
    "I can answer questions about sciatica, massage, stretches and the clinic. A program answers here, not a person.\n\n" +
    "You don't need to give your name to ask. Please don't type your health number.",
  starter1: "Does massage help with sciatica?",
  starter2: "Show me a stretch I can do at home",
  starter3: "How do I book an appointment?",

  you: "You said:",
  assistant: "Assistant:",
  person: "From the clinic:",
  personNamed: "{name}, from the clinic:",
  more: "More",
  moreAbout: "about “{question}”",
  choices: "Suggested replies",
  chosen: "chosen",
  newTab: "(opens in a new tab)",
  announcedCard: "With it comes: {title}.",
  announcedSteps: "{count} steps with pictures.",
  announcedChoices: "{count} suggested replies follow.",

  howSure: "How sure is this?",
  sources: "Sources",
  clinicInformation: "Clinic information",
  strong: "Strong evidence: good studies agree on this.",
  mixed: "Mixed evidence: studies disagree, or show it only in part.",
  weak: "Weak evidence: there is little good research on this.",
  none: "No evidence: we found no good research on this.",

  hold: "Hold for {seconds} seconds",
  position: "Position",
  dose: "How much",
  bothSides: "Do the other side as well.",
  notIf: "Do not do this if",
  stopIf: "Stop if",

  appointment: "Your appointment",
  status: "Status",
  reference: "Reference",
  time: "When",
  treatment: "Treatment",
  therapist: "Therapist",
  price: "Price",
  slots: "Times to choose from",
  slotWith: "{time} with {therapist}",

  emergencyHeadline: "This may be an emergency. Get help now.",
  crisisHeadline: "You don't have to carry this alone. Talk to someone now.",
  sameDayHeadline: "Please get this checked today.",
  seeDoctorHeadline: "See a doctor about this",
  urgentHelp: "Urgent help",
  call911: "Call 911",
  call811: "Call 811",
  call988: "Call 988",
  text988: "Text 988",

  sending: "Sending…",
  notSent: "Not sent.",
  retry: "Retry",
  retryMessage: "sending “{text}”",
  tryAgain: "Try again",
  failed: "I could not answer that just now.",
  orCall: "You can also call the clinic at {phone}.",
  handoff: "Your question has been passed to the clinic's staff.",
  expired: "The earlier conversation has ended. This is a new one.",
  lost: "No connection. Trying again…",

  startOverTitle: "Start over?",
  startOverText: "This conversation will be deleted.",
  startOverYes: "Delete and start over",
  startOverNo: "Keep it",
  startedOver: "The conversation was deleted. A new one has begun.",
  startOverFailed: "The conversation could not be deleted just now. Please try again.",
};

/** The text for a key, with each {name} in it replaced by that value. */
export function say(key, values = {}) {
  return english[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** How else to reach the clinic, its number as a link; empty when the number is not known. */
export function sayOrCall(phone) {
  return phone && say("orCall", { phone: `[${phone}](tel:${phone.replace(/[^\d+]/g, "")})` });
}

/** Fills every data-text, data-label and data-placeholder of the page. */
export function fillPage(root) {
  for (const node of root.querySelectorAll("[data-text]")) node.textContent = say(node.dataset.text);
  for (const node of root.querySelectorAll("[data-label]")) node.setAttribute("aria-label", say(node.dataset.label));
  for (const node of root.querySelectorAll("[data-placeholder]")) node.placeholder = say(node.dataset.placeholder);
}
