import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from "react";
import { activeCommands, type Command, registerCommands, subscribeCommands } from "./keys";

/** Lets the commands listen while the component is shown. `run` may close over the latest props. */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands);
  useLayoutEffect(() => {
    latest.current = commands;
  });
  const signature = commands.map((command) => `${command.id}|${command.keys ?? ""}|${command.label}`).join("\n");
  useEffect(() => {
    if (signature === "") return;
    const run = (id: string) => latest.current.find((command) => command.id === id)?.run();
    return registerCommands(latest.current.map((command) => ({ ...command, run: () => run(command.id) })));
  }, [signature]);
}

/** All commands that listen now. */
export function useActiveCommands(): readonly Command[] {
  return useSyncExternalStore(subscribeCommands, activeCommands);
}
