import type { Command } from "@/shared/lib/keys";
import { t } from "@/shared/lib/text";
import { useActiveCommands } from "@/shared/lib/useCommands";
import { Dialog } from "@/shared/ui/Dialog";
import { Kbd } from "@/shared/ui/Kbd";

function grouped(commands: readonly Command[]): [string, Command[]][] {
  const groups = new Map<string, Command[]>();
  for (const command of commands) {
    if (command.keys) groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  }
  return [...groups];
}

/** Every shortcut that works on this page. */
export default function Shortcuts({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} title={t("shortcuts.title")} className="max-w-2xl">
      <div className="columns-1 gap-8 p-4 sm:columns-2">
        {grouped(useActiveCommands()).map(([group, commands]) => (
          <section key={group} className="mb-5 break-inside-avoid">
            <h3 className="mb-1 text-sm text-faint">{group}</h3>
            <ul>
              {commands.map((command) => (
                <li key={command.id} className="flex items-center justify-between gap-4 py-1">
                  <span>{command.label}</span>
                  <Kbd keys={command.keys ?? ""} then={t("shortcuts.then")} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
