// The text field: grows with its text, Enter sends, Shift+Enter breaks the line.

export class Composer {
  #field;

  /** onSend(text) gets trimmed, non-empty text. */
  constructor(form, onSend) {
    this.#field = form.querySelector("textarea");
    const send = () => {
      const text = this.#field.value.trim();
      this.#field.focus();
      if (!text) return;
      this.#field.value = "";
      this.#grow();
      onSend(text);
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send();
    });
    this.#field.addEventListener("input", () => this.#grow());
    this.#field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      send();
    });
  }

  focus() {
    this.#field.focus();
  }

  #grow() {
    this.#field.style.height = "auto";
    this.#field.style.height = `${this.#field.scrollHeight + this.#field.offsetHeight - this.#field.clientHeight}px`;
  }
}
