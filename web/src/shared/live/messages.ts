/** Server-sent events as they come over a fetch (HTML Living Standard, 9.2.6); `EventSource` could carry no token. */

export type Message = { event: string; data: string; id: string | null; retryMs: number | null };

/** Takes text as it arrives, in pieces of any size, and gives out whole messages. Comments count as signs of life only. */
export class MessageReader {
  #rest = "";
  #lines: string[] = [];

  read(text: string): Message[] {
    // A piece may end between CR and LF: then the line waits for the next piece to say which end it has.
    const whole = this.#rest + text;
    const lines = whole.split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? "";
    const found: Message[] = [];
    for (const line of lines) {
      if (line !== "") {
        this.#lines.push(line);
        continue;
      }
      const message = messageOf(this.#lines);
      this.#lines = [];
      if (message) found.push(message);
    }
    return found;
  }
}

function messageOf(lines: readonly string[]): Message | null {
  const message: Message = { event: "message", data: "", id: null, retryMs: null };
  const data: string[] = [];
  let said = false;
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon === 0) continue;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    said = true;
    if (field === "event") message.event = value;
    else if (field === "data") data.push(value);
    else if (field === "id" && !value.includes("\0")) message.id = value;
    else if (field === "retry" && /^\d+$/.test(value)) message.retryMs = Number(value);
  }
  message.data = data.join("\n");
  return said ? message : null;
}
