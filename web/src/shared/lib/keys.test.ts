import { afterEach, describe, expect, it, vi } from "vitest";
import { activeCommands, type Command, handleKey, registerCommands, strokeOf } from "./keys";

const registered: (() => void)[] = [];
let clock = 10_000;

function command(id: string, keys: string, run = vi.fn(), more: Partial<Command> = {}): Command {
  return { id, keys, label: id, group: "test", run, ...more };
}

function listen(...commands: Command[]): void {
  registered.push(registerCommands(commands));
}

function press(key: string, target: HTMLElement = document.body, more: KeyboardEventInit = {}, waitMs = 50): boolean {
  clock += waitMs;
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  Object.defineProperty(event, "target", { value: target });
  Object.defineProperty(event, "timeStamp", { value: clock });
  return handleKey(event);
}

afterEach(() => {
  for (const stop of registered.splice(0)) stop();
  clock += 5_000;
});

describe("shortcuts", () => {
  it("runs a sequence only when its strokes follow each other in time", () => {
    const home = vi.fn();
    listen(command("home", "g h", home));
    press("g");
    press("h");
    expect(home).toHaveBeenCalledTimes(1);
    press("g");
    press("h", document.body, {}, 2_000);
    expect(home).toHaveBeenCalledTimes(1);
  });

  it("does not take the second stroke of a sequence for a command of its own", () => {
    const [clients, create] = [vi.fn(), vi.fn()];
    listen(command("clients", "g c", clients), command("create", "c", create));
    press("g");
    press("c");
    expect(clients).toHaveBeenCalledOnce();
    expect(create).not.toHaveBeenCalled();
  });

  it("leaves letters to fields, but not the palette's key", () => {
    const [create, palette] = [vi.fn(), vi.fn()];
    listen(command("create", "c", create), command("palette", "mod+k", palette, { always: true }));
    const field = document.createElement("input");
    expect(press("c", field)).toBe(false);
    expect(press("k", field, { ctrlKey: true })).toBe(true);
    expect(create).not.toHaveBeenCalled();
    expect(palette).toHaveBeenCalledOnce();
  });

  it("leaves enter to the link or button that has the focus", () => {
    const open = vi.fn();
    listen(command("open", "enter", open));
    press("Enter", document.createElement("a"));
    expect(open).not.toHaveBeenCalled();
    press("Enter");
    expect(open).toHaveBeenCalledOnce();
  });

  it("gives a key to whoever registered last, and back when they leave", () => {
    const [list, sheet] = [vi.fn(), vi.fn()];
    listen(command("list.done", "e", list));
    const close = registerCommands([command("sheet.done", "e", sheet)]);
    press("e");
    close();
    press("e");
    expect(sheet).toHaveBeenCalledOnce();
    expect(list).toHaveBeenCalledOnce();
  });

  it("lists each key once for the help", () => {
    listen(command("a", "e"), command("b", "c"));
    listen(command("x", "e"));
    expect(activeCommands().map((known) => known.id)).toEqual(["x", "b"]);
  });
});

describe("strokeOf", () => {
  const stroke = (key: string, more: Partial<KeyboardEvent> = {}) =>
    strokeOf({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });

  it("reads modifiers and ignores their own keys", () => {
    expect(stroke("K", { metaKey: true })).toBe("mod+k");
    expect(stroke("?")).toBe("?");
    expect(stroke("Shift")).toBeNull();
    expect(stroke("a", { altKey: true })).toBeNull();
  });
});
